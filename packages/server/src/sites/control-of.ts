import { matchPath } from '@clearway/rsl';
import type { Kernel } from '../kernel/index.ts';
import { excludedPatterns } from './excluded-patterns.ts';
import { covers, type ProofMethod, readPlace, type Site } from './model.ts';
import { portsAllowed } from './register-site.ts';
import { latestProof, rivalsOf, sitesOfParty } from './store.ts';

/** What is known about a party's control of an address. */
export type Control = {
  readonly siteId: string;
  readonly method: ProofMethod;
  readonly checkedAt: Date;
  readonly validUntil: Date;
  /** The owner said that this part of the site is not hers. */
  readonly excluded: boolean;
  /** Another party has proven control of the same place. */
  readonly contested: boolean;
};

/**
 * The proof in force that a party controls an address: of its sites that cover the address, the narrowest one with a
 * proof. Undefined when there is none. A subdomain, also `www.`, is a host of its own.
 * @throws as `registerSite`, for an address that cannot be a public one
 */
export async function controlOf(
  k: Kernel,
  input: { partyId: string; url: string },
): Promise<Control | undefined> {
  const place = readPlace(input.url, { allowPorts: portsAllowed(k) });
  const now = k.clock.now();
  const own = (await sitesOfParty(k.db, input.partyId))
    .filter((site) => covers(site, place))
    .sort((a, b) => b.path.length - a.path.length);
  for (const site of own) {
    const proof = await latestProof(k.db, site.id);
    if (proof?.validUntil === undefined || proof.validUntil <= now) continue;
    return {
      siteId: site.id,
      method: proof.method,
      checkedAt: proof.checkedAt,
      validUntil: proof.validUntil,
      excluded: await isExcluded(k, site, place.path),
      contested: (await rivalsOf(k.db, site, now)).length > 0,
    };
  }
  return undefined;
}

async function isExcluded(k: Kernel, site: Site, path: string): Promise<boolean> {
  const patterns = await excludedPatterns(k, site.id);
  return patterns.some((pattern) => matchPath(pattern, path));
}
