import type { RefusalCount } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** Which gate and segment a line is proven by. */
export type SegmentRef = {
  readonly gateId: string;
  readonly segmentSeq: number;
  readonly segmentSha256: string;
};

/** So many refusals for one reason between two moments, as one sealed segment states them. */
export type Refusal = SegmentRef & {
  readonly reason: string;
  readonly agentName: string;
  readonly count: number;
  readonly from: Date;
  readonly to: Date;
};

/** A fetch that a gate let in, as one sealed segment states it. */
export type Fetch = SegmentRef & {
  readonly recordSeq: number;
  readonly at: Date;
  readonly path: string;
  readonly use: string;
  readonly status: number;
  readonly agentName: string;
  /** Of those that fit a token issued here. */
  readonly agreementId: string | null;
  readonly licenseeId: string | null;
};

export async function insertRefusalSpans(
  db: Db,
  { gateId, siteId, seq }: { gateId: string; siteId: string; seq: number },
  refusals: readonly RefusalCount[],
): Promise<void> {
  if (refusals.length === 0) return;
  const rows = refusals.map((line, position) => ({
    ...line,
    position,
    from: new Date(line.from).toISOString(),
    to: new Date(line.to).toISOString(),
  }));
  await sql`insert into usage.refusal_spans (gate_id, segment_seq, position, site_id, reason, agent_name, count,
      from_at, to_at)
    select ${gateId}, ${seq}, r.position, ${siteId}, r.reason, r."agentName", r.count, r."from", r."to"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position int, reason text, "agentName" text,
      count bigint, "from" timestamptz, "to" timestamptz) on conflict do nothing`.execute(db);
}

export type About = {
  readonly siteId: string;
  readonly agentName: string;
  readonly from: Date;
  readonly to: Date;
};

/** Refusals that touch a period, in the order of time. */
export async function selectRefusals(db: Db, about: About, limit: number): Promise<Refusal[]> {
  const { siteId, agentName, from, to } = about;
  const found = await sql<
    Omit<Refusal, 'segmentSeq' | 'count'> & { segmentSeq: bigint; count: bigint }
  >`select
      r.gate_id as "gateId", r.segment_seq as "segmentSeq", s.sha256 as "segmentSha256", r.reason,
      r.agent_name as "agentName", r.count, r.from_at as "from", r.to_at as "to"
    from usage.refusal_spans r
    join usage.segments s on s.gate_id = r.gate_id and s.seq = r.segment_seq and s.counted_at is not null
    where r.site_id = ${siteId} and r.agent_name = ${agentName} and r.from_at < ${to} and r.to_at >= ${from}
    order by r.from_at, r.to_at, r.gate_id, r.segment_seq, r.position limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, segmentSeq: Number(row.segmentSeq), count: Number(row.count) }));
}

/** Fetches of a period, in the order of time. */
export async function selectFetches(db: Db, about: About, limit: number): Promise<Fetch[]> {
  const { siteId, agentName, from, to } = about;
  const found = await sql<
    Omit<Fetch, 'segmentSeq' | 'recordSeq'> & { segmentSeq: bigint; recordSeq: bigint }
  >`select
      e.gate_id as "gateId", e.segment_seq as "segmentSeq", s.sha256 as "segmentSha256", e.record_seq as "recordSeq",
      e.at, e.path, e.use, e.status, e.agent as "agentName", e.agreement_id as "agreementId",
      e.licensee_id as "licenseeId"
    from usage.events e
    join usage.segments s on s.gate_id = e.gate_id and s.seq = e.segment_seq and s.counted_at is not null
    where e.site_id = ${siteId} and e.agent = ${agentName} and e.at >= ${from} and e.at < ${to}
    order by e.at, e.gate_id, e.record_seq limit ${limit}`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    segmentSeq: Number(row.segmentSeq),
    recordSeq: Number(row.recordSeq),
  }));
}

/** The counted segments with these hashes, as their gates sealed them. */
export async function selectSealed(
  db: Db,
  sha256s: readonly string[],
): Promise<{ gateId: string; seq: number; sha256: string; sealed: string }[]> {
  const found = await sql<{ gateId: string; seq: bigint; sha256: string; sealed: string }>`select
      gate_id as "gateId", seq, sha256, sealed from usage.segments
    where sha256 = any(${sha256s}::text[]) and counted_at is not null
    order by gate_id, seq`.execute(db);
  return found.rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
