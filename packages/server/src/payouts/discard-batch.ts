import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { lockProposed } from './approve-batch.ts';
import { updateDiscarded } from './store.ts';

/** Discards a batch nobody has ordered; any operator may. Throws `batch-unknown`, `batch-decided`. */
export async function discardBatch(
  k: Kernel,
  { batchId, actor }: { batchId: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await lockProposed(t, batchId);
    await updateDiscarded(t.db, batchId, actor, t.clock.now());
    await recordActivity(t, { actor, action: 'payouts.batch-discarded', subject: `payout-batch:${batchId}` });
  });
}
