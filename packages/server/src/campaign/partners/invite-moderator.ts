import { z } from 'zod';
import { ensureUser, findUser, findUserByEmail, recordActivity, type User } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  failCommon,
  formatDate,
  inTx,
  type Kernel,
  type Limit,
  type Locale,
  queueMail,
  requireInstance,
} from '../../kernel/index.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { partnerText } from './partner-messages.ts';
import { fail } from './problems.ts';
import { lockActive } from './save-partner.ts';
import {
  closeInvitations,
  deleteModerator,
  type InvitationRow,
  insertInvitation,
  insertModerator,
  selectInvitation,
  selectInvitations,
  selectModerators,
} from './store-moderators.ts';
import { lockPartner } from './store-partners.ts';

const LIFE_MS = 7 * 86_400_000;
const ALL: Limit = { name: 'campaign-invite-moderator', per: 50, windowMs: 86_400_000, burst: 20 };

export const invitationSchema = z.object({ name: cleanLine(200), email: z.string().max(1_000) });

const hashOf = (k: Kernel, token: string) => k.keys.hmac('moderator-invitation', token);

/**
 * Invites a person by mail to moderate the campaign, or what comes through one partner. Throws `invalid-input`,
 * `signature-address-invalid`, `partner-unknown`, `partner-left`, `too-many-requests`.
 */
export async function inviteModerator(
  k: Kernel,
  about: { name: string; email: string; partnerId: string | null; by: string; locale: Locale },
): Promise<void> {
  const { partnerId, by, locale } = about;
  const { name, email } = checkFields(invitationSchema, { name: about.name, email: about.email });
  const { address } = readMailbox(email);
  await inTx(k, async (t) => {
    const partner = partnerId === null ? undefined : await lockActive(t, partnerId);
    const wait = t.limits.take(ALL, 'all');
    if (wait > 0)
      throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
    await closeInvitations(t.db, { email: address, partnerId }, 'replaced');
    const [id, token, at] = [t.ids.id(), t.ids.secret(), t.clock.now()];
    const expiresAt = new Date(at.getTime() + LIFE_MS);
    const tokenHash = await hashOf(t, token);
    await insertInvitation(t.db, { id, tokenHash, partnerId, email: address, name, by, at, expiresAt });
    const instance = await requireInstance(t);
    const text = partnerText(locale).invitation;
    const where = partner ? text.partner(partner.name) : text.campaign;
    await queueMail(t, {
      to: address,
      category: 'notice',
      locale,
      subject: text.subject(instance.name),
      paragraphs: [
        text.what((await findUser(t, by))?.name ?? instance.operator.name, where),
        text.until(formatDate(locale, expiresAt)),
      ],
      action: { label: text.open, url: `${t.site.baseUrl}/moderators/${token}` },
      footer: [text.notYou],
    });
    const subject = `moderator-invitation:${id}`;
    await recordActivity(t, { actor: by, action: 'campaign.moderator-invited', subject });
  });
}

/** An invitation as its link shows it. */
export type OpenInvitation = InvitationRow & {
  readonly email: string;
  readonly partner: string | undefined;
  readonly account: User | undefined;
};

/** The invitation behind a link; opening it decides nothing. Throws `moderator-link-unknown`, `partner-left`. */
export async function readModeratorInvitation(k: Kernel, token: string): Promise<OpenInvitation> {
  const row = /^[\w-]{43}$/.test(token) ? await selectInvitation(k.db, await hashOf(k, token)) : undefined;
  if (row?.state !== 'open' || row.email === null || row.expiresAt <= k.clock.now())
    throw fail('moderator-link-unknown');
  const partner = row.partnerId === null ? undefined : await lockPartner(k.db, row.partnerId);
  if (partner?.leftAt) throw fail('partner-left');
  const account = await findUserByEmail(k, row.email);
  return { ...row, email: row.email, partner: partner?.name, account };
}

/**
 * Becomes moderator. The link proves the mailbox and makes an account where there is none; who has one signs in first.
 * Answers the user and where to go. Throws as `readModeratorInvitation`, `sign-in-required`, `moderator-link-other-account`.
 */
export async function acceptModeratorInvitation(
  k: Kernel,
  about: { token: string; locale: Locale; signedIn: string | undefined },
): Promise<{ userId: string; isNew: boolean }> {
  return inTx(k, async (t) => {
    const { id, email, name, account, partnerId } = await readModeratorInvitation(t, about.token);
    if (account ? about.signedIn !== account.id : about.signedIn !== undefined)
      throw fail('moderator-link-other-account');
    const user = account ?? (await ensureUser(t, { email, name, locale: about.locale }));
    await closeInvitations(t.db, { id }, 'used');
    await insertModerator(t.db, { userId: user.id, partnerId, at: t.clock.now() });
    const subject = `user:${user.id}`;
    const detail = { partner: partnerId };
    await recordActivity(t, { actor: user.id, action: 'campaign.moderator-joined', subject, detail });
    return { userId: user.id, isNew: account === undefined };
  });
}

/** Takes an invitation back. */
export async function withdrawModeratorInvitation(
  k: Kernel,
  { id, by }: { id: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    if (!z.uuid().safeParse(id).success || (await closeInvitations(t.db, { id }, 'withdrawn')) === 0)
      throw fail('moderator-link-unknown');
    const subject = `moderator-invitation:${id}`;
    await recordActivity(t, { actor: by, action: 'campaign.moderator-invitation-withdrawn', subject });
  });
}

/** Ends that somebody moderates; the account stays. */
export async function removeModerator(
  k: Kernel,
  { userId, partnerId, by }: { userId: string; partnerId: string | null; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    if (!z.uuid().safeParse(userId).success || !(await deleteModerator(t.db, userId, partnerId))) return;
    const detail = { partner: partnerId };
    const subject = `user:${userId}`;
    await recordActivity(t, { actor: by, action: 'campaign.moderator-removed', subject, detail });
  });
}

/** Who moderates the campaign, or one partner's signatures, and who is invited to. */
export async function listModerators(k: Kernel, partnerId: string | null) {
  const rows = await selectModerators(k.db, partnerId);
  const moderators = await Promise.all(
    rows.map(async ({ userId, addedAt }) => ({ userId, addedAt, user: await findUser(k, userId) })),
  );
  return { moderators, invited: await selectInvitations(k.db, partnerId) };
}
