import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

/** Null stands for the whole campaign. */
export async function insertModerator(
  db: Db,
  m: { userId: string; partnerId: string | null; at: Date },
): Promise<void> {
  await sql`insert into campaign.moderators (user_id, partner_id, added_at)
    values (${m.userId}, ${m.partnerId}, ${m.at}) on conflict do nothing`.execute(db);
}

export async function deleteModerator(db: Db, userId: string, partnerId: string | null): Promise<boolean> {
  const done = await sql`delete from campaign.moderators
    where user_id = ${userId} and partner_id is not distinct from ${partnerId}`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function deleteModeratorOf(db: Db, userId: string): Promise<void> {
  await sql`delete from campaign.moderators where user_id = ${userId}`.execute(db);
}

export async function selectModerators(
  db: Db,
  partnerId: string | null,
): Promise<{ userId: string; addedAt: Date }[]> {
  const found = await sql<{ userId: string; addedAt: Date }>`select user_id as "userId", added_at as "addedAt"
    from campaign.moderators where partner_id is not distinct from ${partnerId} order by added_at, user_id`.execute(
    db,
  );
  return found.rows;
}

/** What a user may decide about: partners by code and name, and null for the whole campaign. */
export async function selectRolesOf(
  db: Db,
  userId: string,
): Promise<{ source: string | null; partner: string | null; addedAt: Date }[]> {
  const found = await sql<{ source: string | null; partner: string | null; addedAt: Date }>`
    select p.source, p.name as partner, m.added_at as "addedAt"
    from campaign.moderators m left join campaign.partners p on p.id = m.partner_id
    where m.user_id = ${userId} order by p.name nulls first`.execute(db);
  return found.rows;
}

export async function isModerator(db: Db, userId: string, partnerId: string | null): Promise<boolean> {
  const found = await sql`select 1 from campaign.moderators
    where user_id = ${userId} and partner_id is not distinct from ${partnerId}`.execute(db);
  return found.rows.length > 0;
}

export type InvitationRow = {
  readonly id: string;
  readonly partnerId: string | null;
  readonly email: string | null;
  readonly name: string;
  readonly expiresAt: Date;
  readonly state: 'open' | 'used' | 'replaced' | 'withdrawn';
};

const INVITATION = sql.raw('id, partner_id as "partnerId", email, name, expires_at as "expiresAt", state');

export async function insertInvitation(
  db: Db,
  i: Omit<InvitationRow, 'state'> & { tokenHash: string; by: string; at: Date },
): Promise<void> {
  await sql`insert into campaign.moderator_invitations
      (id, token_hash, partner_id, email, name, invited_by, sent_at, expires_at, state)
    values (${i.id}, ${i.tokenHash}, ${i.partnerId}, ${i.email}, ${i.name}, ${i.by}, ${i.at}, ${i.expiresAt},
      'open')`.execute(db);
}

export async function selectInvitation(db: Db, tokenHash: string): Promise<InvitationRow | undefined> {
  const found = await sql<InvitationRow>`select ${INVITATION} from campaign.moderator_invitations
    where token_hash = ${tokenHash} for update`.execute(db);
  return found.rows[0];
}

export async function selectInvitations(db: Db, partnerId: string | null): Promise<InvitationRow[]> {
  const found = await sql<InvitationRow>`select ${INVITATION} from campaign.moderator_invitations
    where partner_id is not distinct from ${partnerId} and state = 'open' order by sent_at desc, id`.execute(
    db,
  );
  return found.rows;
}

/** Closes open invitations; the address goes with it. */
export async function closeInvitations(
  db: Db,
  which: { id: string } | { email: string; partnerId: string | null },
  state: 'used' | 'replaced' | 'withdrawn',
): Promise<number> {
  const where =
    'id' in which
      ? sql`id = ${which.id}`
      : sql`lower(email) = lower(${which.email}) and partner_id is not distinct from ${which.partnerId}`;
  const done = await sql`update campaign.moderator_invitations set state = ${state}, email = null, name = ''
    where ${where} and state = 'open'`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}
