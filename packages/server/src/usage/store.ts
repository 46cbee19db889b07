import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { GateProgress } from './model.ts';

/** The gate's progress; nobody else counts for it until the transaction ends. */
export async function lockGate(db: Db, gateId: string, siteId: string): Promise<GateProgress> {
  await sql`insert into usage.gates (gate_id, site_id) values (${gateId}, ${siteId})
    on conflict do nothing`.execute(db);
  return (await findProgress(db, gateId, true))!;
}

export async function findProgress(db: Db, gateId: string, lock = false): Promise<GateProgress | undefined> {
  const found = await sql<{
    gate_id: string;
    site_id: string;
    last_segment: bigint;
    last_hash: string;
    last_record: bigint;
  }>`select * from usage.gates where gate_id = ${gateId} ${lock ? sql`for update` : sql``}`.execute(db);
  const row = found.rows[0];
  return (
    row && {
      gateId: row.gate_id,
      siteId: row.site_id,
      lastSegment: Number(row.last_segment),
      lastHash: row.last_hash,
      lastRecord: Number(row.last_record),
    }
  );
}

export async function updateProgress(db: Db, to: GateProgress): Promise<void> {
  await sql`update usage.gates set last_segment = ${to.lastSegment}, last_hash = ${to.lastHash},
    last_record = ${to.lastRecord} where gate_id = ${to.gateId}`.execute(db);
}

export type SegmentRow = {
  readonly gateId: string;
  readonly seq: number;
  readonly sha256: string;
  readonly prev: string;
  readonly sealed: string;
};

/** Keeps a segment as it came; the same one again changes nothing. */
export async function insertSegment(db: Db, row: SegmentRow, at: Date): Promise<void> {
  await sql`insert into usage.segments (gate_id, seq, sha256, prev, sealed, received_at)
    values (${row.gateId}, ${row.seq}, ${row.sha256}, ${row.prev}, ${row.sealed}, ${at})
    on conflict do nothing`.execute(db);
}

export async function markCounted(db: Db, row: SegmentRow, at: Date): Promise<void> {
  await sql`update usage.segments set counted_at = ${at}
    where gate_id = ${row.gateId} and seq = ${row.seq} and sha256 = ${row.sha256}`.execute(db);
}

export async function countedHash(db: Db, gateId: string, seq: number): Promise<string | undefined> {
  const found = await sql<{ sha256: string }>`select sha256 from usage.segments
    where gate_id = ${gateId} and seq = ${seq} and counted_at is not null`.execute(db);
  return found.rows[0]?.sha256;
}

export async function countWaiting(db: Db, gateId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from usage.segments
    where gate_id = ${gateId} and counted_at is null`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/** The waiting segment that continues the chain. */
export async function nextWaiting(db: Db, after: GateProgress): Promise<SegmentRow | undefined> {
  const found = await sql<SegmentRow>`select gate_id as "gateId", seq, sha256, prev, sealed
    from usage.segments where gate_id = ${after.gateId} and counted_at is null
      and seq = ${after.lastSegment + 1} and prev = ${after.lastHash}
    order by received_at, sha256 collate "C" limit 1`.execute(db);
  const row = found.rows[0];
  return row && { ...row, seq: Number(row.seq) };
}

/** Gates with a segment that could be counted now: what a crash left between two of them. */
export async function gatesToCatchUp(db: Db): Promise<string[]> {
  const found = await sql<{ gate_id: string }>`select g.gate_id from usage.gates g
    where exists (select 1 from usage.segments s where s.gate_id = g.gate_id and s.counted_at is null
      and s.seq = g.last_segment + 1 and s.prev = g.last_hash)
    order by g.gate_id limit 100`.execute(db);
  return found.rows.map((row) => row.gate_id);
}
