import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { payFromPrepaid } from './issue-invoices.ts';
import type { Invoice } from './model.ts';
import { failBilling } from './problems.ts';
import { readInvoice } from './read-invoice.ts';
import { settleIfPaid } from './settle-invoice.ts';
import { lockInvoice } from './store-invoices.ts';

/**
 * Pays what is open of an invoice from the prepaid balance, as far as no promise holds it.
 * @param input `licenseeId` only lets that company do it; `actor` is a user id
 * @throws `invoice-unknown`, `nothing-to-pay`
 */
export async function payInvoice(
  k: Kernel,
  input: { readonly invoiceId: string; readonly licenseeId?: string | undefined; readonly actor: string },
): Promise<Invoice> {
  return inTx(k, async (t) => {
    const { id } = await readInvoice(t, input);
    const invoice = (await lockInvoice(t.db, id))!;
    if ((await payFromPrepaid(t, { ...invoice, totalMicro: invoice.openMicro })) === 0n)
      throw failBilling('nothing-to-pay');
    await recordActivity(t, {
      actor: input.actor,
      action: 'billing.invoice-paid-from-prepaid',
      subject: `invoice:${id}`,
    });
    await settleIfPaid(t, id);
    return readInvoice(t, input);
  });
}
