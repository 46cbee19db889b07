import { createApp, identity, kernel } from '@clearway/server';
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../packages/server/src/testing/browser.ts';
import { signIn } from '../packages/server/src/testing/sign-in.ts';
import { type DemoWorld, startDemoWorld } from './testing/demo-world.ts';

/**
 * How many queries a page may ask, and how many bytes its document may have; both with room for a few more rows, none for a
 * query for each row. A path ending in `*` is the first such link of the page before it.
 */
const BUDGET: readonly (readonly [who: string, path: string, queries: number, bytes: number])[] = [
  ['stranger', '/', 14, 20_000],
  ['stranger', '/declaration', 10, 15_000],
  ['stranger', '/sign', 10, 30_000],
  ['stranger', '/wall', 14, 35_000],
  ['stranger', '/signed/*', 9, 15_000],
  ['stranger', '/wall?check=email&q=a', 15, 35_000],
  ['stranger', '/milestones', 10, 15_000],
  ['stranger', '/numbers', 23, 15_000],
  // The checks of each work found are read for themselves.
  ['stranger', '/catalogue', 40, 15_000],
  ['stranger', '/w/*', 18, 15_000],
  ['hanna', '/account', 20, 15_000],
  ['hanna', '/works', 14, 15_000],
  ['hanna', '/works/*', 18, 15_000],
  ['hanna', '/sites', 13, 15_000],
  ['hanna', '/usage', 16, 15_000],
  ['hanna', '/earnings', 19, 15_000],
  ['hanna', '/payouts', 14, 15_000],
  ['hanna', '/cases', 16, 15_000],
  ['candela', '/agreements', 18, 15_000],
  ['candela', '/invoices', 14, 15_000],
  ['candela', '/clients', 16, 15_000],
  ['operator', '/operator', 18, 15_000],
  ['operator', '/operator/campaign', 16, 15_000],
  ['operator', '/operator/campaign/mailings', 13, 15_000],
  ['operator', '/operator/campaign/mailings/*', 14, 15_000],
  ['operator', '/operator/campaign/floods', 15, 15_000],
  ['operator', '/operator/periods', 11, 15_000],
  ['operator', '/operator/people', 13, 15_000],
  ['operator', '/operator/activity', 12, 30_000],
];

const EMAILS = { hanna: 'hanna@demo.example', candela: 'data@demo.example' } as const;

let world: DemoWorld;
let asked = 0;
const browsers = new Map<string, Browser>();
const counting: KyselyPlugin = {
  transformQuery({ node }) {
    asked += 1;
    return node;
  },
  transformResult: async ({ result }) => result,
};
beforeAll(async () => {
  world = await startDemoWorld();
  const k = world.k;
  const app = createApp({ ...k, db: k.db.withPlugin(counting) });
  const operator = await kernel.inTx(k, (t) => identity.ensureOperator(t, 'Harbour Guild', 'en'));
  browsers.set('stranger', openBrowser(app, world.url));
  for (const [who, id] of [
    ['operator', operator.id],
    ['hanna', (await identity.findUserByEmail(k, EMAILS.hanna))!.id],
    ['candela', (await identity.findUserByEmail(k, EMAILS.candela))!.id],
  ] as const) {
    const browser = openBrowser(app, world.url);
    await signIn(k, browser, id);
    browsers.set(who, browser);
  }
});
afterAll(() => world?.stop());

it('each principal page asks few queries and weighs little', async () => {
  const over: string[] = [];
  const seen: string[] = [];
  let before = '';
  for (const [who, pattern, queries, bytes] of BUDGET) {
    const root = pattern.replace('*', '');
    const path = pattern.endsWith('*') ? (linkBelow(before, root) ?? pattern) : pattern;
    const browser = browsers.get(who)!;
    asked = 0;
    const answer = await browser.get(path);
    const html = await answer.text();
    const size = Buffer.byteLength(html);
    seen.push(`${who} ${pattern}: ${asked} queries, ${size} bytes`);
    if (answer.status !== 200) over.push(`${who} ${path}: ${answer.status}`);
    if (asked > queries) over.push(`${who} ${path}: ${asked} queries, allowed ${queries}`);
    if (size > bytes) over.push(`${who} ${path}: ${size} bytes, allowed ${bytes}`);
    if (!pattern.endsWith('*')) before = html;
  }
  console.log(seen.join('\n'));
  expect(over).toEqual([]);
});

function linkBelow(html: string, root: string): string | undefined {
  const links = [...html.matchAll(/href="(\/[^"?#]*)"/g)].map(([, href]) => href!);
  return links.find((href) => href.startsWith(root) && /[0-9a-f]{8}-/.test(href.slice(root.length)));
}
