import type { Kysely } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Member, MemberRole, Membership } from './organisation.ts';
import type { SessionRow, UserRow } from './store.ts';

export type OrganisationRow = { id: string; name: string; created_at: Date };
export type MembershipRow = { organisation_id: string; user_id: string; role: MemberRole; joined_at: Date };
export type InvitationRow = {
  id: string;
  organisation_id: string;
  token_hash: string;
  email: string | null;
  email_key: string | null;
  role: MemberRole;
  sent_at: Date;
  expires_at: Date;
  state: 'open' | 'used' | 'replaced' | 'withdrawn';
};
type Tables = {
  'identity.organisations': OrganisationRow;
  'identity.memberships': MembershipRow;
  'identity.member_invitations': InvitationRow;
  'identity.users': UserRow;
  'identity.sessions': SessionRow;
};

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

export async function insertOrganisation(db: Db, row: OrganisationRow): Promise<void> {
  await tables(db).insertInto('identity.organisations').values(row).execute();
}

export async function updateOrganisation(db: Db, id: string, name: string): Promise<void> {
  await tables(db).updateTable('identity.organisations').set({ name }).where('id', '=', id).execute();
}

/** Holds the organisation until the end of the transaction, so that its members change one after another. */
export function lockOrganisation(db: Db, id: string): Promise<OrganisationRow | undefined> {
  return tables(db)
    .selectFrom('identity.organisations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function selectOrganisation(db: Db, id: string): Promise<OrganisationRow | undefined> {
  return tables(db).selectFrom('identity.organisations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Answers false when the user is a member already. */
export async function insertMembership(db: Db, row: MembershipRow): Promise<boolean> {
  const done = await tables(db)
    .insertInto('identity.memberships')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** The organisations of a user, longest first. */
export function selectMemberships(db: Db, userId: string): Promise<Membership[]> {
  return tables(db)
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.organisations as o', 'o.id', 'm.organisation_id')
    .select(['o.id as organisationId', 'o.name', 'm.role', 'm.joined_at as joinedAt'])
    .where('m.user_id', '=', userId)
    .orderBy('m.joined_at')
    .orderBy('o.id')
    .execute();
}

/** The members of organisations, longest first. */
export function selectMembers(
  db: Db,
  organisationIds: readonly string[],
): Promise<(Member & { organisationId: string; locale: UserRow['locale'] })[]> {
  if (organisationIds.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.users as u', 'u.id', 'm.user_id')
    .select(['m.organisation_id as organisationId', 'u.id as userId', 'u.name', 'u.locale', 'm.role'])
    .select((eb) => eb.fn.coalesce('u.email', eb.val('')).as('email'))
    .select('m.joined_at as joinedAt')
    .where('m.organisation_id', 'in', [...organisationIds])
    .orderBy('m.joined_at')
    .orderBy('u.id')
    .execute();
}

export async function updateRole(
  db: Db,
  organisationId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await tables(db)
    .updateTable('identity.memberships')
    .set({ role })
    .where('organisation_id', '=', organisationId)
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteMembership(db: Db, organisationId: string, userId: string): Promise<void> {
  const t = tables(db);
  await t
    .deleteFrom('identity.memberships')
    .where('organisation_id', '=', organisationId)
    .where('user_id', '=', userId)
    .execute();
}

export async function updateActing(db: Db, sessionId: string, organisationId: string | null): Promise<void> {
  await tables(db)
    .updateTable('identity.sessions')
    .set({ acting_for: organisationId })
    .where('id', '=', sessionId)
    .execute();
}

export async function insertInvitation(db: Db, row: InvitationRow): Promise<void> {
  await tables(db).insertInto('identity.member_invitations').values(row).execute();
}

export function selectInvitation(db: Db, tokenHash: string): Promise<InvitationRow | undefined> {
  return tables(db)
    .selectFrom('identity.member_invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Invitations nobody has answered, newest first; expired ones too. */
export function selectOpenInvitations(db: Db, organisationId: string): Promise<InvitationRow[]> {
  return tables(db)
    .selectFrom('identity.member_invitations')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'open')
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Closes open invitations of an organisation, all that fit; answers how many. The address goes. */
export async function closeInvitations(
  db: Db,
  which: { organisationId: string; id?: string; emailKey?: string },
  state: 'used' | 'replaced' | 'withdrawn',
): Promise<number> {
  let query = tables(db)
    .updateTable('identity.member_invitations')
    .set({ state, email: null, email_key: null })
    .where('organisation_id', '=', which.organisationId)
    .where('state', '=', 'open');
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.emailKey !== undefined) query = query.where('email_key', '=', which.emailKey);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Removes invitations that ran out before `before`, and all open ones to a mailbox that is erased. */
export async function deleteInvitations(
  db: Db,
  which: { expiredBefore: Date } | { emailKey: string },
): Promise<void> {
  const query = tables(db).deleteFrom('identity.member_invitations');
  await ('emailKey' in which
    ? query.where('email_key', '=', which.emailKey)
    : query.where('expires_at', '<=', which.expiredBefore)
  ).execute();
}
