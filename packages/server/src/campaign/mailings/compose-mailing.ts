import { inTx, type Kernel, type Locale, requireInstance } from '../../kernel/index.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';
import { queueCampaignMail } from '../faces/queue-campaign-mail.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { manageUrl } from '../signatory/compose-mails.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { findMailing } from './edit-mailing.ts';
import { batchOf, localesOf, type Mailing } from './mailing.ts';
import { mailingMailText } from './mailing-mail-messages.ts';
import { fail } from './mailing-problems.ts';
import type { Recipient } from './store-mailings.ts';

/** The mail of a mailing to one who agreed to mail. Answers its id. */
export async function queueMailingMail(t: Kernel, mailing: Mailing, to: Recipient): Promise<string> {
  const { locale } = to;
  const text = mailingMailText(locale);
  const url = await manageUrl(t, to.id);
  return queueCampaignMail(t, {
    to: to.email,
    category: 'news',
    about: aboutSignatory(to.id),
    batch: batchOf(mailing.id),
    ...wordsOf(mailing, locale),
    action: mailing.kind === 'agree-again' ? { label: text.agree, url } : undefined,
    footer: [text.why, text.manage(url), ...(await sender(t, locale))],
  });
}

/** Sends a mailing to one address of the operator's, in each of its languages. Throws `mailing-unknown`, `signature-address-invalid`. */
export async function testMailing(k: Kernel, { id, to }: { id: string; to: string }): Promise<void> {
  const mailing = await findMailing(k, id);
  const email = readMailbox(to).address;
  await inTx(k, async (t) => {
    const base = await campaignBase(t);
    for (const locale of localesOf(mailing)) {
      const text = mailingMailText(locale);
      const words = wordsOf(mailing, locale);
      await queueCampaignMail(t, {
        to: email,
        category: 'transactional',
        ...words,
        subject: text.test(words.subject),
        action: mailing.kind === 'agree-again' ? { label: text.agree, url: base } : undefined,
        footer: [text.why, text.manage(base), ...(await sender(t, locale)), text.testFooter],
      });
    }
  });
}

function wordsOf(mailing: Mailing, locale: Locale) {
  const words = mailing.texts[locale];
  if (!words) throw fail('mailing-text-missing');
  return { locale, subject: words.subject, paragraphs: words.body.split(/\n\s*\n/) };
}

async function sender(t: Kernel, locale: Locale): Promise<string[]> {
  const voice = await campaignVoice(t, await requireInstance(t));
  const imprint = `${await campaignBase(t)}/imprint`;
  return [mailingMailText(locale).sender(voice.name, voice.operator, imprint)];
}
