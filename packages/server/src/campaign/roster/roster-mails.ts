import { type Kernel, type Locale, requireInstance } from '../../kernel/index.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';
import { queueCampaignMail } from '../faces/queue-campaign-mail.ts';
import { aboutMailbox, aboutSignatory } from '../signatory/about-mail.ts';
import { mailText } from '../signatory/mail-messages.ts';
import { invitationToken } from '../signatory/manage-token.ts';
import type { SignatoryRow } from '../store.ts';
import type { RosterOutcome } from './roster-decision.ts';
import { ROSTER_MAILS } from './roster-mail-messages.ts';
import type { RosterRow } from './store-rosters.ts';

/**
 * Tells somebody that she was signed for, or brought from elsewhere, and where she ends or takes over the signature. A
 * mailbox that several share gets one mail with a link for each name.
 */
export async function queueSignedThroughMail(
  t: Kernel,
  to: Pick<SignatoryRow, 'email' | 'locale' | 'basis' | 'source' | 'through_name' | 'mailbox_key'>,
  entries: readonly { id: string; name: string; url: string }[],
): Promise<void> {
  const text = ROSTER_MAILS[to.locale];
  const imported = to.basis === 'import';
  const words = imported ? text.imported : text.signedThrough;
  const about = imported ? (to.source ?? '') : (to.through_name ?? '');
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    // The signatures can go with their list; then the mailbox is what is left to find it by.
    about: [...entries.map(({ id }) => aboutSignatory(id)), await aboutMailbox(t, to.mailbox_key)],
    locale: to.locale,
    subject: words.subject(about),
    paragraphs: [
      ...words.paragraphs(about),
      ...(entries.length > 1 ? [text.several, ...entries.map(({ name, url }) => `${name}: ${url}`)] : []),
    ],
    action: { label: words.action, url: entries[0]!.url },
    footer: await footer(t, to.locale),
  });
}

/** Asks somebody on a list to sign herself. It names who lists her, and nothing of what the list says. */
export async function queueInvitationMail(
  t: Kernel,
  roster: Pick<RosterRow, 'through_name' | 'locale'>,
  to: { id: string; email: string; mailboxKey: string },
): Promise<void> {
  const text = ROSTER_MAILS[roster.locale].invitation;
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: await aboutMailbox(t, to.mailboxKey),
    locale: roster.locale,
    subject: text.subject(roster.through_name),
    paragraphs: text.paragraphs(roster.through_name),
    action: { label: text.action, url: `${await campaignBase(t)}/i/${await invitationToken(t, to.id)}` },
    footer: await footer(t, roster.locale),
  });
}

/** Tells somebody that a signature given for her has ended, through no act of hers. */
export async function queueEndedMail(
  t: Kernel,
  to: { email: string; mailboxKey: string; locale: Locale; through: string },
): Promise<void> {
  const text = ROSTER_MAILS[to.locale].ended;
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: await aboutMailbox(t, to.mailboxKey),
    locale: to.locale,
    subject: text.subject,
    paragraphs: text.paragraphs(to.through),
    action: { label: text.action, url: `${await campaignBase(t)}/sign` },
    footer: await footer(t, to.locale),
  });
}

/** Tells whoever brought a list what was decided, and why. */
export async function queueRosterDecision(
  t: Kernel,
  roster: RosterRow,
  about: { to: string; locale: Locale; outcome: RosterOutcome; answer: string },
): Promise<void> {
  const text = ROSTER_MAILS[about.locale].decision;
  await queueCampaignMail(t, {
    to: about.to,
    category: 'transactional',
    locale: about.locale,
    subject: text.subject,
    paragraphs: [text.outcome[about.outcome], text.reason(about.answer), text.disagree],
    action: { label: text.action, url: `${t.site.baseUrl}/rosters/${roster.id}` },
    footer: [...(await footer(t, about.locale)), (await requireInstance(t)).operator.complaintsContact],
  });
}

async function footer(t: Kernel, locale: Locale): Promise<string[]> {
  const { name, operator } = await campaignVoice(t, await requireInstance(t));
  return [mailText(locale).sender(name, operator, `${await campaignBase(t)}/imprint`)];
}
