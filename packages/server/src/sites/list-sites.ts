import type { Kernel } from '../kernel/index.ts';
import type { Check, Site } from './model.ts';
import { requireSite } from './require-site.ts';
import { type NotReadyReason, siteWideReady } from './site-wide-ready.ts';
import { checksOf, latestProof, rivalsOf, sitesOfParty } from './store.ts';
import { openReviewOf } from './store-reviews.ts';
import { latestStatement, type Statement } from './store-statements.ts';
import { excludedPages, type Sweep, sweepOf } from './store-sweeps.ts';

/** `proven` a proof is in force · `waiting` a person looks · `lapsed` a proof has run out · `open` nothing yet. */
export type SiteState = 'proven' | 'waiting' | 'lapsed' | 'open';

/** A site with what counts now. */
export type SiteStatus = {
  readonly site: Site;
  readonly state: SiteState;
  /** The proof that holds longest, in force or not. */
  readonly proof: Check | undefined;
  readonly contested: boolean;
};

/** Everything the owner's page shows. */
export type SiteDetails = SiteStatus & {
  readonly checks: readonly Check[];
  readonly statement: Statement | undefined;
  /** The last look for pages with the marks of the statement, and how many have one. */
  readonly sweep: (Sweep & { readonly found: number }) | undefined;
  readonly siteWide: { readonly ready: boolean; readonly reasons: readonly NotReadyReason[] };
};

/** The party's sites, by host. */
export async function listSites(k: Kernel, partyId: string): Promise<SiteStatus[]> {
  const sites = await sitesOfParty(k.db, partyId);
  return Promise.all(sites.map((site) => statusOf(k, site)));
}

/** One of the party's sites. Throws `site-not-found`. */
export async function siteDetails(k: Kernel, siteId: string, partyId: string): Promise<SiteDetails> {
  const site = await requireSite(k, siteId, partyId);
  const statement = await latestStatement(k.db, siteId);
  const sweep = statement && (await sweepOf(k.db, statement.id));
  const found = statement && sweep ? (await excludedPages(k.db, statement.id)).length : 0;
  return {
    ...(await statusOf(k, site)),
    checks: await checksOf(k.db, siteId),
    statement,
    sweep: sweep && { ...sweep, found },
    siteWide: await siteWideReady(k, siteId),
  };
}

async function statusOf(k: Kernel, site: Site): Promise<SiteStatus> {
  const now = k.clock.now();
  const proof = await latestProof(k.db, site.id);
  const inForce = proof?.validUntil !== undefined && proof.validUntil > now;
  const waiting = (await openReviewOf(k.db, site.id)) !== undefined;
  const state = inForce ? 'proven' : waiting ? 'waiting' : proof ? 'lapsed' : 'open';
  return { site, state, proof, contested: inForce && (await rivalsOf(k.db, site, now)).length > 0 };
}
