import type { Kernel } from '../kernel/index.ts';
import type { Site } from './model.ts';
import { failSites } from './problems.ts';
import { findSite } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The site, also one that was given up. With `partyId` only that party's own. Throws `site-not-found`. */
export async function requireSite(k: Kernel, siteId: string, partyId?: string): Promise<Site> {
  const site = UUID.test(siteId) ? await findSite(k.db, siteId) : undefined;
  if (!site || (partyId !== undefined && site.partyId !== partyId)) throw failSites('site-not-found');
  return site;
}

/** As `requireSite`; throws `site-released` for one that was given up. */
export async function requireHeldSite(k: Kernel, siteId: string, partyId?: string): Promise<Site> {
  const site = await requireSite(k, siteId, partyId);
  if (site.releasedAt !== undefined) throw failSites('site-released');
  return site;
}
