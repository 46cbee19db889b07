import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sumCharged } from './index.ts';
import {
  type Answer,
  CLIENT,
  closeHosts,
  crawlerFor,
  free,
  gated,
  type Host,
  hash,
  type LicenseServer,
  licensed,
  openHost,
  openLicenseServer,
  priced,
  publish,
  rsl,
} from './testing/olp-world.ts';

let site: Host;
let server: LicenseServer;
beforeEach(async () => {
  [site, server] = [await openHost(), await openLicenseServer()];
  site.pages['/paid'] = gated(site, server, 'Violets are blue');
  publish(site, free('/', 'search') + priced(server.base, '/', 'ai-input', '0.002'));
  server.agreed.add('ai-input 0.002');
});
afterEach(closeHosts);

const tokens = () => server.lines().filter((line) => line === 'POST /olp/site-1/token').length;
const gets = (host = site) => host.lines().filter((line) => line === 'GET /paid').length;
const fetchPaid = ({ crawler }: ReturnType<typeof crawlerFor>) =>
  crawler.fetch(`${site.origin}/paid`, { use: 'ai-input' });

describe('buying', () => {
  it('gets one token for many fetches, and writes down what each cost', async () => {
    const world = crawlerFor(server);
    const found = await Promise.all(Array.from({ length: 10 }, () => fetchPaid(world)));
    expect(found.map(({ state }) => state)).toEqual(Array(10).fill('fetched'));
    expect(tokens()).toBe(1);
    expect(world.crawler.spent()).toBe('0.02');
    expect(sumCharged(world.lines, 'EUR')).toBe('0.02');
    expect(sumCharged(world.lines, 'USD')).toBe('0');
    const [record] = world.records();
    expect(record).toMatchObject({
      payment: 'crawl',
      charged: '0.002',
      price: { amount: '0.002', currency: 'EUR', per: 1, unit: 'fetch' },
      license: { server: server.base, resource: '/' },
      terms: [{ url: `${site.origin}/license.xml` }],
      sha256: hash('Violets are blue'),
    });
    const counts = world.records().map((one) => (one.usage as { count: number }).count);
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const secret of [...server.live.keys(), CLIENT.secret])
      expect(world.lines.join()).not.toContain(secret);
  });

  it('asks as the protocol wants it', async () => {
    await fetchPaid(crawlerFor(server));
    const { headers, body } = server.arrived[0]!;
    const form = new URLSearchParams(body);
    expect([...form.keys()].sort()).toEqual(['grant_type', 'license', 'resource']);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Buffer.from(headers.authorization!.slice(6), 'base64').toString()).toBe(
      'acme+%26+co:s3cret%3A%25%2F%2B%C3%A4',
    );
    expect(form.get('license')).toBe(
      '<license xmlns="https://rslstandard.org/rsl"><permits type="usage">ai-input</permits><payment type="crawl">' +
        '<amount currency="EUR">0.002</amount></payment></license>',
    );
  });

  it('sends the credentials in the form to a server that wants it so', async () => {
    const clients = [{ server: server.origin, ...CLIENT, tokenEndpointAuth: 'post' as const }];
    expect((await fetchPaid(crawlerFor(server, { clients }))).state).toBe('fetched');
    expect(server.arrived[0]!.headers.authorization).toBeUndefined();
  });

  it('what is free stays free of tokens', async () => {
    const { crawler } = crawlerFor(server);
    site.pages['/paid'] = { body: 'open to all' };
    expect((await crawler.fetch(`${site.origin}/paid`, { use: 'search' })).state).toBe('fetched');
    expect(tokens()).toBe(0);
  });

  it('a token is asked for even where it costs nothing, if the terms name a server', async () => {
    publish(
      site,
      `<content url="/" server="${server.base}">${licensed('ai-input', '<payment type="free"/>')}</content>`,
    );
    server.agreed.add('ai-input');
    const world = crawlerFor(server);
    expect((await fetchPaid(world)).state).toBe('fetched');
    expect([tokens(), world.crawler.spent()]).toEqual([1, '0']);
  });

  it('the cheapest of several offers is taken', async () => {
    const offer = (decimal: string) =>
      licensed('ai-input', `<payment type="crawl"><amount currency="EUR">${decimal}</amount></payment>`);
    publish(
      site,
      `<content url="/" server="${server.base}">${offer('0.005')}${offer('0.002')}${offer('0.004')}</content>`,
    );
    const world = crawlerFor(server);
    await fetchPaid(world);
    expect(world.crawler.spent()).toBe('0.002');
  });
});

it('of several units the one that stands first among the ceilings is taken', async () => {
  const offer = (type: string, decimal: string) =>
    licensed('ai-input', `<payment type="${type}"><amount currency="EUR">${decimal}</amount></payment>`);
  publish(
    site,
    `<content url="/" server="${server.base}">${offer('use', '0.01')}${offer('crawl', '0.002')}</content>`,
  );
  server.agreed.add('ai-input 0.01');
  for (const [first, second] of [
    ['crawl', 'use'],
    ['use', 'crawl'],
  ] as const) {
    const ceilings = { [first]: '0.05', [second]: '0.05' };
    const world = crawlerFor(server, { budget: { currency: 'EUR', total: '1', ceilings } });
    await fetchPaid(world);
    expect(world.records()).toMatchObject([{ payment: first }]);
  }
});

describe('what nobody has agreed to', () => {
  it('names the quote the server made', async () => {
    server.agreed.clear();
    expect(await fetchPaid(crawlerFor(server))).toMatchObject({
      state: 'needs-quote',
      reason: 'agreement',
      quoteUri: `${server.origin}/quotes/7`,
    });
    expect(gets()).toBe(0);
  });

  it('no secret goes to a server the terms name but nobody has an account at', async () => {
    const thief = await openHost();
    for (const base of [
      thief.origin,
      `${server.origin}/olp-evil`,
      server.origin,
      `${server.origin}/olp/../x`,
    ]) {
      publish(site, priced(base, '/', 'ai-input', '0.002'));
      expect(await fetchPaid(crawlerFor(server))).toMatchObject({
        state: 'needs-quote',
        reason: 'agreement',
      });
    }
    expect([thief.lines(), server.lines()]).toEqual([[], []]);
  });

  it.each([
    ['<payment type="subscription"><amount currency="EUR">0.001</amount></payment>', undefined],
    ['<payment type="crawl"><amount currency="USD">0.001</amount></payment>', undefined],
    ['<payment type="crawl"/>', undefined],
    ['<payment type="crawl"><custom>https://a.example/ask</custom></payment>', 'https://a.example/ask'],
    ['<payment><standard>https://c.example/join</standard></payment>', 'https://c.example/join'],
    ['<payment type="attribution"/>', undefined],
  ])('%s', async (payment, quoteUri) => {
    publish(site, `<content url="/">${licensed('ai-input', payment)}</content>`);
    const found = await fetchPaid(crawlerFor(server));
    expect(found).toMatchObject({ state: 'needs-quote' });
    expect('quoteUri' in found ? found.quoteUri : undefined).toBe(quoteUri);
    expect(gets()).toBe(0);
  });

  it('what the company lives up to anyway is enough', async () => {
    publish(site, `<content url="/">${licensed('ai-input', '<payment type="attribution"/>')}</content>`);
    site.pages['/paid'] = { body: 'with a link, please' };
    const world = crawlerFor(undefined, { obligations: ['attribution'] });
    expect((await fetchPaid(world)).state).toBe('fetched');
    expect(world.records()).toMatchObject([{ payment: 'attribution', charged: '0' }]);
    site.pages['/paid'] = { headers: { 'x-robots-tag': 'noai' }, body: 'not like this' };
    expect(await fetchPaid(world)).toMatchObject({ state: 'not-licensed', reason: 'signal' });
    const html = '<!doctype html><head><meta name="robots" content="noai"></head>';
    site.pages['/paid'] = { headers: { 'Content-Type': 'text/html' }, body: html };
    expect(await fetchPaid(world)).toMatchObject({ state: 'not-licensed', reason: 'page-terms' });
  });

  it('a licence that was got outweighs a plain refusal', async () => {
    const open = gated(site, server, 'Violets') as (request: unknown) => Answer;
    site.pages['/paid'] = (request) => {
      const answer = open(request);
      return { ...answer, headers: { ...answer.headers, 'x-robots-tag': 'noai', 'tdm-reservation': '1' } };
    };
    expect((await fetchPaid(crawlerFor(server))).state).toBe('fetched');
  });

  it('a framework the company has joined is settled with its server', async () => {
    const payment = '<payment><standard>https://c.example/join</standard></payment>';
    publish(site, `<content url="/" server="${server.base}">${licensed('ai-input', payment)}</content>`);
    server.agreed.add('ai-input');
    expect((await fetchPaid(crawlerFor(server))).state).toBe('needs-quote');
    const world = crawlerFor(server, { standards: ['https://c.example/join'] });
    expect((await fetchPaid(world)).state).toBe('fetched');
  });
});

describe('the budget', () => {
  it('a price above the ceiling is not paid', async () => {
    publish(site, priced(server.base, '/', 'ai-input', '0.010000000000001'));
    expect(await fetchPaid(crawlerFor(server))).toMatchObject({
      state: 'over-budget',
      reason: 'price',
      price: '0.010000000001 EUR',
    });
    expect([tokens(), gets()]).toEqual([0, 0]);
  });

  it('ends exactly, also for many at once, and counts what was spent before', async () => {
    const budget = { currency: 'EUR', total: '0.01', spent: '0.0039', ceilings: { crawl: '0.002' } };
    const world = crawlerFor(server, { budget });
    const found = await Promise.all(Array.from({ length: 8 }, () => fetchPaid(world)));
    expect(found.filter(({ state }) => state === 'fetched')).toHaveLength(3);
    expect(found.filter(({ state }) => state === 'over-budget')).toHaveLength(5);
    expect([gets(), world.crawler.spent()]).toEqual([3, '0.0099']);
  });

  it('what is paid by answer costs nothing to fetch, but keeps to its ceiling', async () => {
    publish(site, priced(server.base, '/', 'ai-input', '0.04', 'use'));
    server.agreed.add('ai-input 0.04');
    const world = crawlerFor(server);
    expect((await fetchPaid(world)).state).toBe('fetched');
    expect(world.crawler.spent()).toBe('0');
    expect(world.records()).toMatchObject([
      { payment: 'use', charged: '0', price: { amount: '0.04', unit: 'use' } },
    ]);
  });

  it('what did not come is not spent', async () => {
    const world = crawlerFor(server);
    for (const status of [403, 404, 500, 503]) {
      site.pages['/paid'] = (request) => (request.method === 'HEAD' ? {} : { status });
      expect((await fetchPaid(world)).state).not.toBe('fetched');
    }
    server.agreed.clear();
    await crawlerFor(server).crawler.fetch(`${site.origin}/paid`, { use: 'ai-input' });
    expect([world.crawler.spent(), world.lines]).toEqual(['0', []]);
  });
});

describe('tokens', () => {
  it('are asked for again shortly before they end', async () => {
    const world = crawlerFor(server);
    await fetchPaid(world);
    world.clock.now += 889_000;
    await fetchPaid(world);
    expect(tokens()).toBe(1);
    world.clock.now += 1_000;
    await fetchPaid(world);
    expect(tokens()).toBe(2);
    server.lifeS = 0;
    world.clock.now += 890_000;
    await fetchPaid(world);
    world.clock.now += 1e12;
    await fetchPaid(world);
    expect(tokens()).toBe(3);
  });

  it('that are no longer taken are got anew, once', async () => {
    const world = crawlerFor(server);
    await fetchPaid(world);
    server.live.clear();
    expect((await fetchPaid(world)).state).toBe('fetched');
    expect([tokens(), gets(), world.lines.length]).toEqual([2, 3, 2]);
    site.pages['/paid'] = (request) => (request.method === 'HEAD' ? {} : { status: 401 });
    expect(await fetchPaid(world)).toMatchObject({ state: 'refused', reason: 'token' });
    site.pages['/paid'] = (request) => (request.method === 'HEAD' ? {} : { status: 402 });
    expect(await fetchPaid(world)).toMatchObject({ state: 'needs-quote', reason: 'agreement' });
    expect([gets(), world.crawler.spent()]).toEqual([7, '0.004']);
  });

  it('of terms that changed are bought under the new ones, within the ceiling', async () => {
    const world = crawlerFor(server);
    await fetchPaid(world);
    publish(site, priced(server.base, '/', 'ai-input', '0.003'));
    server.agreed.clear();
    server.agreed.add('ai-input 0.003');
    server.live.clear();
    expect((await fetchPaid(world)).state).toBe('fetched');
    expect(world.records().map((one) => one.charged)).toEqual(['0.002', '0.003']);
    publish(site, priced(server.base, '/', 'ai-input', '5'));
    server.live.clear();
    expect(await fetchPaid(world)).toMatchObject({ state: 'over-budget' });
    publish(site, free('/', 'search'));
    const late = crawlerFor(server);
    expect(await fetchPaid(late)).toMatchObject({ state: 'not-licensed', reason: 'prohibited' });
    expect(world.crawler.spent()).toBe('0.005');
  });

  it.each(['application/rsl+xml; charset=utf-8', 'application/xml'])(
    'terms that come with the 402 itself count, as %s',
    async (type) => {
      site.pages['/robots.txt'] = { body: '' };
      site.pages['/license.xml'] = { status: 404 };
      const open = gated(site, server, 'Violets') as (request: unknown) => Answer;
      site.pages['/paid'] = (request) => {
        const answer = open(request);
        if (answer.status === undefined) return answer;
        const headers = { 'Content-Type': type };
        return { status: 402, headers, body: rsl(priced(server.base, '/paid$', 'ai-input', '0.002')) };
      };
      // The body of a closed door is looked at too, where nothing else names terms (RSL 1.0 §4.10).
      expect((await fetchPaid(crawlerFor(server))).state).toBe('fetched');
      publish(site, free('/', 'ai-input'));
      expect((await fetchPaid(crawlerFor(server))).state).toBe('fetched');
    },
  );

  it.each<[string, Answer]>([
    ['unreachable', { status: 200, body: 'not json' }],
    ['unreachable', { body: JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 1 }) }],
    ['unreachable', { body: JSON.stringify({ access_token: 'a b', token_type: 'License', expires_in: 1 }) }],
    ['unreachable', { body: JSON.stringify({ access_token: 'a\r\nX: y', token_type: 'License' }) }],
    ['unreachable', { body: JSON.stringify([]) }],
    ['unreachable', { status: 500, body: '{"error":"server_error"}' }],
    ['unreachable', { status: 503, headers: { 'Retry-After': '5' } }],
    ['refused', { status: 401, body: '{"error":"invalid_client"}' }],
    ['refused', { status: 400, body: '{"error":"invalid_resource"}' }],
    ['refused', { status: 302, headers: { Location: 'http://127.0.0.1:9/' } }],
    ['needs-quote', { status: 400, body: '{"error":"invalid_license","quote_uri":"javascript:alert(1)"}' }],
  ])('%s after %j', async (state, answer) => {
    server.next = answer;
    const world = crawlerFor(server);
    const found = await fetchPaid(world);
    expect(found.state).toBe(state);
    expect(found).not.toHaveProperty('quoteUri');
    expect([gets(), world.crawler.spent()]).toEqual([0, '0']);
    expect((await fetchPaid(world)).state).toBe('fetched');
  });

  it('are not sent without TLS beyond this machine', async () => {
    const world = crawlerFor(server, {
      fetch: (url, init) => fetch(url.replace('http://blog.example', site.origin), init),
    });
    const found = await world.crawler.fetch('http://blog.example/paid', { use: 'ai-input' });
    expect(found).toMatchObject({ state: 'refused', reason: 'address' });
    expect([tokens(), gets()]).toEqual([0, 0]);
  });

  it('a License-Usage header that cannot be read is kept as it came', async () => {
    site.pages['/paid'] = { headers: { 'License-Usage': 'lots' }, body: 'x' };
    const world = crawlerFor(server);
    await fetchPaid(world);
    expect(world.records()).toMatchObject([{ usageHeader: 'lots' }]);
  });
});
