import type { ScanHit, ScanHitKind } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { LicensedUse } from '../licensing/index.ts';
import type { DatasetCheck, Hit, WorkHits } from './model.ts';

type CheckRow = {
  id: string;
  party_id: string;
  dataset: string;
  use: LicensedUse;
  report_sha256: string;
  index_sha256: string;
  scanned_at: Date;
  items: bigint;
  words: bigint;
  bytes: bigint;
  tool: string;
  handed_in_by: string;
  handed_in_at: Date;
};

const CHECK = sql.raw(
  'id, party_id, dataset, use, report_sha256, index_sha256, scanned_at, items, words, bytes, tool, handed_in_by, handed_in_at',
);

function toCheck(row: CheckRow): DatasetCheck {
  return {
    id: row.id,
    partyId: row.party_id,
    dataset: row.dataset,
    use: row.use,
    reportSha256: row.report_sha256,
    indexSha256: row.index_sha256,
    scannedAt: row.scanned_at,
    items: row.items,
    words: row.words,
    bytes: row.bytes,
    tool: row.tool,
    handedInBy: row.handed_in_by,
    handedInAt: row.handed_in_at,
  };
}

/** Answers false when the party handed in the same report for the same use before. */
export async function insertCheck(db: Db, c: DatasetCheck, report: string): Promise<boolean> {
  const done = await sql`insert into evidence.checks (id, party_id, dataset, use, report_sha256, report,
      index_sha256, scanned_at, items, words, bytes, tool, handed_in_by, handed_in_at)
    values (${c.id}, ${c.partyId}, ${c.dataset}, ${c.use}, ${c.reportSha256}, ${report}, ${c.indexSha256},
      ${c.scannedAt}, ${c.items}, ${c.words}, ${c.bytes}, ${c.tool}, ${c.handedInBy}, ${c.handedInAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function insertHits(db: Db, checkId: string, hits: readonly ScanHit[]): Promise<void> {
  const CHUNK = 5_000;
  for (let from = 0; from < hits.length; from += CHUNK) {
    const rows = hits
      .slice(from, from + CHUNK)
      .map(({ runs: _runs, ...hit }, i) => ({ ...hit, position: from + i }));
    await sql`insert into evidence.hits (check_id, position, work_id, item, input, kind, words, coverage, sha256)
      select ${checkId}, r.position, r.work, r.item, r.input, r.kind, r.words, r.coverage, r.sha256
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position int, work uuid, item text, input text,
        kind text, words int, coverage double precision, sha256 text)`.execute(db);
  }
}

export async function selectCheck(db: Db, id: string): Promise<DatasetCheck | undefined> {
  const found = await sql<CheckRow>`select ${CHECK} from evidence.checks where id = ${id}`.execute(db);
  return found.rows[0] && toCheck(found.rows[0]);
}

export async function selectSameCheck(
  db: Db,
  about: { partyId: string; reportSha256: string; use: string },
): Promise<DatasetCheck | undefined> {
  const found = await sql<CheckRow>`select ${CHECK} from evidence.checks where party_id = ${about.partyId}
    and report_sha256 = ${about.reportSha256} and use = ${about.use}`.execute(db);
  return found.rows[0] && toCheck(found.rows[0]);
}

/** Of a party, newest first; at most 200. */
export async function selectChecks(db: Db, partyId: string): Promise<DatasetCheck[]> {
  const found = await sql<CheckRow>`select ${CHECK} from evidence.checks where party_id = ${partyId}
    order by id desc limit 200`.execute(db);
  return found.rows.map(toCheck);
}

export async function selectReport(db: Db, id: string): Promise<string | null | undefined> {
  const found = await sql<{
    report: string | null;
  }>`select report from evidence.checks where id = ${id}`.execute(db);
  return found.rows[0]?.report;
}

/** The works of a check with what matches them, those with most items first. */
export async function selectWorkHits(db: Db, checkId: string): Promise<WorkHits[]> {
  const found = await sql<WorkHits>`select work_id as "workId", count(*)::int as items,
      array_agg(distinct kind order by kind) as kinds, max(words) as words, max(coverage) as coverage
    from evidence.hits where check_id = ${checkId}
    group by work_id order by items desc, work_id`.execute(db);
  return found.rows;
}

type HitRow = {
  work_id: string;
  item: string;
  input: string;
  kind: ScanHitKind;
  words: number | null;
  coverage: number | null;
  sha256: string | null;
};

/** Hits of a check in their order, from a position on; with `workIds` only theirs. */
export async function selectHits(
  db: Db,
  checkId: string,
  { from = 0, limit, workIds }: { from?: number; limit: number; workIds?: readonly string[] },
): Promise<Hit[]> {
  const which = workIds === undefined ? sql`true` : sql`work_id = any(${workIds}::uuid[])`;
  const found =
    await sql<HitRow>`select work_id, item, input, kind, words, coverage, sha256 from evidence.hits
    where check_id = ${checkId} and position >= ${from} and ${which} order by position limit ${limit}`.execute(
      db,
    );
  return found.rows.map(({ work_id: workId, ...hit }) => ({ workId, ...hit }));
}

/** Takes the report and what it says away; the row with its hash stays for the log. */
export async function emptyChecks(db: Db, partyId: string): Promise<string[]> {
  await sql`delete from evidence.hits where check_id in
    (select id from evidence.checks where party_id = ${partyId})`.execute(db);
  const done = await sql<{ id: string }>`update evidence.checks set report = null, dataset = '', tool = ''
    where party_id = ${partyId} returning id`.execute(db);
  return done.rows.map(({ id }) => id);
}

/** The next check after one, with its report and what is kept of each hit, to be compared. */
export async function checksForReview(
  db: Db,
  after: string | null,
): Promise<{ id: string; report: string | null; sha256: string; hits: string[] } | undefined> {
  const found = await sql<{ id: string; report: string | null; sha256: string }>`select id, report,
      report_sha256 as sha256 from evidence.checks
    where ${after}::uuid is null or id > ${after}::uuid order by id limit 1`.execute(db);
  const row = found.rows[0];
  if (!row) return undefined;
  const hits = await sql<{ line: string }>`select work_id || ' ' || kind || ' ' || item as line
    from evidence.hits where check_id = ${row.id} order by position`.execute(db);
  return { ...row, hits: hits.rows.map(({ line }) => line) };
}
