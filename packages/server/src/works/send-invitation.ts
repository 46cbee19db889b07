import { sha256, toHex, utf8 } from '@clearway/protocol';
import { failCommon, inTx, type Kernel, type Locale, queueMail } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { mailText } from './mail-messages.ts';
import type { Claim, Work } from './model.ts';
import { fail } from './problems.ts';
import { requireWork } from './read-work.ts';
import { formatShare } from './shares.ts';
import { selectClaim } from './store.ts';
import { countInvitations, insertInvitation, selectUnanswered } from './store-invitations.ts';

export const INVITATION_DAYS = 30;
const DAY_MS = 86_400_000;

const BY_PARTY = { name: 'works.invite', per: 200, windowMs: DAY_MS, burst: 100 };
const MAILS_PER_CLAIM_AND_DAY = 3;

/** The form in which a link's secret is kept and looked up. */
export async function tokenHash(token: string): Promise<string> {
  return toHex(await sha256(utf8(token)));
}

/** Writes to the person a claim was entered for; the secret is in the mail only. */
export async function sendInvitation(
  t: Kernel,
  { work, claim, locale, reminder }: { work: Work; claim: Claim; locale: Locale; reminder: boolean },
): Promise<void> {
  if (claim.email === null) throw fail('claim-not-pending');
  const now = t.clock.now();
  const token = t.ids.secret();
  const expires = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  await insertInvitation(t.db, {
    id: t.ids.id(),
    claim_id: claim.id,
    token_sha256: await tokenHash(token),
    locale,
    sent_at: now,
    expires_at: expires,
  });
  const registrant = (await findParties(t, [work.registrantId])).get(work.registrantId);
  const text = mailText(locale).invitation;
  const about = {
    inviter: registrant?.name ?? '',
    title: work.title,
    share: `${formatShare(claim.sharePpm)} %`,
  };
  await queueMail(t, {
    to: claim.email,
    category: 'notice',
    locale,
    subject: reminder ? text.reminderSubject(about.title) : text.subject(about.inviter),
    paragraphs: [text.greeting(claim.name), text.what(about), text.meaning, text.days(INVITATION_DAYS)],
    action: { label: text.action, url: `${t.site.baseUrl}/invitations/${token}` },
    footer: [text.why(about.inviter)],
  });
}

/**
 * Sends the invitation again, by the registrant's wish; links sent before stay good.
 * Throws `not-the-registrant`, `claim-unknown`, `claim-not-pending`, `work-withdrawn`, `too-many-requests`.
 */
export async function inviteAgain(
  k: Kernel,
  { workId, claimId, partyId, locale }: { workId: string; claimId: string; partyId: string; locale: Locale },
): Promise<void> {
  await inTx(k, async (t) => {
    const work = await requireWork(t, workId);
    if (work.registrantId !== partyId) throw fail('not-the-registrant');
    if (work.state === 'withdrawn') throw fail('work-withdrawn');
    const claim = await claimOf(t, workId, claimId);
    if (claim.state !== 'pending') throw fail('claim-not-pending');
    const today = await countInvitations(t.db, claimId, new Date(t.clock.now().getTime() - DAY_MS));
    if (today >= MAILS_PER_CLAIM_AND_DAY)
      throw failCommon('too-many-requests', { headers: { 'Retry-After': '86400' } });
    countInvitation(t, partyId);
    await sendInvitation(t, { work, claim, locale, reminder: true });
  });
}

/** Counts one mail against the inviter's limit; throws `too-many-requests`. */
export function countInvitation(t: Kernel, partyId: string): void {
  const wait = t.limits.take(BY_PARTY, partyId);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1000)) } });
}

/** The claim of this work. Throws `claim-unknown`. */
export async function claimOf(t: Kernel, workId: string, claimId: string): Promise<Claim> {
  const claim = await selectClaim(t.db, claimId);
  if (claim?.workId !== workId || claim.state === 'withdrawn') throw fail('claim-unknown');
  return claim;
}

const REMIND_AFTER_DAYS = 7;
const MOST_MAILS = 3;

/** Reminds those who have not answered for a week, at most twice. Answers how many mails were queued. */
export async function remindUnanswered(k: Kernel): Promise<number> {
  const before = new Date(k.clock.now().getTime() - REMIND_AFTER_DAYS * DAY_MS);
  const due = await selectUnanswered(k.db, before, MOST_MAILS, 500);
  for (const { claimId, locale } of due) {
    await inTx(k, async (t) => {
      const claim = await selectClaim(t.db, claimId);
      if (claim?.state !== 'pending') return;
      const work = await requireWork(t, claim.workId);
      await sendInvitation(t, { work, claim, locale, reminder: true });
    });
  }
  return due.length;
}
