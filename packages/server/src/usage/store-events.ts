import type { RefusalCount } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Fault } from './model.ts';

export type EventRow = {
  readonly recordSeq: number;
  readonly at: string;
  readonly tokenId: string;
  readonly agreementId: string | null;
  readonly clientId: string | null;
  readonly licenseeId: string | null;
  readonly workId: string | null;
  readonly path: string;
  readonly use: string;
  readonly units: number;
  readonly bytes: number;
  readonly status: number;
  readonly agent: string | null;
  readonly signature: string | null;
  readonly fault: Fault | null;
};

type Segment = { readonly gateId: string; readonly siteId: string; readonly seq: number };

/** Inserts what is not there yet; answers the numbers of those records. */
export async function insertEvents(
  db: Db,
  { gateId, siteId, seq }: Segment,
  events: readonly EventRow[],
): Promise<Set<number>> {
  if (events.length === 0) return new Set();
  const done = await sql<{ record_seq: bigint }>`insert into usage.events
    (gate_id, record_seq, segment_seq, at, token_id, agreement_id, client_id, licensee_id, site_id, work_id,
      path, use, units, bytes, status, agent, signature, grade, fault)
    select ${gateId}, r."recordSeq", ${seq}, r.at, r."tokenId", r."agreementId", r."clientId", r."licenseeId",
      ${siteId}, r."workId", r.path, r.use, r.units, r.bytes, r.status, r.agent, r.signature, 'gate-counted', r.fault
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r (
      "recordSeq" bigint, at timestamptz, "tokenId" text, "agreementId" uuid, "clientId" uuid, "licenseeId" uuid,
      "workId" uuid, path text, use text, units int, bytes bigint, status int, agent text, signature text, fault text)
    on conflict do nothing returning record_seq`.execute(db);
  return new Set(done.rows.map((row) => Number(row.record_seq)));
}

/** Counts so many more of a token and answers how many there were before. */
export async function addToToken(db: Db, tokenId: string, more: number): Promise<number> {
  const done = await sql<{ counted: bigint }>`insert into usage.token_counts (token_id, counted)
    values (${tokenId}, ${more})
    on conflict (token_id) do update set counted = usage.token_counts.counted + excluded.counted
    returning counted`.execute(db);
  return Number(done.rows[0]!.counted) - more;
}

export async function markOverCap(db: Db, gateId: string, recordSeqs: readonly number[]): Promise<void> {
  await sql`update usage.events set fault = 'over-cap'
    where gate_id = ${gateId} and record_seq = any(${recordSeqs}::bigint[])`.execute(db);
}

/** Adds a segment's events to the sums. In the order of the key, so that two gates never wait for each other in turn. */
export async function rollUpSegment(db: Db, { gateId, seq }: Segment, zone: string): Promise<void> {
  await sql`insert into usage.rollups (agreement_id, client_id, licensee_id, site_id, work_id, use, unit, grade,
      day, units, bytes)
    select agreement_id, client_id, licensee_id, site_id, work_id, use, 'fetch', grade,
      (at at time zone ${zone})::date as day, sum(units), sum(bytes)
    from usage.events where gate_id = ${gateId} and segment_seq = ${seq} and fault is null
    group by agreement_id, client_id, licensee_id, site_id, work_id, use, grade, day
    order by agreement_id, work_id, day, use, grade, site_id, client_id
    on conflict (agreement_id, work_id, day, use, unit, grade, site_id, client_id) do update
      set units = usage.rollups.units + excluded.units, bytes = usage.rollups.bytes + excluded.bytes`.execute(
    db,
  );
}

export async function addRefusals(
  db: Db,
  siteId: string,
  refusals: readonly RefusalCount[],
  zone: string,
): Promise<void> {
  if (refusals.length === 0) return;
  await sql`insert into usage.refusals (site_id, day, reason, agent_name, count)
    select ${siteId}, (to_timestamp(r."from" / 1000.0) at time zone ${zone})::date as day, r.reason,
      r."agentName", sum(r.count)
    from jsonb_to_recordset(${JSON.stringify(refusals)}::jsonb) as r (
      "from" bigint, reason text, "agentName" text, count bigint)
    group by day, r.reason, r."agentName" order by day, r.reason collate "C", r."agentName" collate "C"
    on conflict (site_id, day, reason, agent_name) do update
      set count = usage.refusals.count + excluded.count`.execute(db);
}

export type CountedGroup = {
  readonly agreementId: string;
  readonly clientId: string;
  readonly licenseeId: string;
  readonly grade: 'gate-counted' | 'crawler-signed';
  readonly counts: { readonly [use: string]: number };
  readonly total: number;
  readonly first: number;
  readonly last: number;
  readonly from: Date;
  readonly to: Date;
};

/** What of a segment is counted, by agreement, client and grade. */
export async function countedOfSegment(db: Db, { gateId, seq }: Segment): Promise<CountedGroup[]> {
  const found = await sql<
    Omit<CountedGroup, 'counts' | 'total' | 'first' | 'last'> & {
      use: string;
      units: bigint;
      first: bigint;
      last: bigint;
    }
  >`select agreement_id as "agreementId", client_id as "clientId", licensee_id as "licenseeId", grade, use,
      sum(units)::bigint as units, min(record_seq) as first, max(record_seq) as last, min(at) as "from", max(at) as "to"
    from usage.events where gate_id = ${gateId} and segment_seq = ${seq} and fault is null
    group by agreement_id, client_id, licensee_id, grade, use
    order by agreement_id, client_id, grade collate "C", use collate "C"`.execute(db);
  const groups = new Map<string, CountedGroup>();
  for (const { use, units, first, last, ...row } of found.rows) {
    const key = `${row.agreementId} ${row.clientId} ${row.grade}`;
    const before = groups.get(key);
    groups.set(key, {
      ...row,
      counts: { ...before?.counts, [use]: Number(units) },
      total: (before?.total ?? 0) + Number(units),
      first: Math.min(before?.first ?? Number(first), Number(first)),
      last: Math.max(before?.last ?? Number(last), Number(last)),
      from: before && before.from < row.from ? before.from : row.from,
      to: before && before.to > row.to ? before.to : row.to,
    });
  }
  return [...groups.values()];
}

/** How many records of a segment are counted, and how many have a fault. */
export async function outcomeOfSegment(
  db: Db,
  gateId: string,
  seq: number,
): Promise<{ counted: number; faulty: number }> {
  const found = await sql<{ counted: number; faulty: number }>`select
      count(*) filter (where fault is null)::int as counted, count(fault)::int as faulty
    from usage.events where gate_id = ${gateId} and segment_seq = ${seq}`.execute(db);
  return found.rows[0]!;
}
