import { matchPath } from '@clearway/rsl';
import { enqueue, inTx, type Kernel } from '../kernel/index.ts';
import { pagesInFeed, pagesInSitemaps, textAt } from './list-pages.ts';
import type { Site } from './model.ts';
import { hasMark, readMarks } from './page-marks.ts';
import { requireSite } from './require-site.ts';
import { latestProof } from './store.ts';
import { type Exclusion, latestStatement } from './store-statements.ts';
import { type ExcludedPage, recordSweep, sitesWithMarks } from './store-sweeps.ts';

/** Kind of the job that looks for marked pages of one site. */
export const FIND_EXCLUDED = 'sites.find-excluded';

const MAX_PAGES = 500;
const MAX_PAGE = 2 * 1024 * 1024;

/** Queues a look at every site whose owner named marks. */
export async function findAllExcluded(k: Kernel): Promise<void> {
  const now = k.clock.now();
  const due = await sitesWithMarks(k.db, now);
  await inTx(k, async (t) => {
    for (const siteId of due) await queueLook(t, siteId, now.toISOString().slice(0, 10));
  });
}

/** Queues a look at one site; `about` makes it one of its kind. */
export async function queueLook(t: Kernel, siteId: string, about: string): Promise<void> {
  await enqueue(t, {
    kind: FIND_EXCLUDED,
    payload: { siteId },
    dedupKey: `${siteId} ${about}`,
    maxAttempts: 3,
  });
}

/**
 * Looks through a site for pages that carry a mark its owner named: items of a feed, an agency's credit, a creator, a tag.
 * Only sites with a proof in force are looked at. What is found stays excluded. Call it outside a transaction.
 */
export async function findExcludedPages(k: Kernel, siteId: string): Promise<void> {
  const site = await requireSite(k, siteId);
  const [statement, proof] = [await latestStatement(k.db, siteId), await latestProof(k.db, siteId)];
  const inForce = proof?.validUntil !== undefined && proof.validUntil > k.clock.now();
  if (!statement || site.releasedAt !== undefined || site.kind !== 'host' || !inForce) return;
  const { exclusions } = statement;
  if (exclusions.every(({ kind }) => kind === 'path')) return;
  const feeds = await inFeeds(k, site, exclusions);
  const marked = await inPages(k, site, exclusions, new Set(feeds.found.map(({ path }) => path)));
  const lookedAt = k.clock.now();
  const found = [...feeds.found, ...marked.found];
  await inTx(k, (t) =>
    recordSweep(t.db, statement.id, {
      lookedAt,
      pages: marked.pages,
      whole: feeds.whole && marked.whole,
      found,
    }),
  );
}

async function inFeeds(k: Kernel, site: Site, exclusions: readonly Exclusion[]) {
  const found: ExcludedPage[] = [];
  let whole = true;
  for (const [position, { kind, pattern }] of exclusions.entries()) {
    if (kind !== 'feed') continue;
    const listed = await pagesInFeed(k, new URL(pattern, site.url).href);
    whole &&= listed.whole;
    found.push(...pathsOn(site, listed.urls).map((path) => ({ path, position })));
  }
  return { found, whole };
}

async function inPages(k: Kernel, site: Site, exclusions: readonly Exclusion[], known: ReadonlySet<string>) {
  const found: ExcludedPage[] = [];
  const marks = [...exclusions.entries()].filter(([, { kind }]) => kind !== 'path' && kind !== 'feed');
  if (marks.length === 0) return { found, pages: 0, whole: true };
  const listed = await pagesInSitemaps(k, new URL(site.url).origin);
  const closed = exclusions.filter(({ kind }) => kind === 'path');
  const open = ['/', ...pathsOn(site, listed.urls)].filter(
    (path) => !known.has(path) && !closed.some(({ pattern }) => matchPath(pattern, path)),
  );
  const paths = [...new Set(open)];
  let whole = listed.whole && paths.length <= MAX_PAGES;
  // One after the other: the site must not feel it.
  for (const path of paths.slice(0, MAX_PAGES)) {
    const html = await textAt(k, new URL(path, site.url).href, MAX_PAGE);
    if (html === undefined) whole = false;
    const own = html === undefined ? undefined : readMarks(html);
    const hit = own && marks.find(([, mark]) => hasMark(own, mark));
    if (hit) found.push({ path, position: hit[0] });
  }
  return { found, pages: Math.min(paths.length, MAX_PAGES), whole };
}

function pathsOn(site: Site, urls: readonly string[]): string[] {
  return urls.flatMap((text) => {
    const url = new URL(text);
    return url.host === site.host ? [`${url.pathname}${url.search}`] : [];
  });
}
