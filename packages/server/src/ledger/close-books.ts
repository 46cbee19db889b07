import { inTx, type Kernel } from '../kernel/index.ts';
import { failLedger } from './problems.ts';
import { insertClosing, lockClosing, selectClosedTo } from './store.ts';

/**
 * Closes for ever what takes effect before `to`; answers false when that is closed already. What is booked later belongs to
 * the open period. Waits for transactions that are booking, and makes them wait: call it before anything else in its
 * transaction is booked.
 *
 * Throws `period-not-over`.
 */
export async function closeBooks(t: Kernel, input: { to: Date; actor: string }): Promise<boolean> {
  return inTx(t, async (tx) => {
    const now = tx.clock.now();
    if (input.to > now) throw failLedger('period-not-over', { detail: input.to.toISOString() });
    await lockClosing(tx.db);
    const from = await selectClosedTo(tx.db);
    if (from && from >= input.to) return false;
    await insertClosing(tx.db, { ...input, from, at: now });
    return true;
  });
}

/** Until when the books are closed: nothing more takes effect before it. Undefined while nothing was closed. */
export function booksClosedTo(k: Kernel): Promise<Date | undefined> {
  return selectClosedTo(k.db);
}
