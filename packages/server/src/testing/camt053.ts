import { type Imported, importBankStatement } from '../bank/import-statement.ts';
import { bankAccount, renderCamt053, saveBankAccount, type WrittenEntry } from '../bank/index.ts';
import { selectStatements } from '../bank/store.ts';
import { type Kernel, requireInstance } from '../kernel/index.ts';

/** The account of test instances. */
export const OUR_ACCOUNT = {
  name: 'Guild e. V.',
  iban: 'DE89370400440532013000',
  bic: '',
  address: {
    streetName: 'Hafenstr.',
    buildingNumber: '1',
    postCode: '20457',
    townName: 'Hamburg',
    country: 'DE',
  },
};

/** Names the account of the instance; `actor` is an operator's user id. */
export async function openAccount(k: Kernel, actor: string): Promise<void> {
  await saveBankAccount(k, { account: OUR_ACCOUNT, actor });
}

/** The next statement of the instance's account as the bank would send it, with these entries. */
export async function nextStatement(k: Kernel, entries: readonly WrittenEntry[]): Promise<Uint8Array> {
  const { currency } = await requireInstance(k);
  const { iban } = (await bankAccount(k)) ?? OUR_ACCOUNT;
  const [last] = await selectStatements(k.db, 1);
  const sequence = (last?.link ?? 0) + 1;
  const statement = {
    id: `S-${sequence}`,
    sequence,
    iban,
    currency,
    date: k.clock.now().toISOString().slice(0, 10),
    openingMicro: last?.closingMicro ?? 0n,
    entries,
  };
  const file = { messageId: `M-${sequence}`, createdAt: k.clock.now(), statements: [statement] };
  return new TextEncoder().encode(renderCamt053(file));
}

/** Imports the next statement with these entries. */
export async function bankSays(
  k: Kernel,
  actor: string,
  entries: readonly WrittenEntry[],
): Promise<Imported> {
  return importBankStatement(k, { bytes: await nextStatement(k, entries), actor });
}
