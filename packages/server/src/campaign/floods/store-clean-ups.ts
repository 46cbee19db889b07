import { type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import { LIVE, type SignatoryRow } from '../store.ts';
import { type Conditions, likeOf } from './clean-up-conditions.ts';

export type CleanUpRow = {
  id: string;
  conditions: Record<string, string>;
  reason: string;
  taken: number;
  done_by: string;
  done_at: Date;
  undone_by: string | null;
  undone_at: Date | null;
  undo_reason: string | null;
  restored: number | null;
  /** Of those taken out and restored: what counted. */
  people: number;
  organisations: number;
  restored_people: number | null;
  restored_organisations: number | null;
};
type Tables = {
  'campaign.clean_ups': CleanUpRow;
  'campaign.clean_up_rows': { clean_up_id: string; signatory_id: string; state_before: string };
  'campaign.signatories': SignatoryRow;
};
type Signatories = ExpressionBuilder<Tables, 'campaign.signatories'>;

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** The live rows that fit. Count, sample and the taking out itself all go by this. */
function fits(eb: Signatories, { network, domain, country, craft, from, until, name, through }: Conditions) {
  return eb.and([
    eb('state', 'in', LIVE),
    ...(network ? [eb('network_hash', '=', network)] : []),
    ...(domain ? [sql<SqlBool>`split_part(mailbox_key, '@', 2) = ${domain}`] : []),
    ...(country ? [eb('country', '=', country)] : []),
    ...(craft ? [eb('craft', '=', craft)] : []),
    ...(from ? [eb('created_at', '>=', from)] : []),
    ...(until ? [eb('created_at', '<', until)] : []),
    ...(through ? [eb('through_name', '=', through)] : []),
    ...(name ? [eb('name_folded', 'like', likeOf(name))] : []),
  ]);
}

export async function countFitting(
  db: Db,
  conditions: Conditions,
): Promise<{ pending: number; held: number; confirmed: number }> {
  const rows = await tables(db)
    .selectFrom('campaign.signatories')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .where((eb) => fits(eb, conditions))
    .groupBy('state')
    .execute();
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return { pending: of('pending'), held: of('held'), confirmed: of('confirmed') };
}

/** A sample that is the same for everyone who looks: by the order of a hash. */
export function sampleFitting(db: Db, conditions: Conditions, limit: number): Promise<SignatoryRow[]> {
  return tables(db)
    .selectFrom('campaign.signatories')
    .selectAll()
    .where((eb) => fits(eb, conditions))
    .orderBy(sql`md5(id::text)`)
    .limit(limit)
    .execute();
}

export async function insertCleanUp(db: Db, row: CleanUpRow): Promise<void> {
  await tables(db)
    .insertInto('campaign.clean_ups')
    .values({ ...row, conditions: sql`${JSON.stringify(row.conditions)}::jsonb` as never })
    .execute();
}

/** Takes out what fits, remembering what each row was; answers how many. */
export async function invalidateFitting(db: Db, cleanUpId: string, conditions: Conditions): Promise<number> {
  const done = await tables(db)
    .with('fitting', (q) =>
      q
        .selectFrom('campaign.signatories')
        .select(['id', 'state'])
        .where((eb) => fits(eb as Signatories, conditions))
        .orderBy('id')
        .forUpdate(),
    )
    .with('kept', (q) =>
      q
        .insertInto('campaign.clean_up_rows')
        .columns(['clean_up_id', 'signatory_id', 'state_before'])
        .expression((eb) =>
          eb.selectFrom('fitting').select([sql<string>`${cleanUpId}::uuid`.as('clean_up_id'), 'id', 'state']),
        )
        .returning('signatory_id'),
    )
    .updateTable('campaign.signatories')
    .set({ state: 'invalidated' })
    .where('id', 'in', (eb) => eb.selectFrom('kept').select('signatory_id'))
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** How many of a clean-up had counted; of those that count (again) now only, when `back`. */
export async function countCounted(
  db: Db,
  cleanUpId: string,
  { back }: { back: boolean },
): Promise<{ people: number; organisations: number }> {
  const found = await sql<{ people: number; organisations: number }>`
    select count(*) filter (where s.kind = 'person')::int as people,
      count(*) filter (where s.kind = 'organisation')::int as organisations
    from campaign.clean_up_rows r join campaign.signatories s on s.id = r.signatory_id
    where r.clean_up_id = ${cleanUpId} and r.state_before = 'confirmed'
      and (not ${back}::boolean or s.state = 'confirmed')`.execute(db);
  return found.rows[0]!;
}

/** The signatures that a clean-up took out. */
export async function selectTaken(db: Db, cleanUpId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select signatory_id as id from campaign.clean_up_rows
    where clean_up_id = ${cleanUpId}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** The clean-ups that took one signature out, and when that was undone. */
export async function selectCleanUpsOf(db: Db, signatoryId: string) {
  const found = await sql<{ at: Date; reason: string; undoneAt: Date | null; undoReason: string | null }>`
    select u.done_at as at, u.reason, u.undone_at as "undoneAt", u.undo_reason as "undoReason"
    from campaign.clean_up_rows r join campaign.clean_ups u on u.id = r.clean_up_id
    where r.signatory_id = ${signatoryId} order by u.done_at, u.id`.execute(db);
  return found.rows;
}

export function lockCleanUp(db: Db, id: string): Promise<CleanUpRow | undefined> {
  return tables(db)
    .selectFrom('campaign.clean_ups')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Puts back what is still taken out; a mailbox that has signed again meanwhile keeps its new signature, alone. Answers them. */
export async function restoreRows(db: Db, cleanUpId: string): Promise<SignatoryRow[]> {
  const done = await sql<SignatoryRow>`
    with back as (select s.id, r.state_before, s.mailbox_key, s.basis
      from campaign.clean_up_rows r join campaign.signatories s on s.id = r.signatory_id
      where r.clean_up_id = ${cleanUpId} and s.state = 'invalidated' order by s.id for update of s)
    update campaign.signatories s set state = back.state_before from back
    where s.id = back.id and not exists (select 1 from campaign.signatories live
      where live.mailbox_key = back.mailbox_key and live.basis = 'mailbox'
        and live.state in ('pending', 'held', 'confirmed'))
      and (back.basis <> 'mailbox' or s.id = (select max(b.id::text)::uuid from back b
        where b.mailbox_key = back.mailbox_key and b.basis = 'mailbox'))
    returning s.*`.execute(db);
  return done.rows;
}

/** By what a clean-up went says something of people: it goes with the last of them. */
export async function forgetEmptyCleanUps(db: Db): Promise<void> {
  await sql`update campaign.clean_ups u set conditions = '{}' where conditions <> '{}'
    and not exists (select 1 from campaign.clean_up_rows r where r.clean_up_id = u.id)`.execute(db);
}

/** As its rows, and of one that was undone, by what it went goes in time. */
export async function forgetConditions(db: Db, before: Date): Promise<void> {
  await forgetEmptyCleanUps(db);
  await sql`update campaign.clean_ups set conditions = '{}' where conditions <> '{}' and done_at < ${before}`.execute(
    db,
  );
}

export async function updateCleanUp(db: Db, id: string, change: Partial<CleanUpRow>): Promise<void> {
  await tables(db).updateTable('campaign.clean_ups').set(change).where('id', '=', id).execute();
}

export function selectCleanUps(db: Db, limit: number): Promise<CleanUpRow[]> {
  return tables(db)
    .selectFrom('campaign.clean_ups')
    .selectAll()
    .orderBy('done_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
