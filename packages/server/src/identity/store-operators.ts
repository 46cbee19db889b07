import type { Kysely } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { UserRow } from './store.ts';

export type OperatorInvitationRow = {
  id: string;
  token_hash: string;
  invited_by: string;
  email: string | null;
  email_key: string | null;
  name: string;
  sent_at: Date;
  expires_at: Date;
  state: 'open' | 'used' | 'replaced' | 'withdrawn';
};
type Tables = { 'identity.operator_invitations': OperatorInvitationRow; 'identity.users': UserRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** All operators, longest here first. */
export function selectOperators(db: Db): Promise<UserRow[]> {
  return operators(db).execute();
}

/** As `selectOperators`, held until the end of the transaction, so that operators change one after another. */
export function lockOperators(db: Db): Promise<UserRow[]> {
  return operators(db).forUpdate().execute();
}

function operators(db: Db) {
  return tables(db)
    .selectFrom('identity.users')
    .selectAll()
    .where('operator', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id');
}

export async function insertOperatorInvitation(db: Db, row: OperatorInvitationRow): Promise<void> {
  await tables(db).insertInto('identity.operator_invitations').values(row).execute();
}

export function selectOperatorInvitation(
  db: Db,
  tokenHash: string,
): Promise<OperatorInvitationRow | undefined> {
  return tables(db)
    .selectFrom('identity.operator_invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Invitations nobody has answered, newest first; expired ones too. */
export function selectOpenOperatorInvitations(db: Db): Promise<OperatorInvitationRow[]> {
  return tables(db)
    .selectFrom('identity.operator_invitations')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Closes open invitations that fit and forgets whom they were for; answers how many. */
export async function closeOperatorInvitations(
  db: Db,
  which: { id: string } | { emailKey: string },
  state: 'used' | 'replaced' | 'withdrawn',
): Promise<number> {
  const query = tables(db)
    .updateTable('identity.operator_invitations')
    .set({ state, email: null, email_key: null, name: '' })
    .where('state', '=', 'open');
  const done = await ('id' in which
    ? query.where('id', '=', which.id)
    : query.where('email_key', '=', which.emailKey)
  ).executeTakeFirst();
  return Number(done.numUpdatedRows);
}

export async function deleteOperatorInvitations(
  db: Db,
  which: { expiredBefore: Date } | { emailKey: string },
): Promise<void> {
  const query = tables(db).deleteFrom('identity.operator_invitations');
  await ('emailKey' in which
    ? query.where('email_key', '=', which.emailKey)
    : query.where('expires_at', '<=', which.expiredBefore)
  ).execute();
}
