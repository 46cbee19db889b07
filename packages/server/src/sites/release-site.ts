import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { requireHeldSite } from './require-site.ts';
import { latestProof, lockPlace, markReleased } from './store.ts';
import { withdrawReview } from './store-reviews.ts';

/**
 * Gives a site up: nothing counts as controlled through it any more. Adding it again asks for a new proof.
 * @throws `site-not-found`, `site-released`
 */
export async function releaseSite(k: Kernel, siteId: string, actor = 'system'): Promise<void> {
  await inTx(k, async (t) => {
    const site = await requireHeldSite(t, siteId);
    await lockPlace(t.db, site);
    const now = t.clock.now();
    const proof = await latestProof(t.db, siteId);
    if (!(await markReleased(t.db, siteId, now))) return;
    await recordActivity(t, { actor, action: 'sites.site-released', subject: `site:${siteId}` });
    await withdrawReview(t.db, siteId, now);
    if (proof?.validUntil !== undefined && proof.validUntil > now) {
      await emit(t, 'sites.control-lost', { siteId, partyId: site.partyId, reason: 'released' });
    }
  });
}
