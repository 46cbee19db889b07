import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, hasChromium, launchChromium } from './testing/chromium.ts';
import { type DemoWorld, startDemoWorld } from './testing/demo-world.ts';
import { inspectPage } from './testing/inspect-page.ts';

const SHOTS = process.env.CLEARWAY_SHOTS;

/** Addresses that are documents for programs, or that belong to another look. */
const NO_PAGES =
  /^\/(?:api|olp|static|modules|licenses|log\/|problems)|\.\w{2,4}$|\.well-known|\/files\/|\/export$/;

/** Who looks at which pages first; from there every kind of page that is linked is looked at once. */
const ROLES: readonly { readonly who: string; readonly starts: readonly string[] }[] = [
  {
    who: 'stranger',
    starts: [
      '/',
      '/declaration',
      '/sign',
      '/wall',
      '/catalogue',
      '/numbers',
      '/companies',
      '/companies/openai',
      '/impact',
      '/press',
      '/verify',
      '/check',
      '/privacy',
      '/demo',
      '/_design',
    ],
  },
  {
    who: 'hanna',
    starts: [
      '/rosters',
      '/rosters/new',
      '/rosters/people',
      '/works',
      '/works/new',
      '/sites',
      '/usage',
      '/earnings',
      '/payouts',
      '/cases',
      '/account',
      '/account/passkeys',
    ],
  },
  {
    who: 'candela',
    starts: [
      '/agreements',
      '/publicity',
      '/companies/pledge',
      '/invoices',
      '/clients',
      '/dataset-checks',
      '/organisations',
    ],
  },
  { who: 'guild', starts: ['/partner/harbour-writers', '/account'] },
  { who: 'operator', starts: ['/operator', '/operator/legal/imprint'] },
];

type Visit = {
  readonly who: string;
  readonly paths: readonly string[];
  /** Who is signed in. */
  readonly session: Awaited<ReturnType<BrowserContext['storageState']>>;
};

const LOOKS = [
  { lang: 'en', scheme: 'light', width: 1280 },
  { lang: 'de', scheme: 'dark', width: 360 },
] as const;

if (!hasChromium()) console.warn(`${CHROMIUM} is not here: nobody looks at the pages of the demo world.`);

describe.skipIf(!hasChromium())('the pages of the demo world', () => {
  let world: DemoWorld;
  let browser: Browser;
  const seen = new Map<string, string>();
  beforeAll(async () => {
    [world, browser] = await Promise.all([startDemoWorld(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it.each(ROLES)('are whole for everybody ($who)', async ({ who, starts }) => {
    const visit = await findPages(who, starts);
    const faults = await Promise.all(LOOKS.map((look) => lookAtAll(visit, look)));
    expect(faults.flat()).toEqual([]);
  });

  it.each(LOOKS)('what a bot sees is whole with its result ($lang, $width px)', async (look) => {
    const { lang, scheme, width } = look;
    const context = await browser.newContext({
      locale: lang,
      colorScheme: scheme,
      viewport: { width, height: 800 },
    });
    const page = await context.newPage();
    await page.goto(`${world.url}/check?lang=${lang}`);
    const robots = [
      'License: https://news.example/a-very-long-address-of-a-licence-file/that-nobody-would-type/license.xml',
      'User-agent: GPTBot\nDisallow: /\nUser-agent: CCBot\nDisallow: /private/',
      'User-agent: *\nContent-Usage: train-ai=y\nContent-Signal: ai-train=no, search=yes, ai-input=maybe\nAllow: /',
    ].join('\n');
    await page.fill('#f-text', robots);
    await page.click('main section form button[type=submit]');
    await page.waitForSelector('main table');
    expect(await page.locator('main ol > li').count()).toBeGreaterThan(1);
    expect(await inspectPage(page, lang, scheme)).toEqual([]);
    await context.close();
  });

  it('were not few', () => {
    expect(seen.size).toBeGreaterThan(40);
  });

  /** Follows the links of the pages, each kind of address once for all roles. */
  async function findPages(who: string, starts: readonly string[]): Promise<Visit> {
    const context = await browser.newContext({ locale: 'en', javaScriptEnabled: false });
    const page = await context.newPage();
    await enter(page, who);
    const [found, waiting] = [[] as string[], [...starts]];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const kind = path
        .replace(/[?#].*$/, '')
        .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/g, '/:id')
        .replace(/(?<=\/companies\/)(?!pledge)[^/]+/, ':slug');
      const asked = starts.includes(path) && !found.includes(path);
      if (NO_PAGES.test(kind) || (seen.has(kind) && !asked)) continue;
      seen.set(kind, who);
      const answer = await page.request.get(`${world.url}${path}`, { headers: { Accept: 'text/html' } });
      // Who is not signed in, or not allowed, would see another page and call it whole.
      if (asked) expect([path, answer.status(), new URL(answer.url()).pathname]).toEqual([path, 200, path]);
      if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
      found.push(path);
      const html = await answer.text();
      for (const [, target = ''] of html.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"/g))
        waiting.push(target.replaceAll('&amp;', '&'));
    }
    const session = await context.storageState();
    await context.close();
    return { who, paths: found, session };
  }

  async function lookAtAll({ who, paths, session }: Visit, look: (typeof LOOKS)[number]) {
    const { lang, scheme, width } = look;
    const context = await browser.newContext({
      locale: lang,
      storageState: session,
      colorScheme: scheme,
      reducedMotion: 'reduce',
      viewport: { width, height: 800 },
    });
    const page = await context.newPage();
    const faults: string[] = [];
    const about = () => `${who} ${lang} ${new URL(page.url()).pathname}`;
    page.on('console', (message) => {
      const refused = /status of (?:401|403|404)/.test(message.text());
      if (message.type() === 'error' && !refused) faults.push(`${about()}: console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`${about()}: ${error.message}`));
    for (const path of paths) {
      const answer = await page.goto(`${world.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      const policy = answer?.headers()['content-security-policy'] ?? '';
      if (!policy.includes("default-src 'none'") || policy.includes('unsafe'))
        faults.push(`${about()}: policy ${policy}`);
      if ((answer?.status() ?? 0) >= 500) faults.push(`${about()}: ${answer?.status()}`);
      faults.push(...(await inspectPage(page, lang, scheme)).map((fault) => `${about()}: ${fault}`));
      // A picture hides the caret by a style of its own, so it comes last.
      if (SHOTS)
        await page.screenshot({ path: join(SHOTS, `${who}-${lang}${path.replace(/\W+/g, '-')}.png`) });
    }
    await context.close();
    return faults;
  }

  async function enter(page: Page, who: string): Promise<void> {
    if (who === 'stranger') return;
    if (who === 'operator') await page.goto(await world.operatorLink());
    else await page.goto(`${world.url}/demo`);
    const button = who === 'operator' ? 'main button[type=submit]' : `form[action="/demo/as/${who}"] button`;
    await page.click(button);
    await page.waitForLoadState();
    expect(await page.locator('form[action="/sign-out"]').count()).toBeGreaterThan(0);
  }
});
