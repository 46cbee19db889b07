import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { type Look, lookForDns, lookForFile, lookForMeta } from './look-on-host.ts';
import { lookForCode } from './look-on-profile.ts';
import { type Check, type CheckMethod, PROOF_MS, type ProofMethod, type Site } from './model.ts';
import { failSites } from './problems.ts';
import { requireHeldSite } from './require-site.ts';
import { extendChallenge, findChallenge, insertCheck, latestProof, rivalsOf } from './store.ts';
import { openReview, withdrawReview } from './store-reviews.ts';

const LOOKS = { file: lookForFile, dns: lookForDns, meta: lookForMeta, code: lookForCode } as const;
const LIMIT = { name: 'site-checks', per: 30, windowMs: 3_600_000, burst: 10 };

/**
 * Looks once whether the value is published, through the guarded fetch and resolver only, and records what was seen.
 * Call it outside a transaction. A profile no program may read is put before a person (`needs-moderator`).
 * @throws `site-not-found`, `site-released`, `site-method-unfit`, `site-challenge-missing`, `site-checks-too-often`
 */
export async function checkProof(k: Kernel, siteId: string, method: CheckMethod): Promise<Check> {
  const site = await requireHeldSite(k, siteId);
  if ((site.kind === 'profile') !== (method === 'code')) throw failSites('site-method-unfit');
  const challenge = await findChallenge(k.db, siteId);
  if (!challenge || challenge.expiresAt <= k.clock.now()) throw failSites('site-challenge-missing');
  const waitMs = k.limits.take(LIMIT, site.partyId);
  if (waitMs > 0) {
    throw failSites('site-checks-too-often', {
      headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
    });
  }
  const look = await LOOKS[method](k, site, challenge.value);
  return recordCheck(k, site, method, look);
}

/** Keeps what was seen; a proof holds for 90 days and is announced, a contested one is flagged. */
export async function recordCheck(k: Kernel, site: Site, method: ProofMethod, look: Look): Promise<Check> {
  return inTx(k, async (t) => {
    // The owner may have given the site up while we looked.
    const held = await requireHeldSite(t, site.id);
    const now = t.clock.now();
    const proven = look.result === 'proven';
    const validUntil = proven ? new Date(now.getTime() + PROOF_MS) : undefined;
    const before = await latestProof(t.db, site.id);
    const check: Check = { id: t.ids.id(), siteId: site.id, method, checkedAt: now, validUntil, ...look };
    await insertCheck(t.db, check);
    if (look.result === 'needs-moderator') {
      const reason = look.evidence.note ?? 'asked-by-owner';
      await openReview(t.db, { id: t.ids.id(), siteId: site.id, reason, createdAt: now });
    }
    if (!proven) return check;
    await extendChallenge(t.db, site.id, validUntil!);
    await withdrawReview(t.db, site.id, now);
    if (before?.validUntil === undefined || before.validUntil <= now) await announce(t, held, method, now);
    return check;
  });
}

async function announce(t: Kernel, site: Site, method: ProofMethod, now: Date): Promise<void> {
  const { id, partyId, host, path } = site;
  await emit(t, 'sites.control-proven', { siteId: id, partyId, host, path, method });
  if ((await rivalsOf(t.db, site, now)).length > 0) {
    await emit(t, 'sites.control-contested', { siteId: id, partyId, host, path });
  }
}
