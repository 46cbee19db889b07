import { formatDate, formatMoney, type Kernel, queueMail } from '../kernel/index.ts';
import { contactOfParty } from '../parties/index.ts';
import { billingText } from './messages.ts';
import { readPeriod } from './open-period.ts';
import { readInvoice } from './read-invoice.ts';

/** Tells a company that an invoice is ready, in the language of whoever reads its mail. Nothing where no address is known. */
export async function mailInvoice(t: Kernel, invoiceId: string): Promise<void> {
  const invoice = await readInvoice(t, { invoiceId });
  const contact = await contactOfParty(t, invoice.licenseeId);
  if (!contact) return;
  const { email, name, locale } = contact;
  const text = billingText(locale).mail;
  const { number, currency, totalMicro, openMicro } = invoice;
  const { from, to, zone } = await readPeriod(t, invoice.periodId);
  // The end is not in the period: its last day is that of the moment before.
  const days = [from, new Date(to.getTime() - 1)].map((at) => formatDate(locale, at, zone));
  const range = [...new Set(days)].join(' – ');
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    subject: text.subject(number),
    paragraphs: [
      text.hello(name),
      text.issued(number, range, formatMoney(locale, totalMicro, currency)),
      openMicro === 0n ? text.settled : text.open(formatMoney(locale, openMicro, currency), number),
    ],
    action: { label: text.button, url: `${t.site.baseUrl}/invoices/${invoiceId}` },
  });
}
