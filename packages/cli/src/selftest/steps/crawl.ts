import { type Crawler, createCrawler } from '@clearway/crawler';
import { gateMiddleware, type OpenGate, openGate } from '@clearway/gate/node';
import { generateKeyPair, openReceipt, toBase64 } from '@clearway/protocol';
import { offers } from '@clearway/server';
import { fetchKeys, licensingKeys } from '../licence.ts';
import { MAYA, PRIYA } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';

const AGENT = { token: 'Claude-User', userAgent: 'Claude-User/1.0 (+https://candela.example/bot)' };
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Step 11: a token under the agreement, by OLP alone. */
export const token: Step<SelftestWorld> = {
  number: 11,
  title: 'A licence token at the site’s own license server: only under an agreement, and it can be revoked',
  async run(world) {
    const base = `/olp/${world.notes.get('site')}`;
    const wrong = await olp(world, `${base}/token`, { grant_type: 'client_credentials' }, 'not the secret');
    expectThat(
      wrong.status === 401 && wrong.json.error === 'invalid_client',
      'a wrong secret gets invalid_client',
    );
    const two = await olp(world, `${base}/token`, [
      ['grant_type', 'client_credentials'],
      ['license', 'x'],
      ['resource', 'a'],
      ['resource', 'b'],
    ]);
    expectThat(
      two.status === 400 && two.json.error === 'invalid_request',
      'two resources get invalid_request',
    );
    const never = await olp(world, `${base}/token`, {
      grant_type: 'client_credentials',
      license:
        '<license xmlns="https://rslstandard.org/rsl"><permits type="usage">ai-train</permits></license>',
      resource: '/island',
    });
    expectThat(
      never.status === 400 && never.json.error === 'invalid_license',
      `a licence nobody offers gets invalid_license, got ${JSON.stringify(never.json)}`,
    );
    const jwks = await world.person('stranger').get(`${base}/jwks`, JSON_ONLY);
    expectStatus(jwks, 200, 'the keys are public');
    return `${new URL(world.instance.url).origin}${base}`;
  },
};

/** Step 12: the gate before the creator's site. */
export const gate: Step<SelftestWorld> = {
  number: 12,
  title: 'The gate: people pass, terms are always served, an AI crawler needs a licence and gets in with one',
  async run(world) {
    const opened = await standGate(world);
    const page = async (path: string, userAgent: string, more: Record<string, string> = {}) => {
      const answer = await world.fetch(new URL(path, world.site.url).href, {
        headers: { 'User-Agent': userAgent, ...more },
        redirect: 'manual',
      });
      return { status: answer.status, headers: answer.headers, text: new TextDecoder().decode(answer.body) };
    };
    expectThat((await page('/island', BROWSER)).status === 200, 'a person reads the page');
    expectThat((await page('/robots.txt', AGENT.userAgent)).status === 200, 'robots.txt is never challenged');
    const refused = await page('/island', AGENT.userAgent);
    expectThat(refused.status === 402, `an AI crawler without a licence gets 402, got ${refused.status}`);
    expectThat(refused.headers.get('www-authenticate')?.startsWith('License'), 'with the challenge');
    expectThat(refused.headers.get('link')?.includes('rel="license"'), 'and the address of the terms');
    const readable = await page('/island', AGENT.userAgent, { Accept: 'text/html' });
    expectThat(readable.status === 402 && readable.text.includes('<h1'), 'as a page for whoever reads it');
    expectThat(
      (await page('/island', AGENT.userAgent, { Authorization: 'License forged' })).status === 401,
      'a forged token gets 401',
    );

    const lines: string[] = [];
    const crawler = openCrawler(world, lines);
    for (let n = 1; n <= 3; n++) {
      const found = await crawler.fetch(new URL('/island', world.site.url).href, { use: 'ai-input' });
      expectThat(
        found.state === 'fetched',
        `the licensed crawler gets in, time ${n}: ${JSON.stringify(found)}`,
      );
    }
    world.notes.set('fetched', String(lines.length));
    world.artefacts.set(
      'crawl.jsonl',
      new TextEncoder().encode(lines.map((line) => `${line.trim()}\n`).join('')),
    );
    await opened.spool.flush();
    return `${lines.length} fetches, ${crawler.spent()} EUR`;
  },
};

/** Step 13: what the gate counted, the instance counts once, and both sides hold the same receipt. */
export const usage: Step<SelftestWorld> = {
  number: 13,
  title:
    'Usage: sealed segments are counted exactly once, and the receipt agrees with the crawler’s own lines',
  async run(world) {
    const priya = world.person(PRIYA.key);
    const agreement = world.notes.get('agreement')!;
    const fetched = Number(world.notes.get('fetched'));
    const counted = await until(async () => {
      const found = (await priya.get(`/api/usage/agreements/${agreement}`, JSON_ONLY)).json<{
        sums: { grade: string; units: number }[];
        payable: string[];
      }>();
      const units = found.sums
        .filter(({ grade }) => grade === 'gate-counted')
        .reduce((sum, one) => sum + one.units, 0);
      return units >= fetched ? { units, ...found } : undefined;
    }, 'the segments are counted');
    expectThat(
      counted.units === fetched,
      `the instance counts what the crawler fetched: ${counted.units} and ${fetched}`,
    );
    expectThat(counted.payable.length > 0, 'and says which grades are paid for');
    const { receipts } = (await priya.get(`/api/usage/agreements/${agreement}/receipts`, JSON_ONLY)).json<{
      receipts: { document: string }[];
    }>();
    const keys = await licensingKeys(world);
    let total = 0;
    for (const [i, { document }] of receipts.entries()) {
      const receipt = await openReceipt(document, keys);
      expectThat(
        receipt.agreement === agreement && receipt.grade === 'gate-counted',
        'each receipt names its agreement and grade',
      );
      total += receipt.total;
      world.artefacts.set(`receipt-${i + 1}.jws`, new TextEncoder().encode(document));
    }
    expectThat(total === fetched, `the receipts add up: ${total} of ${fetched}`);
    const { refusals } = (
      await world.person(MAYA.key).get(`/api/usage/sites/${world.notes.get('site')}/refusals`, JSON_ONLY)
    ).json<{ refusals: { count: number }[] }>();
    expectThat(refusals.reduce((sum, { count }) => sum + count, 0) >= 3, 'refusals rode along');
    return `${total} fetches on ${receipts.length} receipts`;
  },
};

/** Opens a gate with its own key, registers it at the site and stands it before the pages. */
async function standGate(world: SelftestWorld): Promise<OpenGate> {
  const maya = world.person(MAYA.key);
  const site = world.notes.get('site')!;
  expectStatus(
    await maya.form(`/sites/${site}/exclusions`, { answer: 'none', paths: '' }),
    200,
    'everything on the site is hers',
  );
  const { robots, link } = offers.siteTexts(await offers.siteChannels(world.instance.k, site));
  world.site.pages.set('/robots.txt', { type: 'text/plain', body: robots });
  const headers = { Link: link };
  world.site.pages.set('/island', {
    type: 'text/html; charset=utf-8',
    body: '<!doctype html><title>Island</title><p>On the last island.</p>',
    headers,
  });
  const pair = await generateKeyPair();
  const registered = await maya.json('POST', `/api/sites/${site}/gates`, {
    name: 'front',
    publicKey: toBase64(pair.publicKey),
  });
  expectStatus(registered, 201, 'the gate is registered with its public key');
  const { id, secret } = registered.json<{ id: string; secret: string }>();
  const keys = await fetchKeys(world);
  const opened = await openGate({
    key: { gate: id, site, privateKey: pair.privateKey, secret, trust: (kid) => keys.get(kid) },
    bundleUrl: `${world.instance.url}/api/gates/${site}/bundle`,
    usageUrl: `${world.instance.url}/api/segments`,
    directory: world.directory('gate'),
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    spool: { sealEveryMs: 200 },
    onError: (error) => world.instance.k.log.error({ error }, 'gate'),
  });
  world.atClose(() => opened.close());
  const middleware = gateMiddleware(opened.gate);
  world.site.front = (listener) => (request, response) =>
    middleware(request, response, () => listener(request, response));
  return opened;
}

export function openCrawler(world: SelftestWorld, lines: string[]): Crawler {
  return createCrawler({
    fetch: async (url, init) => {
      const { method, headers, body } = init;
      const answer = await world.fetch(url, {
        method: (method ?? 'GET') as 'GET' | 'HEAD' | 'POST',
        headers: new Headers(headers as Record<string, string>),
        ...(typeof body === 'string' ? { body } : {}),
        redirect: 'manual',
      });
      const empty = [204, 205, 304].includes(answer.status);
      return new Response(empty ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: answer.headers,
      });
    },
    now: () => Date.now(),
    agent: AGENT,
    uses: ['ai-input'],
    budget: { currency: 'EUR', total: '1', ceilings: { crawl: '0.01' } },
    clients: [
      {
        server: `${world.instance.url}/olp/`,
        id: world.notes.get('clientId')!,
        secret: world.notes.get('clientSecret')!,
      },
    ],
    store: { append: async (line) => void lines.push(line) },
  });
}

async function olp(
  world: SelftestWorld,
  path: string,
  form: Record<string, string> | [string, string][],
  secret = world.notes.get('clientSecret')!,
) {
  const basic = Buffer.from(`${encodeURIComponent(world.notes.get('clientId')!)}:${secret}`).toString(
    'base64',
  );
  const response = await fetch(`${world.instance.url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, json: (await response.json()) as { error?: string } };
}
