import type { Kernel } from '../kernel/index.ts';
import type { BillingLine, CreditNote, Invoice, Payment } from './model.ts';
import { failBilling } from './problems.ts';
import {
  creditsOf,
  type InvoiceFilter,
  selectCredit,
  selectDocument,
  selectInvoice,
  selectInvoices,
} from './store-invoices.ts';
import { selectLinesOfCredit, selectLinesOfInvoice } from './store-lines.ts';
import { paymentsOf } from './store-payments.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An invoice; with `licenseeId` only if it was sent to that company. Throws `invoice-unknown`. */
export async function readInvoice(
  k: Kernel,
  { invoiceId, licenseeId }: { readonly invoiceId: string; readonly licenseeId?: string | undefined },
): Promise<Invoice> {
  const found = UUID.test(invoiceId) ? await selectInvoice(k.db, invoiceId) : undefined;
  if (!found || (licenseeId !== undefined && found.licenseeId !== licenseeId))
    throw failBilling('invoice-unknown');
  return found;
}

/** The newest first, 100 at most unless `limit` says less or more. */
export function listInvoices(
  k: Kernel,
  filter: Omit<InvoiceFilter, 'limit'> & { readonly limit?: number } = {},
): Promise<Invoice[]> {
  return selectInvoices(k.db, { limit: 100, ...filter });
}

/** The lines of an invoice in their order, without those of its credit notes. */
export function linesOfInvoice(k: Kernel, invoiceId: string): Promise<BillingLine[]> {
  return selectLinesOfInvoice(k.db, invoiceId);
}

/** The lines of a credit note in their order: units and amounts are below zero. */
export function linesOfCredit(k: Kernel, creditNoteId: string): Promise<BillingLine[]> {
  return selectLinesOfCredit(k.db, creditNoteId);
}

/** A credit note. Throws `invoice-unknown`. */
export async function readCredit(k: Kernel, creditNoteId: string): Promise<CreditNote> {
  const found = UUID.test(creditNoteId) ? await selectCredit(k.db, creditNoteId) : undefined;
  if (!found) throw failBilling('invoice-unknown');
  return found;
}

/** What came in for an invoice and what was credited of it, each oldest first. */
export async function settlementOf(
  k: Kernel,
  invoiceId: string,
): Promise<{ readonly payments: readonly Payment[]; readonly credits: readonly CreditNote[] }> {
  return { payments: await paymentsOf(k.db, invoiceId), credits: await creditsOf(k.db, invoiceId) };
}

/** The signed document of an invoice or a credit note: a JWS of type `clearway-invoice-1`. Throws `invoice-unknown`. */
export async function invoiceDocumentOf(k: Kernel, id: string): Promise<string> {
  const document = UUID.test(id) ? await selectDocument(k.db, id) : undefined;
  if (document === undefined) throw failBilling('invoice-unknown');
  return document;
}
