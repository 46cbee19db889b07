import { type Kernel, type Locale, requireInstance } from '../../kernel/index.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';
import { queueCampaignMail } from '../faces/queue-campaign-mail.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { manageUrl } from '../signatory/compose-mails.ts';
import type { SignatoryRow } from '../store.ts';
import { REVIEW_MAILS } from './review-mail-messages.ts';
import type { Outcome, ReviewKind } from './store-reviews.ts';

/** Tells a signatory what was decided, and why. */
export async function queueDecisionMail(
  t: Kernel,
  to: SignatoryRow,
  decided: { kind: ReviewKind; outcome: Exclude<Outcome, 'gone'>; answer: string },
): Promise<void> {
  // Of some who were signed for no mailbox is known.
  if (to.email === '') return;
  const text = REVIEW_MAILS[to.locale];
  await queueCampaignMail(t, {
    to: to.email,
    category: 'transactional',
    about: aboutSignatory(to.id),
    locale: to.locale,
    subject: text.subject[decided.kind],
    paragraphs: [text.outcome[decided.outcome], text.reason(decided.answer), text.disagree],
    action: { label: text.action, url: await manageUrl(t, to.id) },
    footer: await reviewFooter(t, to.locale),
  });
}

/** Answers somebody who reported an entry. */
export async function queueReportAnswer(
  t: Kernel,
  about: { to: string; locale: Locale; outcome: Outcome; answer: string },
): Promise<void> {
  const text = REVIEW_MAILS[about.locale];
  await queueCampaignMail(t, {
    to: about.to,
    category: 'transactional',
    locale: about.locale,
    subject: text.reportSubject,
    paragraphs:
      about.outcome === 'gone'
        ? [text.reportGone]
        : [
            about.outcome === 'removed' ? text.reportRemoved : text.reportKept,
            text.reason(about.answer),
            text.disagree,
          ],
    footer: await reviewFooter(t, about.locale),
  });
}

/** Who writes, and where to complain. */
export async function reviewFooter(t: Kernel, locale: Locale): Promise<string[]> {
  const instance = await requireInstance(t);
  const { name, operator } = await campaignVoice(t, instance);
  return [
    REVIEW_MAILS[locale].sender(name, operator, `${await campaignBase(t)}/imprint`),
    instance.operator.complaintsContact,
  ];
}
