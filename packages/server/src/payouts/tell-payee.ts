import { findUser } from '../identity/index.ts';
import { formatMoney, type Kernel, queueMail } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { payoutsText } from './messages.ts';
import type { Item } from './model.ts';

/** A payment that came back needs the payee: her account may be wrong. */
export async function tellReturned(t: Kernel, item: Item): Promise<void> {
  const party = (await findParties(t, [item.partyId])).get(item.partyId);
  if (!party?.email) return;
  const user = party.userId === null ? undefined : await findUser(t, party.userId);
  const locale = user?.locale ?? 'en';
  const mail = payoutsText(locale).mail;
  await queueMail(t, {
    to: party.email,
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
