import { requireUser } from '../identity/index.ts';
import { type HttpContext, Problem } from '../kernel/index.ts';
import { organisationsOf, requireParty } from '../parties/index.ts';
import type { Invoice } from './model.ts';
import { readInvoice } from './read-invoice.ts';

/** An invoice as somebody may see it. */
export type Seen = { readonly invoice: Invoice; readonly operator: boolean };

/**
 * The invoice for the operator, for the company the session acts for, or for any other the person belongs to: addresses of
 * invoices are passed on, also to people who have chosen nothing yet. Throws `sign-in-required`, `invoice-unknown`.
 */
export async function invoiceFor(c: HttpContext, invoiceId: string): Promise<Seen> {
  const k = c.get('k');
  const user = await requireUser(c);
  if (user.operator) return { invoice: await readInvoice(k, { invoiceId }), operator: true };
  const party = await requireParty(c);
  try {
    return { invoice: await readInvoice(k, { invoiceId, licenseeId: party.id }), operator: false };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    const mine = (await organisationsOf(k, user.id)).map(({ partyId }) => partyId);
    const invoice = await readInvoice(k, { invoiceId });
    if (!mine.includes(invoice.licenseeId)) throw error;
    return { invoice, operator: false };
  }
}
