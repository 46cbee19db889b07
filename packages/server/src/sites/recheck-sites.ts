import { recordActivity } from '../identity/index.ts';
import { emit, enqueue, inTx, type Kernel } from '../kernel/index.ts';
import { lookAt } from './check-proof.ts';
import { NOTICE_MS, RECHECK_MS, type Site } from './model.ts';
import { writeToOwner } from './notify-owner.ts';
import { queueReview, recordCheck } from './record-check.ts';
import { requireSite } from './require-site.ts';
import {
  findChallenge,
  latestProof,
  markLapsed,
  markNoticed,
  sitesToAnnounce,
  sitesToRecheck,
} from './store.ts';

/** Kind of the job that looks at one site again. */
export const RECHECK_SITE = 'sites.recheck-site';

/** Queues a look at every proven site that was not looked at for a week, and tells owners whose proof ends. */
export async function recheckSites(k: Kernel): Promise<void> {
  const now = k.clock.now();
  const day = now.toISOString().slice(0, 10);
  const due = await sitesToRecheck(k.db, new Date(now.getTime() - RECHECK_MS), now);
  await inTx(k, async (t) => {
    for (const siteId of due) {
      await enqueue(t, {
        kind: RECHECK_SITE,
        payload: { siteId },
        dedupKey: `${siteId} ${day}`,
        maxAttempts: 3,
      });
    }
  });
  for (const ending of await sitesToAnnounce(k.db, new Date(now.getTime() + NOTICE_MS))) {
    // Who was not looked at yet this week may still have the value in place.
    const proof = await latestProof(k.db, ending.id);
    if (due.includes(ending.id) && proof?.method !== 'moderator') continue;
    await inTx(k, (t) => announceEnd(t, ending));
  }
}

/**
 * Looks at one proven site again, in the way that proved it. Found: the proof holds for another 90 days. Not found: the
 * proof runs out when it would have. What only a person could see goes to a person when the end is near.
 */
export async function recheckSite(k: Kernel, siteId: string): Promise<void> {
  const site = await requireSite(k, siteId);
  const [proof, challenge] = [await latestProof(k.db, siteId), await findChallenge(k.db, siteId)];
  if (site.releasedAt !== undefined || proof?.validUntil === undefined || !challenge) return;
  const nearEnd = proof.validUntil.getTime() - k.clock.now().getTime() <= NOTICE_MS;
  if (proof.method === 'moderator') {
    if (nearEnd) await queueReview(k, siteId, 'proof-ends');
    return;
  }
  const look = await lookAt(k, site, proof.method, challenge.value);
  await inTx(k, async (t) => {
    await recordCheck(t, { site, method: proof.method, look, actor: 'system' });
    if (look.result === 'needs-moderator' && nearEnd) await queueReview(t, siteId, 'proof-ends');
  });
}

async function announceEnd(t: Kernel, ending: { id: string; validUntil: Date }): Promise<void> {
  const site = await requireSite(t, ending.id);
  if (ending.validUntil > t.clock.now()) {
    if (await markNoticed(t.db, site.id, ending.validUntil)) {
      await writeToOwner(t, site, { kind: 'ends', at: ending.validUntil });
    }
    return;
  }
  if (!(await markLapsed(t.db, site.id, ending.validUntil))) return;
  await lose(t, site);
  await writeToOwner(t, site, { kind: 'ended' });
}

async function lose(t: Kernel, site: Site): Promise<void> {
  const { id, partyId } = site;
  await recordActivity(t, { actor: 'system', action: 'sites.control-lapsed', subject: `site:${id}` });
  await emit(t, 'sites.control-lost', { siteId: id, partyId, reason: 'lapsed' });
}
