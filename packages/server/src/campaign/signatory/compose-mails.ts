import { type Kernel, type Locale, requireInstance } from '../../kernel/index.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';
import { queueCampaignMail } from '../faces/queue-campaign-mail.ts';
import { aboutSignatory } from './about-mail.ts';
import { mailText } from './mail-messages.ts';
import { manageToken } from './manage-token.ts';

type Recipient = { readonly id: string; readonly email: string };

/** The mail with the link that makes a signature count. It names nobody: a stranger may have typed the address. */
export async function queueConfirmationMail(
  t: Kernel,
  to: Recipient,
  locale: Locale,
  token: string,
): Promise<void> {
  const text = mailText(locale).confirm;
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: aboutSignatory(to.id),
    locale,
    subject: text.subject,
    paragraphs: text.paragraphs,
    action: { label: text.action, url: `${await campaignBase(t)}/c/${token}` },
    footer: await footer(t, to, locale),
  });
}

/** The answer to signing again with a mailbox that counts already. */
export function queueAlreadySignedMail(t: Kernel, to: Recipient, locale: Locale): Promise<void> {
  return queueOwnPageMail(t, to, locale, 'already');
}

/** The end of waiting for a signature that was held. */
export function queueCountsNowMail(t: Kernel, to: Recipient, locale: Locale): Promise<void> {
  return queueOwnPageMail(t, to, locale, 'countsNow');
}

async function queueOwnPageMail(
  t: Kernel,
  to: Recipient,
  locale: Locale,
  kind: 'already' | 'countsNow',
): Promise<void> {
  // Of some who were signed for no mailbox is known.
  if (to.email === '') return;
  const text = mailText(locale)[kind];
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: aboutSignatory(to.id),
    locale,
    subject: text.subject,
    paragraphs: text.paragraphs,
    action: { label: text.action, url: await manageUrl(t, to.id) },
    footer: await footer(t, to, locale),
  });
}

/** The address where a person sees, changes, withdraws and erases a signature. */
export async function manageUrl(k: Kernel, signatoryId: string): Promise<string> {
  return `${await campaignBase(k)}/s/${await manageToken(k, signatoryId)}`;
}

async function footer(t: Kernel, to: Recipient, locale: Locale): Promise<string[]> {
  const text = mailText(locale);
  const { name, operator } = await campaignVoice(t, await requireInstance(t));
  return [
    text.manage(await manageUrl(t, to.id)),
    text.sender(name, operator, `${await campaignBase(t)}/imprint`),
  ];
}
