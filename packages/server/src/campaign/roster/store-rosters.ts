import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';
import type { Basis } from '../model.ts';
import type { SignatoryRow } from '../store.ts';
import type {
  Defaults,
  ImportDefaults,
  Proof,
  Role,
  RosterPerson,
  RowDraft,
  RowProblem,
  Verdict,
} from './model.ts';

export type RosterState =
  | 'checking'
  | 'checked'
  | 'waiting'
  | 'publishing'
  | 'published'
  | 'refused'
  | 'withdrawn';

export type RosterRow = {
  id: string;
  origin: 'roster' | 'import';
  role: Role;
  through_name: string;
  party_id: string | null;
  created_by: string | null;
  locale: Locale;
  state: RosterState;
  file_sha256: string;
  file_name: string;
  declaration_version: number;
  declaration_sha256: string;
  defaults: Defaults & ImportDefaults;
  document_sha256: string | null;
  document_name: string | null;
  document_type: string | null;
  statement_version: number | null;
  stated_at: Date | null;
  lines: number;
  fine: number;
  duplicates: number;
  wrong: number;
  done: number;
  created_at: Date;
  submitted_at: Date | null;
  decided_at: Date | null;
  decided_by: string | null;
  answer: string | null;
  published_at: Date | null;
  ended_at: Date | null;
  /** When it was published without a moderator. */
  direct_at: Date | null;
};
export type RowState = 'checked' | 'signed' | 'invited' | 'answered' | 'left';
export type RosterLine = {
  id: string;
  roster_id: string;
  line: number;
  verdict: Verdict;
  problem: RowProblem | null;
  problem_about: string | null;
  basis: Basis | null;
  person: RosterPerson | null;
  name_folded: string | null;
  country: string | null;
  mailbox_key: string | null;
  proof: Proof | null;
  state: RowState;
  signatory_id: string | null;
  invited_at: Date | null;
};
type Tables = { 'campaign.rosters': RosterRow; 'campaign.roster_rows': RosterLine };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();
const rosters = (db: Db) => tables(db).selectFrom('campaign.rosters').selectAll();
const rows = (db: Db) => tables(db).selectFrom('campaign.roster_rows').selectAll();

export async function insertRoster(db: Db, row: RosterRow): Promise<void> {
  await tables(db)
    .insertInto('campaign.rosters')
    .values({ ...row, defaults: sql`${JSON.stringify(row.defaults)}::jsonb` as never })
    .execute();
}

export async function updateRoster(db: Db, id: string, change: Partial<RosterRow>): Promise<void> {
  await tables(db).updateTable('campaign.rosters').set(change).where('id', '=', id).execute();
}

export function selectRoster(db: Db, id: string): Promise<RosterRow | undefined> {
  return rosters(db).where('id', '=', id).executeTakeFirst();
}

export function lockRoster(db: Db, id: string): Promise<RosterRow | undefined> {
  return rosters(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** The same file of the same party for the same text, unless it was refused or taken back. */
export function lockSameFile(
  db: Db,
  about: { partyId: string; sha256: string; version: number },
): Promise<RosterRow | undefined> {
  return rosters(db)
    .where('party_id', '=', about.partyId)
    .where('file_sha256', '=', about.sha256)
    .where('declaration_version', '=', about.version)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .forUpdate()
    .executeTakeFirst();
}

export async function lockParty(db: Db, partyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`campaign-roster|${partyId}`}, 0))`.execute(db);
}

export async function lockThrough(db: Db, folded: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`campaign-through|${folded}`}, 0))`.execute(db);
}

export function selectRostersOf(db: Db, partyId: string): Promise<RosterRow[]> {
  return rosters(db)
    .where('party_id', '=', partyId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
}

export function selectRostersIn(db: Db, states: readonly RosterState[], limit: number): Promise<RosterRow[]> {
  return rosters(db)
    .where('state', 'in', states)
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Lists that count, the newest first, and imports among them or alone. */
export function selectPublished(db: Db, origin: 'roster' | 'import', limit: number): Promise<RosterRow[]> {
  return rosters(db)
    .where('origin', '=', origin)
    .where('state', 'not in', ['checking', 'checked'])
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

export async function countWaiting(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.rosters
    where state = 'waiting'`.execute(db);
  return found.rows[0]!.n;
}

export async function deleteRoster(db: Db, id: string): Promise<void> {
  await tables(db).deleteFrom('campaign.rosters').where('id', '=', id).execute();
}

/**
 * Rows published without a moderator since a time, by one party or under one name: what was taken back since counts, and a
 * second organisation of the same name is no second day.
 */
export async function countDirect(
  db: Db,
  { partyId, through, since }: { partyId: string; through: string; since: Date },
): Promise<number> {
  const found = await sql<{ n: number }>`select coalesce(sum(fine), 0)::int as n from campaign.rosters
    where direct_at >= ${since} and (party_id = ${partyId}
      or campaign.fold(through_name) = campaign.fold(${through}::text))`.execute(db);
  return found.rows[0]!.n;
}

export type NewRow = RowDraft & { readonly id: string; readonly nameFolded: string | null };

export async function insertRows(db: Db, rosterId: string, drafts: readonly NewRow[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql`insert into campaign.roster_rows (id, roster_id, line, verdict, problem, problem_about, basis, person,
      name_folded, country, mailbox_key, proof)
    select (d->>'id')::uuid, ${rosterId}, (d->>'line')::int, d->>'verdict', d->>'problem', d->>'about', d->>'basis',
      nullif(d->'person', 'null'::jsonb), d->>'nameFolded', d->'person'->>'country', d->>'mailboxKey',
      nullif(d->'proof', 'null'::jsonb)
    from jsonb_array_elements(${JSON.stringify(drafts)}::jsonb) d`.execute(db);
}

/** Rows that can still become signatures, by line. */
export function selectFine(db: Db, rosterId: string, after: number, limit: number): Promise<RosterLine[]> {
  return rows(db)
    .where('roster_id', '=', rosterId)
    .where('verdict', '=', 'fine')
    .where('state', '=', 'checked')
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute();
}

/** Rows by line: all, or those about which something is to be said. */
export function selectLines(
  db: Db,
  rosterId: string,
  { bad, after, limit }: { bad: boolean; after: number; limit: number },
): Promise<RosterLine[]> {
  let query = rows(db).where('roster_id', '=', rosterId).where('line', '>', after);
  if (bad) query = query.where('verdict', '<>', 'fine');
  return query.orderBy('line').limit(limit).execute();
}

export async function judgeRows(
  db: Db,
  verdicts: readonly { id: string; verdict: Verdict; problem: RowProblem }[],
): Promise<void> {
  if (verdicts.length === 0) return;
  await sql`update campaign.roster_rows r set verdict = d->>'verdict', problem = d->>'problem', problem_about = null
    from jsonb_array_elements(${JSON.stringify(verdicts)}::jsonb) d where r.id = (d->>'id')::uuid`.execute(
    db,
  );
}

/** Counts anew what was said about the rows. */
export async function countVerdicts(
  db: Db,
  rosterId: string,
): Promise<{ fine: number; duplicates: number; wrong: number }> {
  const found = await sql<{ fine: number; duplicates: number; wrong: number }>`select
      count(*) filter (where verdict = 'fine')::int as fine,
      count(*) filter (where verdict = 'duplicate')::int as duplicates,
      count(*) filter (where verdict = 'wrong')::int as wrong
    from campaign.roster_rows where roster_id = ${rosterId}`.execute(db);
  return found.rows[0]!;
}

/** Whether each row on authority or with consent shows something: its own reference. */
export async function countUnshown(db: Db, rosterId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.roster_rows
    where roster_id = ${rosterId} and verdict = 'fine' and basis <> 'mailbox'
      and proof->>'reference' is null`.execute(db);
  return found.rows[0]!.n;
}

/** What became of rows: the person moves into the signature and leaves the row. */
export async function markSigned(
  db: Db,
  pairs: readonly { id: string; signatoryId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`update campaign.roster_rows r set state = 'signed', signatory_id = (d->>'signatoryId')::uuid, person = null,
      name_folded = null, country = null, mailbox_key = null
    from jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) d where r.id = (d->>'id')::uuid`.execute(db);
}

export async function updateRow(
  db: Db,
  id: string,
  change: Partial<Omit<RosterLine, 'person' | 'proof'>>,
): Promise<void> {
  await tables(db).updateTable('campaign.roster_rows').set(change).where('id', '=', id).execute();
}

/** What is said about people leaves the rows that became no signature; invitations stay open. */
export async function clearPeople(db: Db, rosterId: string, also: 'invited' | 'none'): Promise<void> {
  const states = also === 'invited' ? ['checked', 'invited'] : ['checked'];
  await sql`update campaign.roster_rows set person = null, name_folded = null, country = null, mailbox_key = null,
      problem_about = case when problem = 'twice' then problem_about end, proof = null,
      state = 'left'
    where roster_id = ${rosterId} and state = any(${states})`.execute(db);
}

/** As clearing them all: the person of one row is gone. */
export async function clearPerson(db: Db, id: string, state: RowState): Promise<void> {
  await sql`update campaign.roster_rows set person = null, name_folded = null, country = null, mailbox_key = null,
      proof = null, state = ${state} where id = ${id}`.execute(db);
}

export function lockRow(db: Db, id: string): Promise<RosterLine | undefined> {
  return rows(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

export function selectRow(db: Db, id: string): Promise<RosterLine | undefined> {
  return rows(db).where('id', '=', id).executeTakeFirst();
}

export function selectRowOf(db: Db, signatoryId: string): Promise<RosterLine | undefined> {
  return rows(db).where('signatory_id', '=', signatoryId).executeTakeFirst();
}

/** Mailboxes that were invited since a time, of those given: nobody is asked twice in it. */
export async function selectInvitedSince(
  db: Db,
  keys: readonly string[],
  since: Date,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const found = await tables(db)
    .selectFrom('campaign.roster_rows')
    .select('mailbox_key')
    .where('mailbox_key', 'in', [...keys])
    .where('invited_at', '>=', since)
    .execute();
  return new Set(found.map((row) => row.mailbox_key!));
}

/** What is kept about a mailbox in rows that are no signature (yet). */
export function selectRowsOfMailbox(db: Db, key: string): Promise<RosterLine[]> {
  return rows(db).where('mailbox_key', '=', key).orderBy('id').execute();
}

/** A mailbox leaves all lists. */
export async function clearMailbox(db: Db, key: string): Promise<void> {
  await sql`update campaign.roster_rows set person = null, name_folded = null, country = null, mailbox_key = null,
      proof = null, state = 'left' where mailbox_key = ${key}`.execute(db);
}

/** The signatures of a list that rest on it alone. */
export async function selectSignaturesOf(db: Db, rosterId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from campaign.signatories
    where roster_id = ${rosterId} and basis <> 'mailbox'`.execute(db);
  return found.rows.map(({ id }) => id);
}

type Ended = Pick<SignatoryRow, 'id' | 'state' | 'kind' | 'email' | 'mailbox_key' | 'locale'>;

/** The signatures of a list that rest on it alone go; those taken over stay. Answers them as they were. */
export async function deleteSignaturesOf(db: Db, rosterId: string): Promise<Ended[]> {
  const found = await sql<Ended>`
    delete from campaign.signatories where roster_id = ${rosterId} and basis <> 'mailbox'
    returning id, state, kind, email, mailbox_key, locale`.execute(db);
  return found.rows;
}

/** Lists never submitted, invitations nobody answered, and which mailbox heard of what, past their time. */
export async function forgetRosters(db: Db, before: Date): Promise<void> {
  await sql`delete from campaign.rosters where state in ('checking', 'checked') and created_at < ${before}`.execute(
    db,
  );
  await sql`update campaign.roster_rows set person = null, name_folded = null, country = null, mailbox_key = null,
      proof = null, state = 'left' where state = 'invited' and invited_at < ${before}`.execute(db);
  await sql`delete from campaign.notices where told_at < ${before}`.execute(db);
}

export async function clearCreator(db: Db, userId: string): Promise<void> {
  await tables(db)
    .updateTable('campaign.rosters')
    .set({ created_by: null })
    .where('created_by', '=', userId)
    .execute();
}

/** Lists of a party that are not over. */
export function selectLivingOf(db: Db, partyId: string): Promise<RosterRow[]> {
  return rosters(db)
    .where('party_id', '=', partyId)
    .where(sql<SqlBool>`state not in ('refused', 'withdrawn')`)
    .execute();
}

/** The lists a person brought, newest first. */
export function selectRostersBy(db: Db, userId: string): Promise<RosterRow[]> {
  return rosters(db).where('created_by', '=', userId).orderBy('created_at', 'desc').execute();
}

/** What became of the rows of a list. */
export async function countStates(db: Db, rosterId: string): Promise<{ state: RowState; count: number }[]> {
  const found = await sql<{ state: RowState; count: number }>`select state, count(*)::int as count
    from campaign.roster_rows where roster_id = ${rosterId} group by state order by state`.execute(db);
  return found.rows;
}

/** Names of rows whose person has moved into a signature. */
export async function selectNamesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ id: string; name: string }>`select id, name from campaign.signatories
    where id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, name }) => [id, name]));
}
