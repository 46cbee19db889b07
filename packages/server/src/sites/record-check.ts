import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { queueLook } from './find-excluded-pages.ts';
import type { Look } from './look-on-host.ts';
import { type Check, PROOF_MS, type ProofMethod, type Site } from './model.ts';
import { requireHeldSite } from './require-site.ts';
import { extendChallenge, insertCheck, latestProof, lockPlace, rivalsOf } from './store.ts';
import { openReview, withdrawReview } from './store-reviews.ts';

type Seen = {
  readonly site: Site;
  readonly method: ProofMethod;
  readonly look: Look;
  readonly actor: string;
};

/** Keeps what was seen. A proof holds for 90 days and is announced when it is new; a contested one is flagged. */
export async function recordCheck(k: Kernel, { site, method, look, actor }: Seen): Promise<Check> {
  return inTx(k, async (t) => {
    await lockPlace(t.db, site);
    // The owner may have given the site up while we looked.
    const held = await requireHeldSite(t, site.id);
    const now = t.clock.now();
    const proven = look.result === 'proven';
    const validUntil = proven ? new Date(now.getTime() + PROOF_MS) : undefined;
    const before = await latestProof(t.db, site.id);
    const check: Check = { id: t.ids.id(), siteId: site.id, method, checkedAt: now, validUntil, ...look };
    await insertCheck(t.db, check);
    if (validUntil === undefined) return check;
    await extendChallenge(t.db, site.id, validUntil);
    await withdrawReview(t.db, site.id, now);
    const isNew = before?.validUntil === undefined || before.validUntil <= now;
    if (isNew) await announce(t, { site: held, method, look, actor }, now);
    return check;
  });
}

/** Puts a profile before a person, once. */
export async function queueReview(k: Kernel, siteId: string, reason: string): Promise<void> {
  await openReview(k.db, { id: k.ids.id(), siteId, reason, createdAt: k.clock.now() });
}

async function announce(t: Kernel, { site, method, actor }: Seen, now: Date): Promise<void> {
  const { id, partyId } = site;
  const subject = `site:${id}`;
  await recordActivity(t, { actor, action: 'sites.control-proven', subject, detail: { method } });
  await emit(t, 'sites.control-proven', { siteId: id, partyId, method });
  if (site.kind === 'host') await queueLook(t, id, now.toISOString());
  const rivals = await rivalsOf(t.db, site, now);
  if (rivals.length === 0) return;
  const detail = { rivals: rivals.length };
  await recordActivity(t, { actor: 'system', action: 'sites.control-contested', subject, detail });
  await emit(t, 'sites.control-contested', { siteId: id, partyId });
}
