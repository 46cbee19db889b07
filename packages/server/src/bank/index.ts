import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { ASSIGNMENTS, assignEntry } from './assign-entry.ts';
export { bankAccount, saveBankAccount } from './bank-account.ts';
export { bankChecks } from './check-bank.ts';
export { type Imported, importBankStatement } from './import-statement.ts';
export { markMatched } from './mark-matched.ts';
export type { BankEntry, EntrySource, HandPayment, Statement, StatementEntry } from './model.ts';
export { confirmPayment, listPayments, proposePayment, withdrawPayment } from './payments-by-hand.ts';
export { bankProblems } from './problems.ts';
export { MAX_STATEMENT_BYTES, readCamt053 } from './read-camt053.ts';
export { listEntries, readEntry } from './read-entry.ts';
export { renderCamt053, type WrittenEntry, type WrittenStatement } from './render-camt053.ts';
export {
  type AccountHolder,
  type BankAddress,
  type CreditTransfer,
  type PaymentFile,
  renderPain001,
} from './render-pain001.ts';
export { toSepaText } from './sepa-text.ts';

/** The tables of the bank. */
export const bankMigrations: Migrations = migrationsOf('bank', import.meta.url);
