import { compilePattern, isServerAddress, matchPath, specificity } from '@clearway/rsl';
import { type Permissions, type PublicationPart, tdmPolicyJson } from '@clearway/signals';
import { type Kernel, requireInstance } from '../kernel/index.ts';
import { excludedPatterns, requireSite, type Site, siteWideReady } from '../sites/index.ts';
import { listWorks, publicWork } from '../works/index.ts';
import { permissionsOf } from './permissions.ts';
import { presetTerms } from './presets.ts';
import { failOffers } from './problems.ts';
import { readStanding, type Standing } from './read-standing.ts';
import { type RslScope, renderRsl } from './render-rsl.ts';
import { settleScopes } from './settle-scopes.ts';
import type { Terms } from './terms.ts';
import { isPriced, workAddresses, workScope } from './work-channels.ts';

/** The scope that governs a path: what is not hers, else the most specific. */
export function governingScope(scopes: readonly SiteScope[], path: string): SiteScope | undefined {
  const around = scopes.filter(({ pattern }) => matchPath(pattern, path));
  return (
    around.find(({ excluded }) => excluded) ??
    around.toSorted((a, b) => specificity(b.pattern) - specificity(a.pattern))[0]
  );
}

/** A part of a site and the terms that hold there; `standing` where they are those of a work. */
export type SiteScope = {
  /** RFC 9309 path pattern. */
  readonly pattern: string;
  readonly terms: Terms;
  readonly standing: Standing | undefined;
  /** It is not hers: it governs whatever else matches. */
  readonly excluded: boolean;
};

/** What a whole site tells machines. */
export type SiteChannels = {
  readonly site: Site;
  readonly licenseUrl: string;
  readonly termsUrl: string;
  /** Where the TDMRep policy is, for programs. */
  readonly policyUrl: string;
  readonly rsl: string;
  /** What `rsl` says, part by part; what is excluded governs, then the most specific pattern. */
  readonly scopes: readonly SiteScope[];
  /** What holds for the site as a whole. */
  readonly permissions: Permissions;
  /** The same for the parts, as other channels say it. */
  readonly parts: readonly PublicationPart[];
  /** The work whose terms hold for the whole site; undefined where only single addresses have terms. */
  readonly wholeSite: Standing | undefined;
  readonly works: number;
  /** Addresses of works that lie in a folder for which everything is refused: their terms are said nowhere. */
  readonly unsaid: readonly string[];
};

/**
 * The RSL document of a site with proven control, and what other channels have to say (`site-texts.ts`). Terms come from the works registered by
 * an address on the site: the site's own address speaks for all of it, any other for that address. What the owner said is
 * not hers is refused. Throws `site-not-found`, `site-not-ready`.
 */
export async function siteChannels(k: Kernel, siteId: string): Promise<SiteChannels> {
  const { ready, reasons } = await siteWideReady(k, siteId);
  if (!ready) throw failOffers('site-not-ready', { detail: reasons.join(', ') });
  const site = await requireSite(k, siteId);
  const { baseUrl } = k.site;
  const { currency } = await requireInstance(k);
  const excluded = await excludedPatterns(k, siteId);
  const placed = await worksOnSite(k, site, excluded);
  const wholeSite = placed.find(({ path }) => path === '/')?.standing;
  const narrower = placed.filter(({ path }) => path !== '/');
  const licenseUrl = `${baseUrl}/site/${siteId}/license.xml`;
  const policyUrl = `${baseUrl}/site/${siteId}/tdm-policy.json`;
  const plain = { currency, termsUrl: `${baseUrl}/site/${siteId}`, requestUrl: `${baseUrl}/site/${siteId}` };
  const where = { baseUrl, currency, server: licenseServer(baseUrl, siteId) };
  const root: RslScope = wholeSite
    ? workScope(wholeSite, { ...where, url: '/' })
    : { ...plain, url: '/', terms: presetTerms('no-ai') };
  const all: readonly Placed[] = [
    { scope: root, standing: wholeSite, excluded: false },
    ...narrower.map(({ standing, path }) => {
      return { scope: workScope(standing, { ...where, url: patternOf(path) }), standing, excluded: false };
    }),
    ...excluded.map((pattern) => {
      const scope = { ...plain, url: pattern.replaceAll('#', '%23'), terms: NOTHING };
      return { scope, standing: undefined, excluded: true };
    }),
  ];
  const unsaid = new Set(settleScopes(all.map(({ scope }) => scope)).unsaid);
  const [first, ...rest] = all.filter(({ scope }) => !unsaid.has(scope));
  if (!first) throw new RangeError('a site without a scope');
  return {
    site,
    licenseUrl,
    termsUrl: root.termsUrl,
    policyUrl,
    rsl: renderRsl([first.scope, ...rest.map(({ scope }) => scope)]),
    scopes: [first, ...rest].map(({ scope, ...about }) => {
      return { pattern: scope.url, terms: scope.terms, ...about };
    }),
    permissions: permissionsOf(root.terms),
    parts: rest.map(({ scope, standing, excluded: isExcluded }) => ({
      pattern: scope.url,
      permissions: permissionsOf(scope.terms),
      policyUrl: standing ? workAddresses(baseUrl, standing.workId).policy : policyUrl,
      excluded: isExcluded,
    })),
    wholeSite,
    works: placed.length - unsaid.size,
    unsaid: [...unsaid].map(({ url }) => url),
  };
}

type Placed = {
  readonly scope: RslScope;
  readonly standing: Standing | undefined;
  readonly excluded: boolean;
};

/** The TDMRep policy of a site, for programs: its owner is asked on this instance. */
export function sitePolicy({ site, policyUrl, termsUrl, scopes }: SiteChannels): string {
  const assigner = { uid: site.url, url: termsUrl };
  const priced = scopes.some(({ terms }) => isPriced(terms));
  return tdmPolicyJson({ uid: policyUrl, assigner, target: termsUrl, priced });
}

/** Base address of the licence server of a site; undefined where RSL would not let it be named (R19: TLS). */
function licenseServer(baseUrl: string, siteId: string): string | undefined {
  const server = `${baseUrl}/olp/${siteId}`;
  return isServerAddress(server) ? server : undefined;
}

/** Nobody can allow what is not theirs, not even being listed by search engines. */
const NOTHING = { ...presetTerms('no-ai'), search: { answer: 'no' } } as const;

/** An address without a slash at its end is one page, with one it is a folder. What it holds is no pattern. */
function patternOf(path: string): string {
  const literal = path.replaceAll('*', '%2A').replaceAll('$', '%24');
  return literal.endsWith('/') ? literal : `${literal}$`;
}

async function worksOnSite(
  k: Kernel,
  site: Site,
  excluded: readonly string[],
): Promise<{ standing: Standing; path: string }[]> {
  const patterns = excluded.map(compilePattern);
  const found = new Map<string, Standing>();
  for await (const workId of worksOf(k, site.partyId)) {
    const { manifestations } = await publicWork(k, workId);
    const paths = manifestations.flatMap(({ url }) => pathOn(site, url) ?? []);
    const own = paths.filter((path) => !patterns.some((pattern) => matchPath(pattern, path)));
    if (own.length === 0) continue;
    const standing = await readStanding(k, workId);
    // Without terms of its own a work stands under what holds around it; of two for one address the older stays.
    if (standing.inForce) for (const path of own) found.set(path, standing);
  }
  return [...found]
    .map(([path, standing]) => ({ path, standing }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function pathOn(site: Site, address: string | null): string | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.host === site.host ? `${url.pathname}${url.search}` : undefined;
}

/** Newest first, page by page. */
async function* worksOf(k: Kernel, partyId: string): AsyncGenerator<string> {
  let before: string | undefined;
  for (;;) {
    const page = await listWorks(k, { partyId, limit: 100, before });
    for (const { work } of page) if (work.state === 'registered') yield work.id;
    const last = page.at(-1);
    if (page.length < 100 || !last) return;
    before = last.work.id;
  }
}
