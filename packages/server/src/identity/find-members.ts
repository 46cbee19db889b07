import type { Kernel, Locale } from '../kernel/index.ts';
import type { Member, MemberInvitation, Membership } from './organisation.ts';
import { selectMembers, selectMemberships, selectOpenInvitations } from './store-organisations.ts';

/** The organisations a user acts for, longest first. */
export function organisationsOf(k: Kernel, userId: string): Promise<Membership[]> {
  return selectMemberships(k.db, userId);
}

/** The user's place in one organisation, as it is at this moment. */
export async function membershipOf(
  k: Kernel,
  { userId, organisationId }: { userId: string; organisationId: string },
): Promise<Membership | undefined> {
  const all = await selectMemberships(k.db, userId);
  return all.find((one) => one.organisationId === organisationId);
}

/** Who acts for an organisation, longest first. */
export async function membersOf(k: Kernel, organisationId: string): Promise<Member[]> {
  const rows = await selectMembers(k.db, [organisationId]);
  return rows.map(({ userId, name, email, role, joinedAt }) => ({ userId, name, email, role, joinedAt }));
}

/** Whom to write to about organisations: of each the admin who has been there longest, and in which language. */
export async function contactsOf(
  k: Kernel,
  organisationIds: readonly string[],
): Promise<Map<string, { userId: string; email: string; locale: Locale }>> {
  const contacts = new Map<string, { userId: string; email: string; locale: Locale }>();
  for (const { organisationId, userId, email, locale, role } of await selectMembers(k.db, organisationIds)) {
    if (role === 'admin' && email !== '' && !contacts.has(organisationId))
      contacts.set(organisationId, { userId, email, locale });
  }
  return contacts;
}

/** Invitations that can still be accepted, newest first. */
export async function openInvitationsOf(k: Kernel, organisationId: string): Promise<MemberInvitation[]> {
  const now = k.clock.now();
  const rows = await selectOpenInvitations(k.db, organisationId);
  return rows
    .filter((row) => row.expires_at > now)
    .map((row) => ({
      id: row.id,
      email: row.email ?? '',
      role: row.role,
      sentAt: row.sent_at,
      expiresAt: row.expires_at,
    }));
}
