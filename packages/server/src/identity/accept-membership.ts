import { emit, inTx, type Kernel, type Locale } from '../kernel/index.ts';
import { ensureUser } from './ensure-user.ts';
import { findUserByEmail } from './find-user.ts';
import { hashInvitation } from './invite-member.ts';
import type { User } from './model.ts';
import type { MemberRole } from './organisation.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { lockUser } from './store.ts';
import {
  closeInvitations,
  insertMembership,
  lockOrganisation,
  selectInvitation,
  selectOrganisation,
} from './store-organisations.ts';

/** What a link shows before anything is decided. */
export type OpenMembership = {
  readonly id: string;
  readonly organisationId: string;
  readonly organisation: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly expiresAt: Date;
  /** The account of the invited mailbox, if there is one. Who has it must sign in to accept. */
  readonly account: User | undefined;
};

/**
 * The invitation behind a link; opening it decides nothing. Throws `membership-link-unknown`, `membership-link-used`,
 * `membership-link-expired`, `membership-link-replaced`.
 */
export async function readMembership(k: Kernel, token: string): Promise<OpenMembership> {
  const row = /^[\w-]{43}$/.test(token)
    ? await selectInvitation(k.db, await hashInvitation(k, token))
    : undefined;
  if (!row) throw fail('membership-link-unknown');
  if (row.state === 'used') throw fail('membership-link-used');
  if (row.state !== 'open') throw fail('membership-link-replaced');
  if (row.expires_at <= k.clock.now()) throw fail('membership-link-expired');
  const organisation = await selectOrganisation(k.db, row.organisation_id);
  const email = row.email!;
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisation: organisation!.name,
    email,
    role: row.role,
    expiresAt: row.expires_at,
    account: await findUserByEmail(k, email),
  };
}

/**
 * Joins the organisation. The link proves the mailbox, so it makes the account when there is none; into an account that
 * exists it does not lead: who has one signs in as usual first. Throws as `readMembership`, and `sign-in-required`,
 * `membership-link-other-account`. Sends `identity.member-joined` `{ organisationId, userId }`.
 */
export async function acceptMembership(
  k: Kernel,
  about: { token: string; name: string; locale: Locale; signedIn: string | undefined },
): Promise<{ user: User; organisationId: string; isNew: boolean }> {
  const { token, name, locale, signedIn } = about;
  return inTx(k, async (t) => {
    if (signedIn !== undefined) await lockUser(t.db, signedIn);
    const seen = await readMembership(t, token);
    await lockOrganisation(t.db, seen.organisationId);
    const { id, organisationId, email, role, account } = await readMembership(t, token);
    if (account && signedIn === undefined) throw fail('sign-in-required');
    if (signedIn !== undefined && account?.id !== signedIn) throw fail('membership-link-other-account');
    const user = account ?? (await ensureUser(t, { email, name, locale }));
    await closeInvitations(t.db, { organisationId, id }, 'used');
    await insertMembership(t.db, {
      organisation_id: organisationId,
      user_id: user.id,
      role,
      joined_at: t.clock.now(),
    });
    const subject = `organisation:${organisationId}`;
    await recordActivity(t, { actor: user.id, action: 'identity.member-joined', subject, detail: { role } });
    await emit(t, 'identity.member-joined', { organisationId, userId: user.id });
    return { user, organisationId, isNew: account === undefined };
  });
}
