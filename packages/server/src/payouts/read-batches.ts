import type { Kernel } from '../kernel/index.ts';
import type { Batch, Item, LeftOut } from './model.ts';
import { fail } from './problems.ts';
import { selectBatches, selectBatchSummary, selectLeftOut } from './store.ts';
import { selectItem, selectItems, selectItemsOfParty } from './store-items.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST = 1_000;

/** Batches, newest first; at most 100. */
export function listBatches(k: Kernel): Promise<Batch[]> {
  return selectBatches(k.db, 100);
}

/** One batch. Throws `batch-unknown`. */
export async function readBatch(k: Kernel, batchId: string): Promise<Batch> {
  const batch = UUID.test(batchId) ? await selectBatchSummary(k.db, batchId) : undefined;
  if (!batch) throw fail('batch-unknown');
  return batch;
}

/** The items of a batch in the order of its file, `limit` (at most 1,000) after the one with an end-to-end id. */
export function itemsOfBatch(
  k: Kernel,
  batchId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Item[]> {
  return selectItems(k.db, batchId, { after, limit: Math.min(limit, MOST) });
}

/** The item of a batch with an end-to-end id. Throws `payout-unknown`. */
export async function findItem(k: Kernel, by: { batchId: string; endToEndId: string }): Promise<Item> {
  const item = UUID.test(by.batchId) ? await selectItem(k.db, by) : undefined;
  if (!item) throw fail('payout-unknown');
  return item;
}

/** Who had money coming and is not in the batch, largest amounts first; at most 1,000. */
export function leftOutOfBatch(k: Kernel, batchId: string): Promise<LeftOut[]> {
  return selectLeftOut(k.db, batchId, MOST);
}

/** What was ordered for a payee, newest first; at most 1,000. *Ordered* is not *paid*: see the item's state. */
export function payoutsOf(k: Kernel, partyId: string): Promise<Item[]> {
  return selectItemsOfParty(k.db, partyId, MOST);
}
