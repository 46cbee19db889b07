import { formatDate, type Kernel } from '../../kernel/index.ts';
import { deskText } from '../desk-messages.ts';
import { queueCampaignMail } from '../faces/queue-campaign-mail.ts';
import type { Check } from '../model.ts';
import { reviewFooter } from '../reviews/review-mails.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { manageUrl } from '../signatory/compose-mails.ts';
import type { SignatoryRow } from '../store.ts';
import { checkText } from './check-messages.ts';

/** Tells a signatory that a check was taken back, and why. */
export async function queueCheckEndedMail(
  t: Kernel,
  to: SignatoryRow,
  about: { check: Check; by: 'moderator' | 'voucher'; reason: string },
): Promise<void> {
  // Of some who were signed for no mailbox is known.
  if (to.email === '') return;
  const text = checkText(to.locale).mail;
  const { method, detail, checkedAt } = about.check;
  const words = deskText(to.locale).entry.method[method](detail, formatDate(to.locale, checkedAt));
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: aboutSignatory(to.id),
    locale: to.locale,
    subject: text.subject,
    paragraphs: [`${text[about.by]} ${words}`, text.reason(about.reason), text.stays, text.disagree],
    action: { label: text.action, url: await manageUrl(t, to.id) },
    footer: await reviewFooter(t, to.locale),
  });
}
