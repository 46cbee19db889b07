import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { EventRow } from './store-events.ts';

export type KeptSegment = {
  readonly gateId: string;
  readonly siteId: string;
  readonly seq: number;
  readonly sha256: string;
  readonly prev: string;
  readonly sealed: string;
};

/** Counted segments in the order of gate and number, a page at a time. */
export async function countedSegments(
  db: Db,
  after: { gateId: string; seq: number } | undefined,
  limit: number,
): Promise<KeptSegment[]> {
  const found = await sql<Omit<KeptSegment, 'seq'> & { seq: bigint }>`select s.gate_id as "gateId",
      g.site_id as "siteId", s.seq, s.sha256, s.prev, s.sealed
    from usage.segments s join usage.gates g on g.gate_id = s.gate_id
    where s.counted_at is not null and (${after?.gateId ?? null}::uuid is null
      or (s.gate_id, s.seq) > (${after?.gateId ?? null}::uuid, ${after?.seq ?? 0}::bigint))
    order by s.gate_id, s.seq limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

export type KeptEvent = Omit<EventRow, 'at' | 'fault'> & {
  readonly segmentSeq: number;
  readonly at: Date;
  readonly fault: string | null;
};

/** Events with one of these numbers, or said to be of this segment. */
export async function eventsAround(
  db: Db,
  { gateId, seq }: { gateId: string; seq: number },
  recordSeqs: readonly number[],
): Promise<KeptEvent[]> {
  type Row = Omit<KeptEvent, 'segmentSeq' | 'recordSeq' | 'bytes'> & {
    segmentSeq: bigint;
    recordSeq: bigint;
    bytes: bigint;
  };
  const found = await sql<Row>`select segment_seq as "segmentSeq", record_seq as "recordSeq", at,
      token_id as "tokenId", agreement_id as "agreementId", client_id as "clientId", licensee_id as "licenseeId",
      work_id as "workId", path, use, units, bytes, status, agent, signature, fault
    from usage.events where gate_id = ${gateId}
      and (segment_seq = ${seq} or record_seq = any(${recordSeqs}::bigint[]))`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    segmentSeq: Number(row.segmentSeq),
    recordSeq: Number(row.recordSeq),
    bytes: Number(row.bytes),
  }));
}

/** Events and segments that belong to no counted segment. */
export async function strayEvents(db: Db): Promise<{ gateId: string; recordSeq: bigint }[]> {
  const found = await sql<{ gateId: string; recordSeq: bigint }>`select e.gate_id as "gateId",
      e.record_seq as "recordSeq"
    from usage.events e where not exists (select 1 from usage.segments s
      where s.gate_id = e.gate_id and s.seq = e.segment_seq and s.counted_at is not null)
    order by 1, 2 limit 20`.execute(db);
  return found.rows;
}

/** Tokens beyond whose cap something counts, or under whose cap something was left out. */
export async function wrongCaps(
  db: Db,
): Promise<{ tokenId: string; counted: bigint; over: bigint; tokenCount: bigint | null }[]> {
  const found = await sql<{
    tokenId: string;
    counted: bigint;
    over: bigint;
    tokenCount: bigint | null;
  }>`select e.token_id as "tokenId", count(*) filter (where e.fault is null) as counted,
      count(*) filter (where e.fault = 'over-cap') as over, max(c.counted) as "tokenCount"
    from usage.events e left join usage.token_counts c on c.token_id = e.token_id
    where e.fault is null or e.fault = 'over-cap'
    group by e.token_id having max(c.counted) is distinct from count(*) or bool_or(e.fault = 'over-cap')
    order by e.token_id collate "C"`.execute(db);
  return found.rows;
}

export type RollupDifference = {
  readonly agreementId: string;
  readonly workId: string;
  readonly use: string;
  readonly unit: string;
  readonly grade: string;
  readonly day: string;
  readonly kept: bigint | null;
  readonly again: bigint | null;
};

/**
 * Rows of the roll-ups that differ from what events and reports give. Sums that only lie on other days are right: the
 * zone of the instance may have changed since.
 */
export async function differentRollups(db: Db, zone: string): Promise<RollupDifference[]> {
  const found = await sql<RollupDifference>`with again as (
      select agreement_id, client_id, licensee_id, site_id, work_id, use, 'fetch' as unit, grade,
        (at at time zone ${zone})::date as day, sum(units)::bigint as units, sum(bytes)::bigint as bytes
      from usage.events where fault is null
      group by agreement_id, client_id, licensee_id, site_id, work_id, use, grade, day
      union all
      select r.agreement_id, null::uuid, r.licensee_id, null::uuid, l.work_id, r.use, r.unit, 'licensee-reported',
        r.to_day, sum(l.units)::bigint, 0
      from usage.reports r join usage.report_lines l on l.report_id = r.id where r.unit <> 'fetch'
      group by r.agreement_id, r.licensee_id, l.work_id, r.use, r.unit, r.to_day
    ), compared as (
      select coalesce(a.agreement_id, k.agreement_id) as agreement_id, coalesce(a.client_id, k.client_id) as client_id,
        coalesce(a.licensee_id, k.licensee_id) as licensee_id, coalesce(a.site_id, k.site_id) as site_id,
        coalesce(a.work_id, k.work_id) as work_id, coalesce(a.use, k.use) as use, coalesce(a.unit, k.unit) as unit,
        coalesce(a.grade, k.grade) as grade, coalesce(a.day, k.day) as day, a.units as again, k.units as kept,
        a.bytes as again_bytes, k.bytes as kept_bytes
      from again a full join usage.rollups k on (a.agreement_id, a.licensee_id, a.work_id, a.use, a.unit, a.grade,
          a.day, coalesce(a.client_id::text, ''), coalesce(a.site_id::text, ''))
        = (k.agreement_id, k.licensee_id, k.work_id, k.use, k.unit, k.grade, k.day,
          coalesce(k.client_id::text, ''), coalesce(k.site_id::text, ''))
    ), judged as (
      select *, sum(coalesce(again, 0)) over same as all_again, sum(coalesce(kept, 0)) over same as all_kept,
        sum(coalesce(again_bytes, 0)) over same as all_again_bytes,
        sum(coalesce(kept_bytes, 0)) over same as all_kept_bytes
      from compared
      window same as (partition by agreement_id, client_id, licensee_id, site_id, work_id, use, unit, grade)
    )
    select agreement_id as "agreementId", work_id as "workId", use, unit, grade, day, kept, again
    from judged where (all_again, all_again_bytes) is distinct from (all_kept, all_kept_bytes)
      and (again, again_bytes) is distinct from (kept, kept_bytes)
    order by 1, 2, 3, 4, 5, 6 limit 50`.execute(db);
  return found.rows;
}

export type KeptReport = {
  readonly id: string;
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly use: string;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly document: string;
  readonly sha256: string;
  readonly lines: readonly { readonly work: string; readonly units: string }[];
};

/** Reports with their lines, in the order of their ids. */
export async function keptReports(db: Db, after: string | undefined, limit: number): Promise<KeptReport[]> {
  const found =
    await sql<KeptReport>`select r.id, r.agreement_id as "agreementId", r.licensee_id as "licenseeId",
      r.use, r.unit, r.from_day as "from", r.to_day as "to", r.document, r.sha256,
      coalesce((select jsonb_agg(jsonb_build_object('work', l.work_id, 'units', l.units::text) order by l.work_id)
        from usage.report_lines l where l.report_id = r.id), '[]') as lines
    from usage.reports r where ${after ?? null}::uuid is null or r.id > ${after ?? null}::uuid
    order by r.id limit ${limit}`.execute(db);
  return found.rows;
}
