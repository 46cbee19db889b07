import { type Kysely, sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { SessionRow } from './store.ts';

type CodeRow = { session_id: string; code_hash: string; tries: number; expires_at: Date };
export type KeptFormRow = {
  id: string;
  browser_hash: string;
  user_id: string | null;
  sealed: string;
  expires_at: Date;
};
type Tables = {
  'identity.sessions': SessionRow;
  'identity.step_up_codes': CodeRow;
  'identity.kept_forms': KeptFormRow;
};

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** Notes when a session proved who it is; codes sent to it are worth nothing afterwards. */
export async function markProven(db: Db, sessionId: string, now: Date): Promise<void> {
  await tables(db)
    .updateTable('identity.sessions')
    .set({ proven_at: now })
    .where('id', '=', sessionId)
    .execute();
  await tables(db).deleteFrom('identity.step_up_codes').where('session_id', '=', sessionId).execute();
}

/** The newest code of a session takes the place of the one before. */
export async function saveCode(db: Db, row: Omit<CodeRow, 'tries'>): Promise<void> {
  await tables(db)
    .insertInto('identity.step_up_codes')
    .values({ ...row, tries: 0 })
    .onConflict((oc) =>
      oc.column('session_id').doUpdateSet({
        code_hash: row.code_hash,
        tries: 0,
        expires_at: row.expires_at,
      }),
    )
    .execute();
}

/** Counts a try before it is looked at, so that tries at the same moment all count; answers the code after it. */
export function countTry(db: Db, sessionId: string): Promise<CodeRow | undefined> {
  return tables(db)
    .updateTable('identity.step_up_codes')
    .set({ tries: sql<number>`tries + 1` })
    .where('session_id', '=', sessionId)
    .returningAll()
    .executeTakeFirst();
}

export async function insertKeptForm(db: Db, row: KeptFormRow): Promise<void> {
  await tables(db).insertInto('identity.kept_forms').values(row).execute();
}

export function selectKeptForm(db: Db, id: string, browserHash: string): Promise<KeptFormRow | undefined> {
  return tables(db)
    .selectFrom('identity.kept_forms')
    .selectAll()
    .where('id', '=', id)
    .where('browser_hash', '=', browserHash)
    .executeTakeFirst();
}

/** Forgets kept forms: those of a browser, of a person, or all that have run out. */
export async function deleteKeptForms(
  db: Db,
  which: { browserHash: string } | { userId: string } | { before: Date },
): Promise<void> {
  const query = tables(db).deleteFrom('identity.kept_forms');
  if ('browserHash' in which) await query.where('browser_hash', '=', which.browserHash).execute();
  else if ('userId' in which) await query.where('user_id', '=', which.userId).execute();
  else await query.where('expires_at', '<=', which.before).execute();
}
