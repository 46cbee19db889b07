import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Case } from './model.ts';

type CaseRow = {
  id: string;
  party_id: string;
  site_id: string | null;
  client: string | null;
  from_at: Date;
  to_at: Date;
  work_ids: string[];
  check_ids: string[];
  sealed: string | null;
  sealed_sha256: string;
  leaf_id: string;
  opened_by: string;
  opened_at: Date;
};

function toCase(row: CaseRow): Case {
  return {
    id: row.id,
    partyId: row.party_id,
    siteId: row.site_id,
    client: row.client,
    from: row.from_at,
    to: row.to_at,
    workIds: row.work_ids,
    checkIds: row.check_ids,
    sealed: row.sealed,
    sealedSha256: row.sealed_sha256,
    leafId: row.leaf_id,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
  };
}

export async function insertCase(db: Db, c: Case): Promise<void> {
  await sql`insert into evidence.cases (id, party_id, site_id, client, from_at, to_at, work_ids, check_ids,
      sealed, sealed_sha256, leaf_id, opened_by, opened_at)
    values (${c.id}, ${c.partyId}, ${c.siteId}, ${c.client}, ${c.from}, ${c.to}, ${c.workIds}::uuid[],
      ${c.checkIds}::uuid[], ${c.sealed}, ${c.sealedSha256}, ${c.leafId}, ${c.openedBy},
      ${c.openedAt})`.execute(db);
}

export async function selectCase(db: Db, id: string): Promise<Case | undefined> {
  const found = await sql<CaseRow>`select * from evidence.cases where id = ${id}`.execute(db);
  return found.rows[0] && toCase(found.rows[0]);
}

/** Of a party, newest first, without their documents; at most 200. */
export async function selectCases(db: Db, partyId: string): Promise<Omit<Case, 'sealed'>[]> {
  const found = await sql<
    Omit<CaseRow, 'sealed'>
  >`select id, party_id, site_id, client, from_at, to_at, work_ids,
      check_ids, sealed_sha256, leaf_id, opened_by, opened_at
    from evidence.cases where party_id = ${partyId} order by id desc limit 200`.execute(db);
  return found.rows.map((row) => {
    const { sealed: _none, ...rest } = toCase({ ...row, sealed: null });
    return rest;
  });
}

/** Takes away the documents of a party's cases; the rows with their hashes stay for the log. */
export async function emptyCases(db: Db, partyId: string): Promise<string[]> {
  const done = await sql<{ id: string }>`update evidence.cases set sealed = null
    where party_id = ${partyId} and sealed is not null returning id`.execute(db);
  return done.rows.map(({ id }) => id);
}

/** Cases after one, in the order of their ids. */
export async function casesAfter(db: Db, after: string | null, limit: number): Promise<Case[]> {
  const found = await sql<CaseRow>`select * from evidence.cases
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${limit}`.execute(db);
  return found.rows.map(toCase);
}
