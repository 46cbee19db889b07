import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { editableWork } from './change-shares.ts';
import { markWithdrawn } from './store.ts';

/**
 * Withdraws a work; nothing is deleted and its log records stay.
 * Throws `not-the-registrant`, `work-withdrawn`, `changed-meanwhile`. Sends `works.withdrawn`.
 */
export async function withdrawWork(
  k: Kernel,
  {
    workId,
    party,
    actor,
    reason,
    version,
  }: { workId: string; party: { id: string }; actor: string; reason: string; version?: number | undefined },
): Promise<void> {
  await inTx(k, async (t) => {
    await editableWork(t, { workId, party, version });
    await markWithdrawn(t.db, workId, reason, t.clock.now());
    await recordActivity(t, { actor, action: 'works.withdrawn', subject: `work:${workId}` });
    await emit(t, 'works.withdrawn', { workId });
  });
}
