import type { Kernel } from '../kernel/index.ts';
import { inTx } from '../kernel/index.ts';
import { type Look, lookForDns, lookForFile, lookForMeta } from './look-on-host.ts';
import { lookForCode } from './look-on-profile.ts';
import type { Check, CheckMethod, Site } from './model.ts';
import { failSites } from './problems.ts';
import { queueReview, recordCheck } from './record-check.ts';
import { requireHeldSite } from './require-site.ts';
import { findChallenge } from './store.ts';

const LOOKS = { file: lookForFile, dns: lookForDns, meta: lookForMeta, code: lookForCode } as const;
/** A person tries a few times while she changes her site; a program that makes us fetch pages does not get far. */
const LIMIT = { name: 'site-checks', per: 30, windowMs: 3_600_000, burst: 10 };

/**
 * Looks once whether the value is published, through the guarded fetch and resolver only, and records what was seen.
 * Call it outside a transaction. A profile no program may read is put before a person (`needs-moderator`).
 * @throws `site-not-found`, `site-released`, `site-method-unfit`, `site-challenge-missing`, `site-checks-too-often`
 */
export async function checkProof(
  k: Kernel,
  siteId: string,
  method: CheckMethod,
  actor = 'system',
): Promise<Check> {
  const { site, value } = await readyToCheck(k, siteId, method);
  const waitMs = k.limits.take(LIMIT, site.partyId);
  if (waitMs > 0) {
    throw failSites('site-checks-too-often', {
      headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
    });
  }
  const look = await lookAt(k, site, method, value);
  return inTx(k, async (t) => {
    const check = await recordCheck(t, { site, method, look, actor });
    if (look.result === 'needs-moderator') await queueReview(t, site.id, look.evidence.note ?? '');
    return check;
  });
}

/**
 * Asks that a person look at a profile, for an owner whose code the program does not find. Answers a check with the
 * result `needs-moderator`.
 * @throws as `checkProof`
 */
export async function askForReview(k: Kernel, siteId: string, actor = 'system'): Promise<Check> {
  const { site } = await readyToCheck(k, siteId, 'code');
  const note = 'asked-by-owner';
  return inTx(k, async (t) => {
    await queueReview(t, site.id, note);
    const look: Look = { result: 'needs-moderator', evidence: { asked: site.url, note } };
    return recordCheck(t, { site, method: 'code', look, actor });
  });
}

/** Looks without recording. */
export function lookAt(k: Kernel, site: Site, method: CheckMethod, value: string): Promise<Look> {
  return LOOKS[method](k, site, value);
}

async function readyToCheck(k: Kernel, siteId: string, method: CheckMethod) {
  const site = await requireHeldSite(k, siteId);
  if ((site.kind === 'profile') !== (method === 'code')) throw failSites('site-method-unfit');
  const challenge = await findChallenge(k.db, siteId);
  if (!challenge || challenge.expiresAt <= k.clock.now()) throw failSites('site-challenge-missing');
  return { site, value: challenge.value };
}
