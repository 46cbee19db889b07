import { type BankEntry, markMatched, readEntry } from '../bank/index.ts';
import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { postJournal } from '../ledger/index.ts';
import type { Item } from './model.ts';
import { fail } from './problems.ts';
import { type HeldItem, lockItem, markPaid, markRejected, markReturned } from './store-items.ts';
import { tellReturned } from './tell-payee.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Takes in what a bank record says about an item: money that left makes it paid, the same amount coming back makes it
 * returned, also after paid, and payable again. Answers what it did; undefined when the entry says nothing new about
 * the item: another amount, or a second entry of the same kind, which stays open for a person.
 */
export async function settleItem(
  t: Kernel,
  item: HeldItem,
  entry: BankEntry,
): Promise<'paid' | 'returned' | undefined> {
  if (entry.source !== 'statement' || entry.openMicro !== entry.amountMicro) return undefined;
  if (entry.currency !== item.currency || item.orderedAt === null) return undefined;
  if (entry.amountMicro === -item.amountMicro && item.paidEntry === null) {
    // Rejected first, as a person said, and paid nevertheless: then it is no longer owed.
    const from = item.rejectedAt === null ? 'in-payout' : 'payable';
    await book(t, { kind: 'payout-paid', from, item, entry, amountMicro: item.amountMicro });
    await markPaid(t.db, item.id, entry.id, entry.bookedAt);
    await emit(t, 'payouts.item-paid', { itemId: item.id, partyId: item.partyId });
    return 'paid';
  }
  if (entry.amountMicro === item.amountMicro && item.returnedEntry === null) {
    await book(t, { kind: 'payout-returned', from: 'payable', item, entry, amountMicro: -item.amountMicro });
    const reason = entry.returnReason;
    await markReturned(t.db, item.id, { entryId: entry.id, on: entry.bookedAt, reason });
    await emit(t, 'payouts.item-returned', { itemId: item.id, partyId: item.partyId });
    await tellReturned(t, { ...item, returnReason: reason });
    return 'returned';
  }
  return undefined;
}

async function book(
  t: Kernel,
  about: {
    kind: 'payout-paid' | 'payout-returned';
    from: 'in-payout' | 'payable';
    item: Item;
    entry: BankEntry;
    amountMicro: bigint;
  },
): Promise<void> {
  const { kind, from, item, entry, amountMicro } = about;
  const { currency } = item;
  await postJournal(t, {
    kind,
    reference: entry.id,
    cause: `payout:${item.id}`,
    lines: [
      { kind: from, owner: item.partyId, currency, amountMicro: -amountMicro },
      { kind: 'unidentified', owner: entry.id, currency, amountMicro },
    ],
  });
  await markMatched(t, { entryId: entry.id, to: `payout:${item.id}`, amountMicro: entry.amountMicro });
}

/** The item, held until the transaction ends. Throws `payout-unknown`. */
async function requireItem(t: Kernel, itemId: string): Promise<HeldItem> {
  const item = UUID.test(itemId) ? await lockItem(t.db, { id: itemId }) : undefined;
  if (!item || item.orderedAt === null) throw fail('payout-unknown');
  return item;
}

/**
 * Says by hand which bank record an item is about, where the bank did not pass on our reference. Amount and currency must
 * be the same. Throws `payout-unknown`, `bank-entry-unknown`, `entry-does-not-fit`.
 */
export async function matchItem(
  k: Kernel,
  { itemId, entryId, actor }: { itemId: string; entryId: string; actor: string },
): Promise<'paid' | 'returned'> {
  return inTx(k, async (t) => {
    const item = await requireItem(t, itemId);
    const done = await settleItem(t, item, await readEntry(t, entryId));
    if (!done) throw fail('entry-does-not-fit');
    const detail = { entry: entryId, became: done };
    await recordActivity(t, { actor, action: 'payouts.item-matched', subject: `payout:${itemId}`, detail });
    return done;
  });
}

/**
 * Writes down that the bank did not take an order, which no bank record ever shows: the operator's word. The amount is
 * payable again. Throws `payout-unknown`, `payout-final`.
 */
export async function rejectItem(
  k: Kernel,
  { itemId, reason, actor }: { itemId: string; reason: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const item = await requireItem(t, itemId);
    if (item.state !== 'ordered') throw fail('payout-final');
    const { partyId: owner, currency, amountMicro } = item;
    await postJournal(t, {
      kind: 'payout-rejected',
      reference: item.id,
      cause: `payout:${item.id}`,
      actor,
      lines: [
        { kind: 'in-payout', owner, currency, amountMicro: -amountMicro },
        { kind: 'payable', owner, currency, amountMicro },
      ],
    });
    await markRejected(t.db, item.id, { actor, at: t.clock.now(), reason });
    await recordActivity(t, { actor, action: 'payouts.item-rejected', subject: `payout:${itemId}` });
  });
}
