import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { cleanText, emit, inTx, type Kernel } from '../kernel/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { failOffers } from './problems.ts';
import { requireHolder } from './require-holder.ts';
import { insertWithdrawal, lockTerms, selectOffers, selectWithdrawnUpTo } from './store.ts';

export const withdrawalSchema = z.object({ reason: cleanText(2_000).default('') });

/**
 * Takes back everything published for a work so far, by any of its holders: nothing can be licensed from then on, and no
 * older version comes back. Running agreements are not touched. Throws `not-a-holder`, `offer-withdrawn` when nothing
 * stands.
 */
export async function withdrawOffer(
  k: Kernel,
  input: { workId: string; partyId: string; actor: string; reason: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const { workId, partyId, actor, reason } = input;
    await lockTerms(t.db, workId);
    await requireHolder(t, { workId, partyId });
    const [newest] = await selectOffers(t.db, workId);
    if (!newest || newest.version <= (await selectWithdrawnUpTo(t.db, workId))) {
      throw failOffers('offer-withdrawn');
    }
    const at = t.clock.now();
    await insertWithdrawal(t.db, {
      id: t.ids.id(),
      workId,
      upToVersion: newest.version,
      partyId,
      reason,
      at,
    });
    await appendLeaf(t, {
      type: 'offer-withdrawn',
      subject: `work:${workId}`,
      record: { work: workId, upToVersion: newest.version, party: partyId, at: at.toISOString() },
    });
    await recordActivity(t, {
      actor,
      action: 'offers.withdrawn',
      subject: `work:${workId}`,
      detail: { upToVersion: newest.version },
    });
    await emit(t, 'offers.withdrawn', { workId, upToVersion: newest.version });
  });
}
