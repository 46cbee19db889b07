import { type BankEntry, markMatched, readEntry } from '../bank/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { type Line, postJournal } from '../ledger/index.ts';
import { type Invoice, least, numbersIn } from './model.ts';
import { settleIfPaid } from './settle-invoice.ts';
import { invoicesNumbered, lockInvoice } from './store-invoices.ts';
import { insertPayment } from './store-payments.ts';

/**
 * Matches money that came in with the invoices its text names, in the order of their numbers: each is paid as far as the
 * money reaches, and what is over goes to the prepaid balance of the company. Without a number of an open currency it stays
 * unidentified, until somebody says what it was for. The same entry again does nothing.
 */
export async function takePayment(t: Kernel, entryId: string): Promise<void> {
  const entry = await readEntry(t, entryId);
  if (entry.state === 'matched' || entry.amountMicro < 0n) return;
  const invoices = await namedInvoices(t, entry);
  const last = invoices.at(-1);
  if (!last) return;
  let left = entry.openMicro;
  const paid: { readonly invoice: Invoice; readonly amountMicro: bigint }[] = [];
  for (const invoice of invoices) {
    const amountMicro = least(left, invoice.openMicro);
    if (amountMicro > 0n) paid.push({ invoice, amountMicro });
    left -= amountMicro;
  }
  await book(t, entry, { paid, over: left, overOwner: last.licenseeId });
  for (const { invoice, amountMicro } of paid) {
    await insertPayment(t.db, {
      id: t.ids.id(),
      invoiceId: invoice.id,
      source: entry.source === 'operator-word' ? 'operator-word' : 'bank',
      entryId: entry.id,
      amountMicro,
      paidAt: t.clock.now(),
    });
    await settleIfPaid(t, invoice.id);
  }
}

async function namedInvoices(t: Kernel, entry: BankEntry): Promise<Invoice[]> {
  const text = [entry.remittance, entry.endToEndId].filter((one) => one !== null).join(' | ');
  const found: Invoice[] = [];
  for (const id of await invoicesNumbered(t.db, numbersIn(text))) {
    const invoice = await lockInvoice(t.db, id);
    if (invoice?.currency === entry.currency) found.push(invoice);
  }
  return found;
}

type Matched = {
  readonly paid: readonly { readonly invoice: Invoice; readonly amountMicro: bigint }[];
  readonly over: bigint;
  readonly overOwner: string;
};

async function book(t: Kernel, entry: BankEntry, { paid, over, overOwner }: Matched): Promise<void> {
  const { id: entryId, currency, openMicro } = entry;
  const lines: Line[] = [
    { kind: 'unidentified', owner: entryId, currency, amountMicro: -openMicro },
    ...paid.map(
      ({ invoice, amountMicro }): Line => ({
        kind: 'receivable',
        owner: invoice.licenseeId,
        currency,
        amountMicro,
      }),
    ),
    ...(over > 0n ? [{ kind: 'prepaid' as const, owner: overOwner, currency, amountMicro: over }] : []),
  ];
  await postJournal(t, {
    kind: 'invoice-payment',
    reference: entryId,
    cause: `bank-entry:${entryId}`,
    lines,
  });
  for (const { invoice, amountMicro } of paid)
    await markMatched(t, { entryId, to: `invoice:${invoice.id}`, amountMicro });
  if (over > 0n) await markMatched(t, { entryId, to: `prepaid:${overOwner}`, amountMicro: over });
}
