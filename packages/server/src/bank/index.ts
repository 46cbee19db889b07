export { bankAccount, saveBankAccount } from './bank-account.ts';
export type { Statement, StatementEntry } from './model.ts';
export { bankProblems } from './problems.ts';
export { MAX_STATEMENT_BYTES, readCamt053 } from './read-camt053.ts';
export { renderCamt053, type WrittenEntry, type WrittenStatement } from './render-camt053.ts';
export {
  type AccountHolder,
  type BankAddress,
  type CreditTransfer,
  type PaymentFile,
  renderPain001,
} from './render-pain001.ts';
export { toSepaText } from './sepa-text.ts';
