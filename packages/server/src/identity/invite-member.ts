import { failCommon, formatDate, inTx, type Kernel, type Locale, queueMail } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import { findUser } from './find-user.ts';
import { type MemberInvitation, type MemberRole, roleAllows } from './organisation.ts';
import { organisationText } from './organisation-messages.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { instanceName } from './send-sign-in-link.ts';
import {
  closeInvitations,
  insertInvitation,
  lockOrganisation,
  selectMembers,
} from './store-organisations.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY_MS = 86_400_000;
export const MEMBER_INVITATION_DAYS = 14;
const PER_ORGANISATION = { name: 'identity.invite-member', per: 50, windowMs: DAY_MS, burst: 25 };

/** Only the keyed hash of an invitation's token is kept. */
export function hashInvitation(k: Kernel, token: string): Promise<string> {
  return k.keys.hmac('member-invitation', token);
}

/**
 * Invites a person by mail, by an admin's wish; an earlier invitation of the same mailbox is replaced. It is good for
 * 14 days. Throws `email-invalid`, `organisation-unknown`, `role-required`, `already-member`, `too-many-requests`.
 */
export async function inviteMember(
  k: Kernel,
  about: { organisationId: string; email: string; role: MemberRole; actor: string; locale: Locale },
): Promise<MemberInvitation> {
  const { organisationId, role, actor, locale } = about;
  const { address, key } = readAddress(about.email);
  return inTx(k, async (t) => {
    const organisation = await lockByAdmin(t, organisationId, actor);
    const members = await selectMembers(t.db, [organisationId]);
    if (members.some(({ email }) => email !== '' && readAddress(email).key === key))
      throw fail('already-member');
    const wait = t.limits.take(PER_ORGANISATION, organisationId);
    if (wait > 0)
      throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
    await closeInvitations(t.db, { organisationId, emailKey: key }, 'replaced');
    const token = t.ids.secret();
    const sentAt = t.clock.now();
    const expiresAt = new Date(sentAt.getTime() + MEMBER_INVITATION_DAYS * DAY_MS);
    const id = t.ids.id();
    await insertInvitation(t.db, {
      id,
      organisation_id: organisationId,
      token_hash: await hashInvitation(t, token),
      email: address,
      email_key: key,
      role,
      sent_at: sentAt,
      expires_at: expiresAt,
      state: 'open',
    });
    const subject = `organisation:${organisationId}`;
    await recordActivity(t, { actor, action: 'identity.member-invited', subject, detail: { role } });
    const inviter = (await findUser(t, actor))?.name ?? '';
    const words = organisationText(locale);
    const mail = words.mail;
    await queueMail(t, {
      to: address,
      category: 'notice',
      locale,
      subject: mail.subject(inviter, organisation.name),
      paragraphs: [
        mail.what(inviter, organisation.name, await instanceName(t)),
        `${words.roles[role]}: ${words.roleMeaning[role]}`,
        mail.until(formatDate(locale, expiresAt)),
      ],
      action: { label: mail.open, url: `${t.site.baseUrl}/memberships/${token}` },
      footer: [mail.notYou],
    });
    return { id, email: address, role, sentAt, expiresAt };
  });
}

/** Takes an invitation back. Throws `organisation-unknown`, `role-required`, `membership-link-unknown`. */
export async function withdrawInvitation(
  k: Kernel,
  { organisationId, id, actor }: { organisationId: string; id: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await lockByAdmin(t, organisationId, actor);
    if (!UUID.test(id) || (await closeInvitations(t.db, { organisationId, id }, 'withdrawn')) === 0)
      throw fail('membership-link-unknown');
    const subject = `organisation:${organisationId}`;
    await recordActivity(t, { actor, action: 'identity.invitation-withdrawn', subject });
  });
}

async function lockByAdmin(t: Kernel, organisationId: string, actor: string) {
  const organisation = await lockOrganisation(t.db, organisationId);
  const members = organisation ? await selectMembers(t.db, [organisationId]) : [];
  const self = members.find(({ userId }) => userId === actor);
  if (!organisation || !self) throw fail('organisation-unknown');
  if (!roleAllows(self.role, 'admin')) throw fail('role-required');
  return organisation;
}
