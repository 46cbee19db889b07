import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
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
  site.pages['/poem'] = { body: 'Roses are red' };
  site.pages['/paid'] = gated(site, server, 'Violets are blue');
});
afterEach(closeHosts);

/** What was asked of the site beside robots.txt and terms. */
const asked = (host = site) => host.lines().filter((line) => !/robots\.txt|license\.xml/.test(line));

describe('what is free', () => {
  it('is fetched under its own name, and recorded', async () => {
    publish(site, free('/', 'search'));
    const { crawler, records } = crawlerFor(undefined);
    const found = await crawler.fetch(`${site.origin}/poem#end`, { use: 'search' });
    expect(found).toMatchObject({ state: 'fetched', status: 200, url: `${site.origin}/poem` });
    expect(found.state === 'fetched' && new TextDecoder().decode(found.body)).toBe('Roses are red');
    expect(asked()).toEqual(['HEAD /poem', 'GET /poem']);
    expect(site.arrived.map(({ headers }) => headers['user-agent'])).toEqual(
      Array(4).fill('AcmeBot/2.0 (+https://acme.example/bot)'),
    );
    expect(records()).toEqual([
      {
        format: 'clearway-crawl-1',
        at: '2026-11-22T00:00:00.000Z',
        outcome: 'fetched',
        url: `${site.origin}/poem`,
        agent: 'AcmeBot',
        use: 'search',
        status: 200,
        bytes: 13,
        sha256: hash('Roses are red'),
        terms: [{ url: `${site.origin}/license.xml`, sha256: hash(rsl(free('/', 'search'))) }],
        payment: 'free',
        charged: '0',
      },
    ]);
  });

  it('robots.txt and terms are asked for once an hour, whatever is fetched', async () => {
    publish(site, free('/', 'search'));
    const { crawler, clock } = crawlerFor(undefined);
    const twenty = Array.from({ length: 20 }, () => crawler.fetch(`${site.origin}/poem`, { use: 'search' }));
    await Promise.all(twenty);
    const documents = () => site.lines().filter((line) => /robots|license/.test(line)).length;
    expect(documents()).toBe(2);
    clock.now += 3_600_000;
    publish(site, '<content url="/"><license><prohibits type="usage">all</prohibits></license></content>');
    expect(await crawler.fetch(`${site.origin}/poem`, { use: 'search' })).toMatchObject({
      state: 'not-licensed',
      reason: 'prohibited',
    });
    expect(documents()).toBe(4);
  });
});

describe('what is not licensed is never fetched', () => {
  it.each([
    [
      'prohibited',
      '<content url="/"><license><prohibits type="usage">ai-all</prohibits></license></content>',
    ],
    ['prohibited', free('/', 'search')],
    ['no-terms', free('/elsewhere', 'ai-train')],
    ['terms-unreadable', '<content url="/"><license>'],
  ])('%s', async (reason, contents) => {
    publish(site, contents);
    const { crawler, lines } = crawlerFor(server);
    const found = await crawler.fetch(`${site.origin}/poem`, { use: 'ai-train' });
    expect(found).toMatchObject({ state: 'not-licensed', reason });
    expect(asked()).toEqual(['HEAD /poem']);
    expect(lines).toEqual([]);
  });

  it('no terms, terms that are gone, and one of two that is gone', async () => {
    const { crawler } = crawlerFor(server);
    const get = () => crawler.fetch(`${site.origin}/poem`, { use: 'search' });
    expect(await get()).toMatchObject({ state: 'not-licensed', reason: 'no-terms' });
    publish(site, free('/', 'search'), `License: ${site.origin}/gone.xml`);
    const again = crawlerFor(server).crawler;
    expect(await again.fetch(`${site.origin}/poem`, { use: 'search' })).toMatchObject({
      state: 'not-licensed',
      reason: 'terms-unreadable',
    });
    expect(asked().filter((line) => line.startsWith('GET /poem'))).toEqual([]);
  });

  it('a site that keeps this agent out, or whose robots.txt fails', async () => {
    publish(site, free('/', 'search'), 'User-agent: acmebot\nDisallow: /');
    const out = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'search' });
    expect(out).toMatchObject({ state: 'refused', reason: 'robots' });
    for (const status of [500, 503, 429]) {
      site.pages['/robots.txt'] = { status, headers: { 'Retry-After': '60' } };
      const found = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'search' });
      expect(found).toMatchObject({ state: 'unreachable', status, retryAfterS: 60 });
    }
    expect(asked()).toEqual([]);
  });

  it.each([
    ['tdm-reservation', '1'],
    ['content-usage', 'train-ai=n'],
    ['x-robots-tag', 'noai'],
    // As two lines arrive once they are joined.
    ['x-robots-tag', 'otherbot: noindex, noai'],
  ])('a free licence does not outweigh %s: %s', async (name, value) => {
    publish(site, free('/', 'ai-train'));
    site.pages['/poem'] = { headers: { [name]: value }, body: 'Roses' };
    const { crawler } = crawlerFor(undefined);
    expect(await crawler.fetch(`${site.origin}/poem`, { use: 'ai-train' })).toMatchObject({
      state: 'not-licensed',
      reason: 'signal',
    });
    expect(asked()).toEqual(['HEAD /poem']);
  });

  it.each([
    '<meta name="robots" content="noai">',
    '<script type="application/rsl+xml"><rsl/></script>',
    `<script type="application/rsl+xml">${rsl('<content url=""><license><prohibits type="usage">all</prohibits></license></content>')}</script>`,
    `<body><figure><script type="application/rsl+xml">${rsl('<content url=""><license><prohibits type="usage">all</prohibits></license></content>')}</script></figure>`,
    '<body><link rel="license" type="application/rsl+xml" href="ORIGIN/other.xml">',
    '<link rel="license" type="application/rsl+xml" href="ORIGIN/other.xml">',
    '<link rel="license" type="application/rsl+xml" href="ORIGIN/gone.xml">',
  ])('a page that says no in itself is thrown away: %s', async (tag) => {
    publish(site, free('/', 'ai-train'));
    site.pages['/other.xml'] = { body: rsl(priced(server.base, '/', 'ai-train', '0.001')) };
    const body = `<!doctype html><head>${tag.replace('ORIGIN', site.origin)}</head>Roses`;
    site.pages['/poem'] = { headers: { 'Content-Type': 'text/html' }, body };
    const { crawler, records } = crawlerFor(server);
    const found = await crawler.fetch(`${site.origin}/poem`, { use: 'ai-train' });
    expect(found).toMatchObject({ state: 'not-licensed', reason: 'page-terms' });
    expect(found).not.toHaveProperty('body');
    expect(records()).toMatchObject([{ outcome: 'discarded', sha256: hash(body) }]);
  });

  it('a page, or an element of it, that licenses the use in itself is kept', async () => {
    publish(site, free('/', 'ai-train'));
    const script = `<script type="application/rsl+xml">${rsl(free('', 'ai-train'))}</script>`;
    const body = `<!doctype html><head>${script}</head><figure>${script}</figure>`;
    site.pages['/poem'] = { headers: { 'Content-Type': 'text/html' }, body };
    const found = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'ai-train' });
    expect(found).toMatchObject({ state: 'fetched' });
  });

  it('a photo whose own metadata refuse the use is thrown away', async () => {
    publish(site, free('/', 'ai-train'));
    const refusal = `<r:rsl xmlns:r="https://rslstandard.org/rsl"><r:content url="${site.origin}/poem"><r:license><r:prohibits type="usage">ai-train</r:prohibits></r:license></r:content></r:rsl>`;
    const body = `photo <x:xmpmeta xmlns:x="adobe:ns:meta/">${refusal}</x:xmpmeta>`;
    site.pages['/poem'] = { headers: { 'Content-Type': 'image/jpeg' }, body };
    const found = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'ai-train' });
    expect(found).toMatchObject({ state: 'not-licensed', reason: 'page-terms' });
  });

  it('terms may stand in a feed that robots.txt names', async () => {
    const item = `<item><link>${site.origin}/poem</link><r:content url="${site.origin}/poem"><r:license><r:permits type="usage">search</r:permits></r:license></r:content></item>`;
    site.pages['/robots.txt'] = { body: `License: ${site.origin}/feed.rss` };
    site.pages['/feed.rss'] = {
      body: `<rss version="2.0" xmlns:r="https://rslstandard.org/rsl"><channel>${item}</channel></rss>`,
    };
    const get = (use: 'search' | 'ai-train') =>
      crawlerFor(undefined).crawler.fetch(`${site.origin}/poem`, { use });
    expect((await get('search')).state).toBe('fetched');
    expect((await get('ai-train')).state).toBe('not-licensed');
  });

  it('a use the crawler is not for', async () => {
    publish(site, free('/', 'all'));
    const { crawler } = crawlerFor(undefined, { uses: ['search'] });
    const get = (use: 'ai-train' | 'all') => crawler.fetch(`${site.origin}/poem`, { use });
    expect(await get('ai-train')).toMatchObject({ state: 'refused', reason: 'use' });
    expect(await get('all')).toMatchObject({ state: 'refused', reason: 'use' });
    const known = crawlerFor(undefined, { agent: { token: 'GPTBot', userAgent: 'GPTBot/1.2' } }).crawler;
    const found = await known.fetch(`${site.origin}/poem`, { use: 'search' });
    expect(found).toMatchObject({ state: 'refused', reason: 'use' });
    expect(site.lines()).toEqual([]);
  });

  it.each([
    'file:///etc/passwd',
    'nonsense',
    '',
    'https://user:pw@a.example/',
    'javascript:1',
    '//a.example/',
  ])('an address like %j', async (address) => {
    const found = await crawlerFor(undefined).crawler.fetch(address, { use: 'search' });
    expect(found).toMatchObject({ state: 'refused', reason: 'address' });
  });
});

describe('redirects', () => {
  it('lead to a host whose own robots.txt and terms count, and where no token goes', async () => {
    const other = await openHost();
    other.pages['/poem'] = { body: 'Elsewhere' };
    publish(site, priced(server.base, '/', 'ai-input', '0.001'));
    server.agreed.add('ai-input 0.001');
    site.pages['/paid'] = (request) =>
      request.method === 'HEAD' ? {} : { status: 302, headers: { Location: `${other.origin}/poem` } };
    const { crawler, lines } = crawlerFor(server);
    const get = () => crawler.fetch(`${site.origin}/paid`, { use: 'ai-input' });
    expect(await get()).toMatchObject({ state: 'not-licensed', url: `${other.origin}/poem` });
    expect(asked(other)).toEqual(['HEAD /poem']);
    expect([lines, crawler.spent()]).toEqual([[], '0']);
    publish(other, free('/', 'ai-input'));
    const again = crawlerFor(server).crawler;
    expect(await again.fetch(`${site.origin}/paid`, { use: 'ai-input' })).toMatchObject({
      state: 'fetched',
      url: `${other.origin}/poem`,
    });
    expect(other.arrived.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('end', async () => {
    site.pages['/robots.txt'] = { body: '' };
    site.pages['/poem'] = { status: 301, headers: { Location: '/poem' } };
    const found = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'search' });
    expect(found).toMatchObject({ state: 'unreachable', reason: 'redirects' });
    expect(asked()).toHaveLength(6);
  });
});

describe('answers that are none', () => {
  const get = async (more = {}) => {
    publish(site, free('/', 'search'));
    const { crawler, records } = crawlerFor(undefined, more);
    return { found: await crawler.fetch(`${site.origin}/poem`, { use: 'search' }), records };
  };

  it('statuses', async () => {
    for (const status of [404, 410, 500, 503]) {
      site.pages['/poem'] = { status };
      expect((await get()).found).toMatchObject({ state: 'unreachable', reason: 'status', status });
    }
    site.pages['/poem'] = { status: 403 };
    expect((await get()).found).toMatchObject({ state: 'refused', reason: 'scope' });
    site.pages['/poem'] = (request) => (request.method === 'HEAD' ? { status: 405 } : { body: 'x' });
    expect((await get()).found).toMatchObject({ state: 'fetched' });
  });

  it('nobody there, too slow, too long', async () => {
    const away = await crawlerFor(undefined).crawler.fetch('http://127.0.0.1:9/', { use: 'search' });
    expect(away).toMatchObject({ state: 'unreachable', reason: 'network' });
    const slow = await openHost(() => true);
    const { crawler } = crawlerFor(undefined, { timeoutMs: 100 });
    const late = await crawler.fetch(`${slow.origin}/`, { use: 'search' });
    expect(late).toMatchObject({ state: 'unreachable', reason: 'network' });
    site.pages['/poem'] = { body: 'x'.repeat(1001) };
    const { found, records } = await get({ maxBytes: 1000 });
    expect(found).toMatchObject({ state: 'unreachable', reason: 'too-large' });
    expect(records()).toMatchObject([{ outcome: 'discarded' }]);
  });

  it('content whose record cannot be kept is not handed out', async () => {
    const store = { append: () => Promise.reject(new Error('disk full')) };
    await expect(get({ store })).rejects.toThrow('disk full');
  });
});

describe('set-up that makes no sense', () => {
  it.each([
    { agent: { token: 'Acme Bot', userAgent: 'Acme Bot' } },
    { agent: { token: 'AcmeBot', userAgent: 'Mozilla/5.0' } },
    { uses: [] },
    { uses: ['train-ai' as 'ai-train'] },
    { budget: { currency: 'eur', total: '1', ceilings: {} } },
    { budget: { currency: 'EUR', total: '-1', ceilings: {} } },
    { budget: { currency: 'EUR', total: '1', ceilings: { crawl: '1e3' } } },
    { clients: [{ server: 'http://licenses.example/', id: 'a', secret: 'b' }] },
    { clients: [{ server: 'nowhere', id: 'a', secret: 'b' }] },
  ])('%j', (more) => {
    expect(() => crawlerFor(undefined, more)).toThrow(TypeError);
  });
});

describe('several documents', () => {
  it('the one the address names has the price, and a no in any stands', async () => {
    publish(site, priced(server.base, '/', 'ai-input', '0.009'));
    server.agreed.add('ai-input 0.001').add('ai-input 0.009');
    site.pages['/near.xml'] = { body: rsl(priced(server.base, '/poem$', 'ai-input', '0.001')) };
    const link = (name: string) => `<${site.origin}/${name}>; rel="license"; type="application/rsl+xml"`;
    site.pages['/poem'] = { headers: { Link: link('near.xml') }, body: 'Roses' };
    const near = crawlerFor(server);
    expect((await near.crawler.fetch(`${site.origin}/poem`, { use: 'ai-input' })).state).toBe('fetched');
    expect(near.crawler.spent()).toBe('0.001');

    site.pages['/no.xml'] = {
      body: rsl('<content url="/poem"><license><prohibits type="usage">all</prohibits></license></content>'),
    };
    site.pages['/poem'] = { headers: { Link: `${link('near.xml')}, ${link('no.xml')}` }, body: 'Roses' };
    const no = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'ai-input' });
    expect(no).toMatchObject({ state: 'not-licensed', reason: 'prohibited' });
  });

  it('two prices of the same nearness are nobody’s choice', async () => {
    publish(
      site,
      `<content url="/" server="${server.base}">${licensed('ai-input', '<payment type="crawl"/>')}</content>`,
      `License: ${site.origin}/two.xml`,
    );
    site.pages['/two.xml'] = { body: rsl(priced(server.base, '/', 'ai-input', '0.001')) };
    const found = await crawlerFor(server).crawler.fetch(`${site.origin}/poem`, { use: 'ai-input' });
    expect(found).toMatchObject({ state: 'not-licensed', reason: 'terms-conflict' });
  });
});
