export { bankAccount, saveBankAccount } from './bank-account.ts';
export {
  type AccountHolder,
  type BankAddress,
  type CreditTransfer,
  type PaymentFile,
  renderPain001,
} from './render-pain001.ts';
export { toSepaText } from './sepa-text.ts';
