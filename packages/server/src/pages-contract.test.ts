import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFaces, saveFaces } from './campaign/index.ts';
import type { Browser } from './testing/browser.ts';
import { type ContractWorld, openContractWorld } from './testing/contract-world.ts';

const MAX_BYTES = 60_000;
/** Addresses that are not for people. */
const NO_PAGES =
  /^\/(?:api|olp|static|healthz|readyz|metrics|\.well-known|robots\.txt|sitemap)|\.\w{2,4}$|\/export$|^\/log\/(?!$)/;

const TAGLINE = { en: 'AI licences for creators', de: 'KI-Lizenzen für Kreative' } as const;
/** Where creators work. */
const CREATORS =
  /^\/(?:works|rights|sites(?!\/[^/]+\/gates)|usage|earnings|payouts|cases|invitations)(?:\/|$)/;

let world: ContractWorld;
let paths: string[];
beforeAll(async () => {
  world = await openContractWorld();
  const routes = world.app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
  const { works, sites, offers, invitation } = world.ids;
  const known: [RegExp, string][] = [
    [/^\/(?:works|w)\/:\w+/, `/$1/${works}`],
    [/^\/sites\/:\w+/, `/sites/${sites}`],
    [/^\/offers\/:\w+/, `/offers/${offers}`],
    [/^\/invitations\/:\w+/, `/invitations/${invitation}`],
    [/^\/problems\/:\w+/, '/problems/not-found'],
    [/\/companies\/:\w+/, '/companies/openai'],
  ];
  const filled = routes.map((path) =>
    known.reduce(
      (text, [from, to]) => text.replace(from, (whole) => to.replace('$1', whole.split('/')[1]!)),
      path,
    ),
  );
  paths = [...new Set(filled)].filter((path) => !NO_PAGES.test(path) && !path.includes('*')).sort();
});
afterAll(() => world.k.close());

/** What is wrong with a page, whoever asks and in whatever language. */
async function faultsOf(who: Browser, path: string, lang: 'en' | 'de'): Promise<string[]> {
  const response = await who.get(`${path}?lang=${lang}`);
  const html = await response.text();
  const { status } = response;
  if (status === 303) return [];
  const faults: string[] = [];
  // A page with a parameter this test has no value for answers 404, as a page.
  const owned = /[0-9a-f]{8}-/.test(path) && who !== world.member;
  const foreign = /^\/operator(?:\/|$)/.test(path) && who !== world.operator;
  const expected = foreign
    ? [403]
    : path.includes(':')
      ? [404, 410]
      : owned
        ? [200, 403, 404]
        : [200, 401, 403];
  if (!expected.includes(status)) faults.push(`status ${status}`);
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.startsWith('text/html')) return [...faults, `type ${type}`];
  if (!html.includes(`<html lang="${lang}">`)) faults.push('lang of the page');
  if (response.headers.get('Content-Language') !== lang) faults.push('Content-Language');
  const headings = html.match(/<h1[\s>]/g) ?? [];
  if (headings.length !== 1) faults.push(`${headings.length} h1`);
  if (!/<title>[^<]{3,}<\/title>/.test(html)) faults.push('title');
  if (!html.includes('Guild e. V.')) faults.push('who runs this');
  if (!html.includes(`<span>${TAGLINE[lang]}</span>`)) faults.push('the line under the name');
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  if (!policy.includes("default-src 'none'") || policy.includes('unsafe')) faults.push(`policy ${policy}`);
  if (/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:/i.test(html))
    faults.push('inline style or script');
  // Browsers then send `Origin: null` with the form, which is refused as foreign.
  const silent = response.headers.get('Referrer-Policy') === 'no-referrer';
  if (silent && html.includes('method="post"')) faults.push('a form that no browser can send');
  if (!html.includes('?lang=en') && !html.includes('?lang=de')) faults.push('the other language');
  if (Buffer.byteLength(html) > MAX_BYTES) faults.push(`${Buffer.byteLength(html)} bytes`);
  // Where creators work, nothing speaks of the machinery. What they set up on a web server is somebody else's page.
  const text = html.replace(/<[^>]*>/g, ' ');
  if (CREATORS.test(path) && /\b(?:tokens?|gates?|leaf|hash(?:es)?|Tore?)\b/i.test(text))
    faults.push(
      `a word of the machinery: ${/.{0,30}\b(?:tokens?|gates?|leaf|hash(?:es)?|Tore?)\b/i.exec(text)}`,
    );
  if (/\bundefined\b|\[object Object\]|\bNaN\b/.test(html)) faults.push('a value that is none');
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  return faults.map((fault) => `${path} (${lang}, ${status}): ${fault}`);
}

it.each(['stranger', 'member', 'operator'] as const)('every page is a whole page for the %s', async (who) => {
  const faults: string[] = [];
  for (const path of paths) {
    for (const lang of ['en', 'de'] as const) faults.push(...(await faultsOf(world[who], path, lang)));
  }
  expect(faults).toEqual([]);
  expect(paths.length).toBeGreaterThan(20);
});

it('people who are not signed in are led to the sign-in page and back', async () => {
  for (const path of ['/works', '/sites', '/account', '/rights', '/operator']) {
    const response = await world.stranger.get(path);
    expect([path, response.status]).toEqual([path, 303]);
    expect(response.headers.get('Location')).toContain(`/sign-in?next=${encodeURIComponent(path)}`);
  }
});

it.each(['both', 'campaign', 'licensing'] as const)(
  'every link leads somewhere where %s runs',
  async (runs) => {
    const { faces, version } = await readFaces(world.k);
    await saveFaces(world.k, { ...faces, runs }, version);
    const broken = new Set<string>();
    const seen = new Map<string, number>();
    const people = ['stranger', 'member', 'operator'] as const;
    for (const who of people.filter((one) => runs === 'both' || one !== 'member')) {
      for (const path of paths.filter((each) => !each.includes(':'))) {
        const response = await world[who].get(path);
        const html = response.ok ? await response.text() : '';
        for (const [, target = ''] of html.matchAll(/\s(?:href|action|src)="(\/[^"]*)"/g)) {
          const to = target.replaceAll('&amp;', '&').split('#')[0]!;
          // Of the many companies on the list of agents one stands for all.
          const key = `${who} ${to.replace(/(?<=\/companies\/)(?!pledge)[^/]+/, ':slug')}`;
          if (!seen.has(key)) seen.set(key, (await world[who].get(to)).status);
          const status = seen.get(key)!;
          const posted = world.app.routes.some((route) => route.method === 'POST' && matches(route.path, to));
          if (status >= 400 && ![401, 403].includes(status) && !posted)
            broken.add(`${path} → ${to}: ${status}`);
        }
      }
    }
    expect([...broken]).toEqual([]);
    expect(seen.size).toBeGreaterThan(50);
    const after = await readFaces(world.k);
    await saveFaces(world.k, { ...after.faces, runs: 'both' }, after.version);
  },
  60_000,
);

it('the other language keeps what was asked for', async () => {
  for (const path of ['/sign?collect=none&source=guild', '/catalogue?q=a%26b', '/no-such-page?x=1']) {
    const html = await (await world.stranger.get(`${path}&lang=en`)).text();
    expect(html).toContain(`href="${path.replaceAll('&', '&amp;')}&amp;lang=de" lang="de"`);
  }
});

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/:\w+(?:\{[^}]*\})?/g, '[^/]+');
  return new RegExp(`^${source}$`).test(path.split('?')[0]!);
}
