import type { Generated, JSONColumnType, Kysely } from 'kysely';
import type { Db, Locale, Payload } from '../kernel/index.ts';

export type UserRow = {
  id: string;
  email: string | null;
  email_key: string | null;
  email_confirmed_at: Date | null;
  name: string;
  locale: Locale;
  operator: boolean;
  operator_by_mail: boolean;
  created_at: Date;
  deleted_at: Date | null;
};
export type SessionRow = {
  id: string;
  user_id: string;
  token_hash: string;
  previous_hash: string | null;
  created_at: Date;
  last_seen_at: Date;
  rotated_at: Date;
  expires_at: Date;
  agent: string;
  network: string;
  acting_for: string | null;
  /** When the session last proved who it is. */
  proven_at: Date;
};
export type LinkRow = {
  id: string;
  token_hash: string;
  purpose: 'sign-in' | 'change-address' | 'operator' | 'sign-up';
  user_id: string | null;
  email: string | null;
  email_key: string | null;
  name: string | null;
  locale: Locale | null;
  next: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};
export type SignInRequestRow = {
  id: string;
  email: string;
  /** Given by who wants an account; null for a mere sign-in. */
  name: string | null;
  locale: Locale;
  next: string;
  created_at: Date;
};
type ActivityTable = {
  seq: Generated<bigint>;
  actor: string;
  action: string;
  subject: string;
  detail: JSONColumnType<Payload>;
  at: Date;
};
type Tables = {
  'identity.users': UserRow;
  'identity.sessions': SessionRow;
  'identity.login_links': LinkRow;
  'identity.sign_in_requests': SignInRequestRow;
  'identity.activity': ActivityTable;
};

/** SQLSTATE of PostgreSQL. */
const UNIQUE_VIOLATION = '23505';

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** Answers false when another account has the mailbox. */
export async function insertUser(db: Db, row: UserRow): Promise<boolean> {
  const done = await tables(db)
    .insertInto('identity.users')
    .values(row)
    .onConflict((oc) => oc.column('email_key').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export function selectUsers(db: Db, ids: readonly string[]): Promise<UserRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('identity.users')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute();
}

export function selectUserByKey(db: Db, emailKey: string): Promise<UserRow | undefined> {
  return tables(db)
    .selectFrom('identity.users')
    .selectAll()
    .where('email_key', '=', emailKey)
    .executeTakeFirst();
}

/** The operator who came by the link from the server, and has been here longest. */
export function selectLocalOperator(db: Db): Promise<UserRow | undefined> {
  return tables(db)
    .selectFrom('identity.users')
    .selectAll()
    .where('operator', '=', true)
    .where('operator_by_mail', '=', false)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
}

export async function updateUser(db: Db, id: string, changes: Partial<UserRow>): Promise<void> {
  await tables(db)
    .updateTable('identity.users')
    .set(changes)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

/** Answers false when another account has the mailbox; the transaction can then only be rolled back. */
export async function updateAddress(
  db: Db,
  id: string,
  about: { email: string; emailKey: string; now: Date },
): Promise<boolean> {
  try {
    const { email, emailKey, now } = about;
    await updateUser(db, id, { email, email_key: emailKey, email_confirmed_at: now });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** Holds the row until the end of the transaction; undefined when there is no such user any more. */
export function lockUser(db: Db, id: string): Promise<UserRow | undefined> {
  return tables(db)
    .selectFrom('identity.users')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await tables(db).insertInto('identity.sessions').values(row).execute();
}

export function selectSessionByHash(
  db: Db,
  hash: string,
  now: Date,
): Promise<(SessionRow & { operator: boolean }) | undefined> {
  return tables(db)
    .selectFrom('identity.sessions as s')
    .innerJoin('identity.users as u', 'u.id', 's.user_id')
    .selectAll('s')
    .select('u.operator')
    .where((eb) => eb.or([eb('s.token_hash', '=', hash), eb('s.previous_hash', '=', hash)]))
    .where('s.expires_at', '>', now)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst();
}

export function selectSessions(db: Db, userId: string, now: Date): Promise<SessionRow[]> {
  return tables(db)
    .selectFrom('identity.sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Changes the session only while it still has the token with `hash`; answers whether it did. */
export async function updateSession(
  db: Db,
  id: string,
  hash: string,
  changes: Partial<SessionRow>,
): Promise<boolean> {
  const done = await tables(db)
    .updateTable('identity.sessions')
    .set(changes)
    .where('id', '=', id)
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function deleteSession(db: Db, userId: string, id: string): Promise<boolean> {
  const done = await tables(db)
    .deleteFrom('identity.sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export async function deleteSessionByHash(db: Db, hash: string): Promise<void> {
  await tables(db)
    .deleteFrom('identity.sessions')
    .where((eb) => eb.or([eb('token_hash', '=', hash), eb('previous_hash', '=', hash)]))
    .execute();
}

/** Ends all sessions of a user but `keep`; answers how many. */
export async function deleteSessions(db: Db, userId: string, keep?: string): Promise<number> {
  let query = tables(db).deleteFrom('identity.sessions').where('user_id', '=', userId);
  if (keep !== undefined) query = query.where('id', '<>', keep);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

export async function insertLink(db: Db, row: LinkRow): Promise<void> {
  await tables(db).insertInto('identity.login_links').values(row).execute();
}

export function selectLink(db: Db, hash: string): Promise<LinkRow | undefined> {
  return tables(db)
    .selectFrom('identity.login_links')
    .selectAll()
    .where('token_hash', '=', hash)
    .executeTakeFirst();
}

/** Uses the link up; answers false when somebody was faster. */
export async function markLinkUsed(db: Db, id: string, now: Date): Promise<boolean> {
  const done = await tables(db)
    .updateTable('identity.login_links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function deleteLinksOf(db: Db, userId: string): Promise<void> {
  await tables(db).deleteFrom('identity.login_links').where('user_id', '=', userId).execute();
}

export async function deleteOpenOperatorLinks(db: Db): Promise<void> {
  await tables(db)
    .deleteFrom('identity.login_links')
    .where('purpose', '=', 'operator')
    .where('used_at', 'is', null)
    .execute();
}

export async function insertSignInRequest(db: Db, row: SignInRequestRow): Promise<void> {
  await tables(db).insertInto('identity.sign_in_requests').values(row).execute();
}

/** Takes a wish out of the table: it is looked at once. */
export function takeSignInRequest(db: Db, id: string): Promise<SignInRequestRow | undefined> {
  return tables(db)
    .deleteFrom('identity.sign_in_requests')
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Removes what has run out: sessions at once, links and wishes created before `before`. */
export async function deleteExpired(db: Db, now: Date, before: Date): Promise<void> {
  const t = tables(db);
  await t.deleteFrom('identity.sessions').where('expires_at', '<=', now).execute();
  await t.deleteFrom('identity.login_links').where('expires_at', '<=', before).execute();
  await t.deleteFrom('identity.sign_in_requests').where('created_at', '<=', before).execute();
}

export async function insertActivity(
  db: Db,
  row: { actor: string; action: string; subject: string; detail: Payload; at: Date },
): Promise<void> {
  await tables(db)
    .insertInto('identity.activity')
    .values({ ...row, detail: JSON.stringify(row.detail) })
    .execute();
}

/** Newest first; `before` is a position, exclusive. */
export function selectActivity(
  db: Db,
  { subject, actor, before, limit }: { subject?: string; actor?: string; before?: bigint; limit: number },
) {
  let query = tables(db).selectFrom('identity.activity').selectAll().orderBy('seq', 'desc').limit(limit);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (before !== undefined) query = query.where('seq', '<', before);
  return query.execute();
}
