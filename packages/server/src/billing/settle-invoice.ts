import { emit, type Kernel } from '../kernel/index.ts';
import { creditsOf, insertSettlement, selectInvoice } from './store-invoices.ts';

/**
 * When nothing of an invoice is open any more, its money can be given out: says so, once. Credit notes issued before are
 * told then too, since what they take back was not given out yet.
 */
export async function settleIfPaid(t: Kernel, invoiceId: string): Promise<void> {
  const invoice = (await selectInvoice(t.db, invoiceId))!;
  if (invoice.openMicro !== 0n || !(await insertSettlement(t.db, invoiceId, t.clock.now()))) return;
  await emit(t, 'billing.invoice-paid', { invoiceId });
  for (const { id: creditNoteId } of await creditsOf(t.db, invoiceId))
    await emit(t, 'billing.credit-issued', { invoiceId, creditNoteId });
}
