import { createHash } from 'node:crypto';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { bankAccount } from './bank-account.ts';
import { contentOf, hashOf } from './entry-content.ts';
import type { Statement } from './model.ts';
import { failBank } from './problems.ts';
import { MAX_STATEMENT_BYTES, readCamt053 } from './read-camt053.ts';
import { recordEntries } from './record-entries.ts';
import { showWords } from './show-words.ts';
import { insertFile, insertStatement, knownContents, lockAccount, moveAccount } from './store.ts';

/** What an import did. */
export type Imported = {
  readonly sha256: string;
  /** The same bytes were imported before: nothing was done. */
  readonly again: boolean;
  /** Ids of the entries that were not known before. */
  readonly newEntries: readonly string[];
  /** Entries of the file that were known. */
  readonly knownEntries: number;
};

/**
 * Imports a file of bank statements, whole or not at all. Each must continue the chain of the account: its closing balance
 * is the last one plus its entries that are not known yet. The same bytes again change nothing. For every new entry
 * there is one journal and one event `bank.entry-recorded`. `actor` is the operator's user id.
 *
 * Problems: those of `readCamt053`, and `bank-account-missing`, `bank-statement-other-account`,
 * `bank-statement-other-currency`, `bank-statement-duplicate-entry`, `bank-statement-gap`.
 */
export async function importBankStatement(
  k: Kernel,
  input: { bytes: Uint8Array; actor: string },
): Promise<Imported> {
  const { bytes, actor } = input;
  const account = await bankAccount(k);
  if (!account) throw failBank('bank-account-missing');
  const { currency } = await requireInstance(k);
  const statements = readCamt053(bytes);
  for (const one of statements) {
    if (one.iban !== account.iban) throw failBank('bank-statement-other-account', { detail: one.iban });
    if (one.currency !== currency) throw failBank('bank-statement-other-currency', { detail: one.currency });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return inTx(k, async (t) => {
    const [first] = statements;
    // Held before anything is looked at, so that of two imports at once the second sees what the first did.
    await lockAccount(t.db, { iban: account.iban, currency }, first!);
    const file = { id: t.ids.id(), sha256, bytes: bytes.length, at: t.clock.now(), by: actor };
    if (!(await insertFile(t.db, file))) return { sha256, again: true, newEntries: [], knownEntries: 0 };
    await t.blobs.put(once(bytes), MAX_STATEMENT_BYTES);
    const newEntries: string[] = [];
    let knownEntries = 0;
    for (const statement of statements) {
      const done = await addStatement(t, statement, { fileId: file.id, actor });
      newEntries.push(...done.ids);
      knownEntries += done.known;
    }
    await showWords(t, newEntries, actor);
    const detail = { sha256, newEntries: newEntries.length };
    await recordActivity(t, { actor, action: 'bank.statement-imported', subject: `file:${file.id}`, detail });
    return { sha256, again: false, newEntries, knownEntries };
  });
}

async function addStatement(t: Kernel, statement: Statement, about: { fileId: string; actor: string }) {
  const { iban, currency, openingMicro, closingMicro, closedOn, entries } = statement;
  const account = await lockAccount(t.db, { iban, currency }, statement);
  const hashes = entries.map((entry) => hashOf(contentOf(entry)));
  const known = await knownContents(t.db, iban, hashes);
  const fresh = entries.filter((_, at) => !known.has(hashes[at]!));
  const last = account.closing_micro;
  const continues = fresh.reduce((balance, { amountMicro }) => balance - amountMicro, closingMicro);
  if (continues !== last) {
    // An older statement that comes once more.
    if (fresh.length === 0 && account.statements > 0 && closedOn <= account.closed_on && known.size > 0) {
      return { ids: [], known: known.size };
    }
    const code = openingMicro === last ? 'bank-statement-duplicate-entry' : 'bank-statement-gap';
    throw failBank(code, { detail: statement.id });
  }
  const id = t.ids.id();
  await insertStatement(t.db, {
    id,
    fileId: about.fileId,
    iban,
    currency,
    link: account.statements + 1,
    name: statement.id,
    sequence: statement.sequence,
    openingMicro,
    continuesMicro: last,
    closingMicro,
    closedOn,
  });
  await moveAccount(t.db, { iban, currency }, { closingMicro, closedOn });
  const recorded = { source: 'statement', statementId: id, iban, currency, actor: about.actor } as const;
  const ids = fresh.length === 0 ? [] : await recordEntries(t, fresh, recorded);
  return { ids, known: known.size };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
