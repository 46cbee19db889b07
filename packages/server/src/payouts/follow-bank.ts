import { readEntry } from '../bank/index.ts';
import type { Subscriber } from '../kernel/index.ts';
import { settleItem } from './settle-item.ts';
import { lockItem } from './store-items.ts';

/** A bank record with our end-to-end id says what became of the payment. */
const matchPayouts: Subscriber = {
  name: 'payouts.match-bank-entry',
  on: 'bank.entry-recorded',
  async handle(t, { entryId }) {
    const entry = await readEntry(t, String(entryId));
    const { endToEndId } = entry;
    if (endToEndId === null) return;
    const item = await lockItem(t.db, { endToEndId });
    if (!item) return;
    const done = await settleItem(t, item, entry);
    if (!done)
      t.log.warn({ payout: item.id, entry: entry.id }, 'a bank entry does not fit the payout it names');
  },
};

export const payoutsSubscribers: readonly Subscriber[] = [matchPayouts];
