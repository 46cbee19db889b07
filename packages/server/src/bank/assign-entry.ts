import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { type AccountKind, postJournal } from '../ledger/index.ts';
import { findOrganisations, findParties, type Party } from '../parties/index.ts';
import { markMatched } from './mark-matched.ts';
import type { BankEntry } from './model.ts';
import { failBank } from './problems.ts';
import { readEntry } from './read-entry.ts';
import { insertAssignment, lockEntry } from './store.ts';
import { lockPayment, markShown } from './store-payments.ts';

/** What an operator can say an entry was for. `own`: the operator's own money, such as what the bank charges. */
export const ASSIGNMENTS = ['invoice', 'prepaid', 'own', 'word'] as const;

/**
 * Says what the open part of an entry was for, where the payer did not: the number of an `invoice` (whoever keeps invoices
 * is told again and books it), the id or name of a company that pays in advance (`prepaid`), the operator's `own` money, or the
 * id of a payment an operator had given their `word` on, which this entry now shows.
 *
 * Throws `bank-entry-unknown`, `bank-entry-matched`, `bank-entry-not-for-this`, `bank-target-unknown`.
 */
export async function assignEntry(
  k: Kernel,
  input: { entryId: string; kind: (typeof ASSIGNMENTS)[number]; target: string; actor: string },
): Promise<BankEntry> {
  const { entryId, kind, target, actor } = input;
  return inTx(k, async (t) => {
    await readEntry(t, entryId);
    await lockEntry(t.db, entryId);
    const entry = await readEntry(t, entryId);
    if (entry.state === 'matched') throw failBank('bank-entry-matched', { detail: entry.matchedTo ?? '' });
    if (kind !== 'own' && entry.amountMicro < 0n) throw failBank('bank-entry-not-for-this');
    if (kind === 'invoice') {
      await insertAssignment(t.db, { entryId, reference: target, at: t.clock.now(), actor });
      await emit(t, 'bank.entry-recorded', { entryId });
    } else if (kind === 'prepaid') {
      const { id } = await requireCompany(t, target);
      await bookPrepaid(t, { entryId, partyId: id, amountMicro: entry.openMicro, actor });
    } else if (kind === 'own') {
      await book(t, entry, { kind: 'fee', owner: '', to: 'own', actor });
    } else {
      await showWord(t, entry, { paymentId: target, actor });
    }
    const subject = `bank-entry:${entryId}`;
    await recordActivity(t, { actor, action: 'bank.entry-assigned', subject, detail: { kind } });
    return readEntry(t, entryId);
  });
}

/** A company by its id, or by its name where only one has it. Throws `bank-target-unknown`. */
export async function requireCompany(k: Kernel, idOrName: string): Promise<Party> {
  const byId = /^[0-9a-f-]{36}$/.test(idOrName)
    ? (await findParties(k, [idOrName])).get(idOrName)
    : undefined;
  const [found, another] = byId ? [byId] : await findOrganisations(k, idOrName);
  if (found?.kind !== 'organisation' || found.erased || another) throw failBank('bank-target-unknown');
  return found;
}

/** Books an entry, or a part of it, as paid in advance by a company. */
export async function bookPrepaid(
  t: Kernel,
  input: { entryId: string; partyId: string; amountMicro: bigint; actor: string },
): Promise<void> {
  const { entryId, partyId, amountMicro, actor } = input;
  const entry = await readEntry(t, entryId);
  await book(
    t,
    { ...entry, openMicro: amountMicro },
    { kind: 'prepaid', owner: partyId, to: `prepaid:${partyId}`, actor },
  );
}

/** Notes that an entry of a statement shows what operators had given their word on. Throws as `assignEntry`. */
export async function showWord(
  t: Kernel,
  entry: BankEntry,
  { paymentId, actor }: { paymentId: string; actor: string },
): Promise<void> {
  const payment = /^[0-9a-f-]{36}$/.test(paymentId) ? await lockPayment(t.db, paymentId) : undefined;
  if (payment?.state !== 'confirmed' || payment.shownBy !== null) throw failBank('bank-target-unknown');
  const same = payment.amountMicro === entry.openMicro && payment.currency === entry.currency;
  if (!same || entry.source !== 'statement') throw failBank('bank-entry-not-for-this');
  await markShown(t.db, paymentId, entry.id);
  await book(t, entry, { kind: 'word', owner: '', to: `word:${paymentId}`, actor });
}

/** Moves the open part of an entry from `unidentified` to where it belongs. */
async function book(
  t: Kernel,
  entry: BankEntry,
  target: { kind: AccountKind; owner: string; to: string; actor: string },
): Promise<void> {
  const { id, currency, openMicro } = entry;
  const { kind, owner, to, actor } = target;
  await postJournal(t, {
    kind: 'bank-entry-assigned',
    reference: `${id} ${to}`,
    cause: `bank-entry:${id}`,
    actor,
    lines: [
      { kind: 'unidentified', owner: id, currency, amountMicro: -openMicro },
      { kind, owner, currency, amountMicro: openMicro },
    ],
  });
  await markMatched(t, { entryId: id, to, amountMicro: openMicro, actor });
}
