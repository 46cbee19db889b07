import { formatMoney, type Kernel, queueMail } from '../kernel/index.ts';
import { contactOfParty } from '../parties/index.ts';
import { payoutsText } from './messages.ts';
import type { Item } from './model.ts';

/** A payment that came back needs the payee: her account may be wrong. */
export async function tellReturned(t: Kernel, item: Item): Promise<void> {
  const contact = await contactOfParty(t, item.partyId);
  if (!contact) return;
  const { email, locale } = contact;
  const mail = payoutsText(locale).mail;
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    subject: mail.subject,
    paragraphs: [
      mail.what(formatMoney(locale, item.amountMicro, item.currency), item.ibanEnd),
      mail.reason(item.returnReason ?? mail.noReason),
      mail.kept,
    ],
    action: { label: mail.look, url: `${t.site.baseUrl}/payout-profile` },
  });
}
