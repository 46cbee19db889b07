import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkProof } from './check-proof.ts';
import { controlOf } from './control-of.ts';
import { excludedPatterns } from './excluded-patterns.ts';
import { findAllExcluded, findExcludedPages } from './find-excluded-pages.ts';
import { hasMark, readMarks } from './page-marks.ts';
import { readExclusions } from './read-exclusions.ts';
import { registerSite } from './register-site.ts';
import { siteWideReady } from './site-wide-ready.ts';
import { startProof } from './start-proof.ts';
import { stateExclusions } from './state-exclusions.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let site: { id: string };
let partyId: string;
let base: string;
const pages: Record<string, string> = {};
beforeAll(async () => {
  w = await openSitesWorld();
  base = `http://novel.example:${w.port}`;
  w.answer = (request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end();
    else response.end(page);
  };
  partyId = await w.person();
  site = await registerSite(w.k, { partyId, url: base });
  const { value } = await startProof(w.k, site.id);
  w.dns.zone.set('_clearway.novel.example', { TXT: [`clearway-site=${value}`] });
  await checkProof(w.k, site.id, 'dns');
});
afterAll(() => w.close());

const kinds = (typed: string) => {
  const input = readExclusions({ answer: 'some', paths: typed });
  return 'patterns' in input
    ? input.patterns.map(({ kind, pattern, what }) => [kind ?? 'path', pattern.trim(), what])
    : [];
};

it('reads paths and marks as people type them', () => {
  const typed =
    '/guests/ texts of guests\ncredit: dpa | agency reports\nUrheber: Reuters\nSchlagwort: leserbriefe\nfeed: /agency.xml';
  expect(kinds(typed)).toEqual([
    ['path', '/guests/', 'texts of guests'],
    ['credit', 'dpa', 'agency reports'],
    ['creator', 'Reuters', 'Urheber: Reuters'],
    ['tag', 'leserbriefe', 'Schlagwort: leserbriefe'],
    ['feed', '/agency.xml', 'feed: /agency.xml'],
  ]);
});

it.each([
  ['credit', 'dpa', '<p>Berlin (dpa). Text</p>', true],
  ['credit', 'dpa', '<figcaption>Foto: dpa/Ana</figcaption>', true],
  ['credit', 'AP', '<p>Map of Apia</p>', false],
  ['credit', 'dpa', '<script>var dpa=1</script><p>sandpaper</p>', false],
  [
    'creator',
    'Reuters',
    '<script type="application/ld+json">{"@graph":[{"author":{"name":"REUTERS"}}]}</script>',
    true,
  ],
  ['creator', 'Reuters', '<script type="application/ld+json">{"author":</script>', false],
  ['creator', 'Ana', '<meta name="author" content="Ana Li">', true],
  ['tag', 'readers-letters', '<article class="post tag-readers-letters">', true],
  ['tag', 'Leserbriefe', '<meta property="article:tag" content="leserbriefe">', true],
  ['tag', 'letters', '<meta name="keywords" content="newsletters">', false],
] as const)('finds the %s %s in %s: %s', (kind, pattern, html, expected) => {
  expect(hasMark(readMarks(html), { kind, pattern, what: 'x' })).toBe(expected);
});

it('reads a hostile page in time that grows with its length', () => {
  for (const piece of ['<script', '<script>', '<', ' class="', '<style>a</style', '{'])
    readMarks(piece.repeat(200_000));
});

it('nothing is offered before the pages with a mark are known; then they are excluded, and stay so', async () => {
  pages['/agency.xml'] =
    `<rss><channel><item><link>${base}/a/1</link></item><item><link>https://other.example/x</link></item></channel></rss>`;
  const map = (...paths: string[]) =>
    `<urlset>${paths.map((path) => `<url><loc>${base}${path}</loc></url>`).join('')}</urlset>`;
  Object.assign(pages, {
    '/robots.txt': `Sitemap: ${base}/map.xml\n`,
    '/map.xml': `<sitemapindex><sitemap><loc>${base}/one.xml</loc></sitemap></sitemapindex>`,
    '/one.xml': map('/b/1', '/b/2', '/guests/1'),
    '/': 'home',
    '/b/1': '<p>Rom (dpa)</p>',
    '/b/2': '<p>own</p>',
  });
  const typed = '/guests/ guests\ncredit: dpa\nfeed: /agency.xml';
  await stateExclusions(w.k, site.id, readExclusions({ answer: 'some', paths: typed }));
  expect((await siteWideReady(w.k, site.id)).reasons).toEqual(['marks-not-looked']);
  await findExcludedPages(w.k, site.id);
  expect((await siteWideReady(w.k, site.id)).ready).toBe(true);
  const patterns = await excludedPatterns(w.k, site.id);
  expect(patterns).toEqual(expect.arrayContaining(['/guests/', '/a/1$', '/b/1$', '/b/1?']));
  expect(patterns.some((one) => one.startsWith('/b/2'))).toBe(false);
  const excluded = async (path: string) =>
    (await controlOf(w.k, { partyId, url: `${base}${path}` }))?.excluded;
  expect([await excluded('/b/1?utm=1'), await excluded('/b/2'), await excluded('/b/11')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(w.asked).not.toContain('novel.example /guests/1');
  // The credit is gone and a page does not answer: what was found stays, and so does the offer.
  pages['/b/1'] = '<p>Rom</p>';
  delete pages['/b/2'];
  await findExcludedPages(w.k, site.id);
  expect(await excluded('/b/1')).toBe(true);
  expect((await siteWideReady(w.k, site.id)).ready).toBe(true);
  await findAllExcluded(w.k);
});

it('says so when not every page could be looked at', async () => {
  delete pages['/one.xml'];
  await stateExclusions(w.k, site.id, { patterns: [{ kind: 'tag', pattern: 'letters', what: 'letters' }] });
  await findExcludedPages(w.k, site.id);
  expect((await siteWideReady(w.k, site.id)).reasons).toEqual(['marks-incomplete']);
  await expect(
    stateExclusions(w.k, site.id, { patterns: [{ kind: 'feed', pattern: 'agency.xml', what: 'x' }] }),
  ).rejects.toMatchObject({ code: 'site-exclusion-pattern' });
});
