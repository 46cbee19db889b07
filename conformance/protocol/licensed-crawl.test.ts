import { type CrawlerOptions, createCrawler } from '@clearway/crawler';
import {
  createGate,
  type Gate,
  guardFetch,
  installBundle,
  type Served,
  type UsageDraft,
} from '@clearway/gate';
import {
  type Bundle,
  FIRST_PREV,
  generateKeyPair,
  openBundle,
  openReceipt,
  type Segment,
  sealSegment,
  segmentHash,
  toBase64,
} from '@clearway/protocol';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApp } from '../../packages/server/src/app.ts';
import { inTx, type Router } from '../../packages/server/src/kernel/index.ts';
import { topUp } from '../../packages/server/src/ledger/index.ts';
import {
  acceptQuote,
  createClient,
  gateBundle,
  quote,
  revokeAgreement,
  SIGNING_PURPOSE,
} from '../../packages/server/src/licensing/index.ts';
import { siteChannels, siteTexts } from '../../packages/server/src/offers/index.ts';
import { registerGate, type Site } from '../../packages/server/src/sites/index.ts';
import { type Company, company } from '../../packages/server/src/testing/company.ts';
import { drain } from '../../packages/server/src/testing/drain.ts';
import { answersPaid, publish, setUp } from '../../packages/server/src/testing/offer-terms.ts';
import { provenSite, workAt } from '../../packages/server/src/testing/proven-site.ts';
import { type Person, person } from '../../packages/server/src/testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../../packages/server/src/testing/test-kernel.ts';
import { listReceipts } from '../../packages/server/src/usage/index.ts';
import { withdrawWork } from '../../packages/server/src/works/index.ts';

// The crawler knows nothing of this house: what it finds, buys and fetches here, it finds by RSL, OLP and CAP alone.
const BLOG = 'https://blog.example';
const HOUSE = 'http://localhost:4000';

let k: TestKernel;
let house: Router;
let site: Site;
let ada: Person;
let workId: string;
let acme: Company;
let client: { id: string; secret: string };
let gate: Gate;
let records: (UsageDraft & Served)[];
let asked: string[];
let blog: (request: Request) => Promise<Response>;

beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  house = createApp(k);
  ada = await person(k, 'Ada');
  site = await provenSite(k, ada, `${BLOG}/`);
  workId = await workAt(k, ada, `${BLOG}/poems/`);
  await publish(k, ada, workId, answersPaid());
});
afterAll(() => k.close());

beforeEach(async () => {
  acme = await company(k);
  const { licenseeId, signer } = acme;
  const made = await createClient(k, { licenseeId, userId: signer.user.id, name: 'Crawler' });
  client = { id: made.client.id, secret: made.secret };
  const { robots, link } = siteTexts(await siteChannels(k, site.id));
  [records, asked] = [[], []];
  gate = await openGate();
  blog = guardFetch(gate, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/robots.txt') return new Response(robots);
    return new Response(request.method === 'HEAD' ? null : `This is ${pathname}`, {
      headers: { Link: link },
    });
  });
});

/** The rules the house signs for gates of this site. */
async function bundle(): Promise<Bundle> {
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  return openBundle((await gateBundle(k, site.id)).sealed, (one) => (one === kid ? publicKey : undefined));
}

async function openGate(): Promise<Gate> {
  const usage = {
    reserve: () => true,
    release: () => undefined,
    record: (draft: UsageDraft, served: Served) => void records.push({ ...draft, ...served }),
    refused: () => undefined,
    counts: () => ({ count: records.length, durable: records.length }),
    fetchesOf: (jti: string) => records.filter(({ tokenId }) => tokenId === jti).length,
  };
  const made = createGate({ now: () => k.clock.now().getTime(), usage });
  installBundle(made, await bundle());
  return made;
}

function open(more: Partial<CrawlerOptions> = {}) {
  const lines: string[] = [];
  const crawler = createCrawler({
    fetch: async (url, init) => {
      asked.push(`${init.method ?? 'GET'} ${url}`);
      return new URL(url).origin === BLOG ? blog(new Request(url, init)) : house.request(url, init);
    },
    now: () => k.clock.now().getTime(),
    agent: { token: 'Claude-User', userAgent: 'Claude-User/1.0' },
    uses: ['ai-input', 'search'],
    budget: { currency: 'EUR', total: '1', ceilings: { crawl: '0.05' } },
    clients: [{ server: `${HOUSE}/olp/`, ...client }],
    store: { append: async (line) => void lines.push(line) },
    ...more,
  });
  const read = () => crawler.fetch(`${BLOG}/poems/sea`, { use: 'ai-input' });
  return { crawler, lines, read };
}

async function agree() {
  const { licenseeId, signer } = acme;
  const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 12 } as const;
  const made = await quote(k, { licenseeId, askedBy: `user:${signer.user.id}`, workIds: [workId], ...terms });
  const { agreement } = await acceptQuote(k, { quoteId: made.id, userId: signer.user.id });
  const amount = { currency: 'EUR', amountMicro: 100_000_000n, reference: `bank-${agreement.id}` };
  await inTx(k, (t) => topUp(t, { partyId: licenseeId, ...amount }));
  return agreement;
}

it('nothing is fetched before somebody has agreed; the way to agree is named', async () => {
  const found = await open().read();
  expect(found).toMatchObject({ state: 'needs-quote', reason: 'agreement' });
  const quoteUri = found.state === 'needs-quote' ? found.quoteUri : undefined;
  expect(quoteUri).toMatch(/^http:\/\/localhost:4000\//);
  expect(asked.filter((line) => line === `GET ${BLOG}/poems/sea`)).toEqual([]);
  expect(records).toEqual([]);
});

it('under an agreement one token fetches page after page, and both sides count the same', async () => {
  const agreement = await agree();
  const { crawler, lines } = open();
  for (const page of ['sea', 'shore', 'sand']) {
    const found = await crawler.fetch(`${BLOG}/poems/${page}`, { use: 'ai-input' });
    expect(found, JSON.stringify(found)).toMatchObject({ state: 'fetched' });
  }
  expect(asked.filter((line) => line.endsWith('/token'))).toHaveLength(1);
  expect(records).toMatchObject(
    ['sea', 'shore', 'sand'].map((page) => ({
      agreement: agreement.id,
      client: client.id,
      path: `/poems/${page}`,
      use: 'ai-input',
      status: 200,
    })),
  );
  expect(crawler.spent()).toBe('0.06');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(
    records.map(({ bytes }) => ({
      bytes,
      charged: '0.02',
      payment: 'crawl',
      usage: { agreement: agreement.id },
    })),
  );
});

it('what a gate let through is counted once by the house, with a receipt the company can check', async () => {
  const agreement = await agree();
  const { crawler } = open();
  for (const page of ['sea', 'shore', 'sand'])
    await crawler.fetch(`${BLOG}/poems/${page}`, { use: 'ai-input' });
  const pair = await generateKeyPair();
  const owner = { siteId: site.id, partyId: site.partyId, actor: 'system' };
  const { gate: registered } = await registerGate(k, {
    ...owner,
    name: 'blog',
    publicKey: toBase64(pair.publicKey),
  });
  const times = records.map(({ at }) => at);
  const segment: Segment = {
    format: 'clearway-segment-1',
    gate: registered.id,
    site: site.id,
    seq: 1,
    prev: FIRST_PREV,
    from: Math.min(...times),
    to: Math.max(...times),
    records: records.map(({ bundle: _number, ...record }, i) => ({ ...record, seq: i + 1, units: 1 })),
    refusals: [],
    bundle: 1,
  };
  const sealed = await sealSegment(segment, pair);
  const deliver = () =>
    house.request('/api/segments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/jose' },
      body: sealed,
    });
  for (const answer of [await deliver(), await deliver()]) {
    expect(await answer.json()).toMatchObject({ segment: { state: 'counted', counted: 3, faulty: 0 } });
  }
  const viewer = { partyId: acme.licenseeId, operator: false };
  const [receipt, ...more] = await listReceipts(k, { agreementId: agreement.id, viewer });
  expect(more).toEqual([]);
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  const opened = await openReceipt(receipt!.sealed, (id) => (id === kid ? publicKey : undefined));
  expect(opened).toMatchObject({
    client: client.id,
    counts: { 'ai-input': 3 },
    segments: [await segmentHash(segment)],
  });
});

it('search needs no token, training is not to be had', async () => {
  const { crawler } = open({
    uses: ['search', 'ai-train'],
    agent: { token: 'Acme-Bot', userAgent: 'Acme-Bot/1' },
  });
  const url = `${BLOG}/poems/sea`;
  expect((await crawler.fetch(url, { use: 'search' })).state).toBe('fetched');
  expect((await crawler.fetch(url, { use: 'ai-train' })).state).toBe('not-licensed');
  expect(asked.filter((line) => line.endsWith('/token'))).toEqual([]);
});

it('a token that has run out is got anew; after a revocation there is none', async () => {
  const agreement = await agree();
  const { read } = open();
  expect((await read()).state).toBe('fetched');
  k.clock.advance(16 * 60_000);
  await openGateAgain();
  expect((await read()).state).toBe('fetched');
  expect(asked.filter((line) => line.endsWith('/token'))).toHaveLength(2);
  await revokeAgreement(k, {
    agreementId: agreement.id,
    userId: acme.signer.user.id,
    operator: false,
    reason: 'over',
  });
  k.clock.advance(16 * 60_000);
  await openGateAgain();
  expect((await read()).state).toBe('needs-quote');
});

/** What happens in the background at a gate. */
async function openGateAgain(): Promise<void> {
  expect(installBundle(gate, await bundle())).toBe('installed');
}

it('what is withdrawn stands in the feed, and nothing more of it is sold', async () => {
  const { crawler, read } = open();
  const { publicKey, kid } = await k.keys.signing(SIGNING_PURPOSE);
  const feed = (since: number) =>
    crawler.removals(`${HOUSE}/api/removals`, {
      since,
      keys: (one) => (one === kid ? publicKey : undefined),
    });
  expect(await feed(0)).toMatchObject({ state: 'read', removals: [] });
  await withdrawWork(k, { workId, party: ada.party, actor: ada.user.id, reason: 'mine again' });
  await drain(k);
  const found = await feed(0);
  expect(found).toMatchObject({
    state: 'read',
    removals: [{ work: workId, kind: 'work-withdrawn', urls: [`${BLOG}/poems/`] }],
  });
  expect(await feed(found.state === 'read' ? found.next : 0)).toMatchObject({ removals: [] });
  expect(await read()).toMatchObject({ state: 'not-licensed' });
});
