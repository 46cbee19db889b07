import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { billingChecks } from './billing-checks.ts';
export { type Closing, closePeriod } from './close-period.ts';
export { type CreditInput, type CreditLine, creditInvoice } from './credit-invoice.ts';
export { lineUsage, readLine } from './line-usage.ts';
export type {
  BillingLine,
  CreditNote,
  Invoice,
  InvoiceState,
  LineKind,
  Payment,
  Period,
  UsageRef,
} from './model.ts';
export { dropPeriod, listPeriods, openPeriod, periodSchema, readPeriod } from './open-period.ts';
export { payInvoice } from './pay-invoice.ts';
export type { ChecklistItem, ChecklistPart, ItemState } from './period-checklist.ts';
export { billingProblems } from './problems.ts';
export {
  invoiceDocumentOf,
  linesOfCredit,
  linesOfInvoice,
  listInvoices,
  readCredit,
  readInvoice,
  settlementOf,
} from './read-invoice.ts';
export { billingSubscribers } from './subscribers.ts';
export { takePayment } from './take-payment.ts';

/** The tables of billing. */
export const billingMigrations: Migrations = migrationsOf('billing', import.meta.url);
