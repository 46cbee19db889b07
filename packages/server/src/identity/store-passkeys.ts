import type { Kysely } from 'kysely';
import type { Db } from '../kernel/index.ts';

export type PasskeyRow = {
  id: string;
  user_id: string;
  /** In base64url, as browsers say it. */
  credential_id: string;
  /** The COSE key in base64url. */
  public_key: string;
  sign_count: bigint;
  transports: string[];
  synced: boolean;
  name: string;
  created_at: Date;
  last_used_at: Date | null;
};
export type ChallengeRow = {
  id: string;
  challenge_hash: string;
  purpose: 'add' | 'sign-in' | 'step-up';
  session_id: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};
type Tables = { 'identity.passkeys': PasskeyRow; 'identity.passkey_challenges': ChallengeRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** Answers false when the credential is here already. */
export async function insertPasskey(db: Db, row: PasskeyRow): Promise<boolean> {
  const done = await tables(db)
    .insertInto('identity.passkeys')
    .values(row)
    .onConflict((oc) => oc.column('credential_id').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** The passkeys of a user, oldest first. */
export function selectPasskeys(db: Db, userId: string): Promise<PasskeyRow[]> {
  return tables(db)
    .selectFrom('identity.passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Held until the end of the transaction: a count goes up one answer after another. */
export function lockPasskey(db: Db, credentialId: string): Promise<PasskeyRow | undefined> {
  return tables(db)
    .selectFrom('identity.passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updatePasskey(
  db: Db,
  about: { id: string; userId: string },
  changes: Partial<PasskeyRow>,
): Promise<boolean> {
  const done = await tables(db)
    .updateTable('identity.passkeys')
    .set(changes)
    .where('id', '=', about.id)
    .where('user_id', '=', about.userId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Removes one passkey of a user; answers it. */
export function deletePasskey(
  db: Db,
  about: { id: string; userId: string },
): Promise<PasskeyRow | undefined> {
  return tables(db)
    .deleteFrom('identity.passkeys')
    .where('id', '=', about.id)
    .where('user_id', '=', about.userId)
    .returningAll()
    .executeTakeFirst();
}

export async function deletePasskeys(db: Db, userId: string): Promise<void> {
  await tables(db).deleteFrom('identity.passkeys').where('user_id', '=', userId).execute();
}

export async function insertChallenge(db: Db, row: ChallengeRow): Promise<void> {
  await tables(db).insertInto('identity.passkey_challenges').values(row).execute();
}

export function selectChallenge(db: Db, hash: string): Promise<ChallengeRow | undefined> {
  return tables(db)
    .selectFrom('identity.passkey_challenges')
    .selectAll()
    .where('challenge_hash', '=', hash)
    .executeTakeFirst();
}

/** Uses a challenge up; answers false when somebody was faster. */
export async function markChallengeUsed(db: Db, id: string, now: Date): Promise<boolean> {
  const done = await tables(db)
    .updateTable('identity.passkey_challenges')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function deleteChallenges(db: Db, expiredBefore: Date): Promise<void> {
  await tables(db)
    .deleteFrom('identity.passkey_challenges')
    .where('expires_at', '<=', expiredBefore)
    .execute();
}
