import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** What of one cut is one line of an account. Reported usage stays apart by report. */
export type CutSum = {
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly workId: string;
  readonly use: string;
  readonly unit: string;
  readonly grade: string;
  readonly units: bigint;
  readonly reportId: string | null;
};

export async function insertCut(db: Db, cut: { id: string; to: Date; at: Date }): Promise<void> {
  await sql`insert into usage.cuts (id, to_at, cut_at) values (${cut.id}, ${cut.to}, ${cut.at})`.execute(db);
}

/** Two cuts at once share nothing: the second waits for a row and then finds it cut. */
export async function markCut(db: Db, cut: { id: string; to: Date }): Promise<void> {
  await sql`update usage.events set cut_id = ${cut.id}
    where cut_id is null and fault is null and at < ${cut.to}`.execute(db);
  await sql`insert into usage.report_cuts (report_id, cut_id)
    select r.id, ${cut.id} from usage.reports r where r.reported_at < ${cut.to}
      and not exists (select 1 from usage.report_cuts c where c.report_id = r.id)
    order by r.id on conflict do nothing`.execute(db);
}

export async function sumsOfCut(db: Db, cutId: string): Promise<CutSum[]> {
  const found = await sql<CutSum>`select agreement_id as "agreementId", licensee_id as "licenseeId",
      work_id as "workId", use, 'fetch' as unit, grade, sum(units)::bigint as units, null::uuid as "reportId"
    from usage.events where cut_id = ${cutId}
    group by agreement_id, licensee_id, work_id, use, grade
    union all
    select r.agreement_id, r.licensee_id, l.work_id, r.use, r.unit, 'licensee-reported', l.units, r.id
    from usage.report_cuts c join usage.reports r on r.id = c.report_id
      join usage.report_lines l on l.report_id = r.id where c.cut_id = ${cutId}
    order by 1, 3, 4, 5, 6, 8`.execute(db);
  return found.rows;
}

/** One fetch behind a sum, as its gate recorded it. */
export type CutEvent = {
  readonly gateId: string;
  readonly recordSeq: number;
  readonly segmentSha256: string;
  readonly at: Date;
  readonly path: string;
  readonly units: bigint;
  readonly bytes: bigint;
  readonly status: number;
  readonly agent: string | null;
};

export type CutGroup = {
  readonly cutId: string;
  readonly agreementId: string;
  readonly workId: string;
  readonly use: string;
  readonly grade: string;
};

export async function eventsOfGroup(
  db: Db,
  group: CutGroup,
  { limit, after }: { limit: number; after: { gateId: string; recordSeq: number } | undefined },
): Promise<CutEvent[]> {
  const found = await sql<Omit<CutEvent, 'recordSeq' | 'units'> & { recordSeq: bigint; units: number }>`select
      e.gate_id as "gateId", e.record_seq as "recordSeq", s.sha256 as "segmentSha256", e.at, e.path, e.units,
      e.bytes, e.status, e.agent
    from usage.events e
      join usage.segments s on s.gate_id = e.gate_id and s.seq = e.segment_seq and s.counted_at is not null
    where e.cut_id = ${group.cutId} and e.agreement_id = ${group.agreementId} and e.work_id = ${group.workId}
      and e.use = ${group.use} and e.grade = ${group.grade}
      and (${after?.gateId ?? null}::uuid is null
        or (e.gate_id, e.record_seq) > (${after?.gateId ?? null}::uuid, ${after?.recordSeq ?? 0}::bigint))
    order by e.gate_id, e.record_seq limit ${limit}`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    recordSeq: Number(row.recordSeq),
    units: BigInt(row.units),
  }));
}

/** How far each gate that ever delivered has been heard, and how many of its segments wait for one that is missing. */
export type GateHeard = {
  readonly gateId: string;
  readonly siteId: string;
  /** The latest delivery. */
  readonly lastReceivedAt: Date | null;
  readonly waiting: number;
};

export async function heardGates(db: Db): Promise<GateHeard[]> {
  const found = await sql<GateHeard>`select g.gate_id as "gateId", g.site_id as "siteId",
      max(s.received_at) as "lastReceivedAt",
      count(s.seq) filter (where s.counted_at is null and s.seq > g.last_segment)::int as waiting
    from usage.gates g left join usage.segments s on s.gate_id = g.gate_id
    group by g.gate_id, g.site_id order by g.gate_id`.execute(db);
  return found.rows;
}

/** Usage before a moment that no cut has taken: what the next one would take. */
export async function uncutBefore(db: Db, to: Date): Promise<{ events: bigint; reports: bigint }> {
  const found = await sql<{ events: bigint; reports: bigint }>`select
      (select count(*) from usage.events where cut_id is null and fault is null and at < ${to}) as events,
      (select count(*) from usage.reports r where r.reported_at < ${to}
        and not exists (select 1 from usage.report_cuts c where c.report_id = r.id)) as reports`.execute(db);
  return found.rows[0]!;
}

/** Reports by id: when they were made, and the hash of what was signed for. */
export async function findReports(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; sha256: string; reportedAt: Date }[]> {
  const found = await sql<{ id: string; sha256: string; reportedAt: Date }>`select id, sha256,
      reported_at as "reportedAt" from usage.reports where id = any(${ids}::uuid[]) order by id`.execute(db);
  return found.rows;
}
