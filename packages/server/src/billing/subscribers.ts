import type { Subscriber } from '../kernel/index.ts';
import { mailInvoice } from './mail-invoice.ts';
import { takePayment } from './take-payment.ts';

/** Events this module follows. */
export const billingSubscribers: readonly Subscriber[] = [
  {
    name: 'billing.take-payment',
    on: 'bank.entry-recorded',
    handle: (t, { entryId }) => takePayment(t, String(entryId)),
  },
  {
    name: 'billing.mail-invoice',
    on: 'billing.invoice-issued',
    handle: (t, { invoiceId }) => mailInvoice(t, String(invoiceId)),
  },
];
