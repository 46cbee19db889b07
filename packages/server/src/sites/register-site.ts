import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { readPlace, type Site, siteOfPlace } from './model.ts';
import { failSites } from './problems.ts';
import { countSites, findSiteAt, insertSite, updateUrl } from './store.ts';

const MAX_SITES = 200;

/**
 * Adds a host or a public profile to a party's list; control is to be proven afterwards. The same place again answers
 * the site that is there. Several parties may name one place: only a proof counts.
 * @param input `url` as typed, at most 2,000 characters; `actor` is who does it, for the activity log.
 * @throws `site-address-invalid`, `site-address-userinfo`, `site-address-private`, `site-address-port`,
 * `site-profile-unclear`, `site-limit-reached`
 */
export async function registerSite(
  k: Kernel,
  input: { partyId: string; url: string; actor?: string },
): Promise<Site> {
  const place = readPlace(input.url, { allowPorts: portsAllowed(k) });
  const at = siteOfPlace(place);
  return inTx(k, async (t) => {
    const before = await findSiteAt(t.db, input.partyId, at.host, at.path);
    if (before) {
      // The same host with http instead of https, or the other way round: the later word counts.
      if (before.url !== at.url) await updateUrl(t.db, before.id, at.url);
      return { ...before, url: at.url };
    }
    if ((await countSites(t.db, input.partyId)) >= MAX_SITES) throw failSites('site-limit-reached');
    const site = { id: t.ids.id(), partyId: input.partyId, createdAt: t.clock.now(), ...at };
    const made = await insertSite(t.db, site);
    if (!made) return (await findSiteAt(t.db, input.partyId, at.host, at.path))!;
    const { actor = 'system' } = input;
    await recordActivity(t, { actor, action: 'sites.site-registered', subject: `site:${site.id}` });
    return { ...site, releasedAt: undefined };
  });
}

/** Only a world that is not the real one has sites on ports: the demo, the selftest and tests. */
export function portsAllowed(k: Kernel): boolean {
  return k.site.demo || k.site.allowPorts === true;
}
