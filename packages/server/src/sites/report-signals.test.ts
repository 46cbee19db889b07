import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let app: ReturnType<typeof createApp>;
let site: string;
beforeAll(async () => {
  w = await openSitesWorld();
  app = createApp(w.k);
  site = `http://novel.example:${w.port}`;
});
afterAll(() => w.close());
beforeEach(() => {
  w.answer = (request, response) => {
    if (request.url === '/robots.txt')
      response.end(
        `License: ${site}/l.xml\nUser-agent: *\nContent-Usage: train-ai=n\nAllow: /\nUser-agent: GPTBot\nDisallow: /Book\n`,
      );
    else if (request.url === '/l.xml')
      response.end(
        '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">train-ai</permits></license></content></rsl>',
      );
    else if (request.url === '/Book?x=1') {
      response.setHeader('X-Robots-Tag', 'noai');
      response.setHeader('Content-Type', 'text/html');
      response.end('<head><meta name="tdm-reservation" content="1"></head><script>alert(1)</script>');
    } else response.writeHead(404).end();
  };
});

let network = 0;
function send(path: string, body: FormData | object, headers: Record<string, string> = {}) {
  const form = body instanceof FormData;
  network += 1;
  return app.request(path, {
    method: 'POST',
    headers: {
      'X-Forwarded-For': `198.51.100.${network}`,
      ...(form ? { Accept: 'text/html' } : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: form ? body : JSON.stringify(body),
  });
}
function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

it('tells anybody what a page says to each kind of program, what contradicts itself and what to change', async () => {
  const page = await send('/check', form({ url: `${site}/Book?x=1#top` }));
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain('Crawlers that gather training data');
  expect(html).toContain('GPTBot');
  expect(html).toContain('X-Robots-Tag');
  expect(html).not.toContain('alert(1)');
  const german = await send('/check', form({ url: `${site}/Book?x=1` }), { 'Accept-Language': 'de' });
  expect(await german.text()).toContain('Programme, die Trainingsdaten sammeln');
});

it('says the same to programs', async () => {
  const answer = await send('/api/signal-reports', { url: `${site}/Book?x=1` });
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as {
    asked: { status: number }[];
    classes: { usage: string; outcome: string; others: { agents: string[] }[] }[];
    findings: { code: string }[];
    licenses: { level: string; issues: unknown[] }[];
  };
  expect(report.asked.map(({ status }) => status)).toEqual([200, 200, 404, 404, 200]);
  expect(report.classes[0]).toMatchObject({
    usage: 'ai-train',
    outcome: 'refused',
    others: [{ agents: ['GPTBot'] }],
  });
  expect(report.licenses).toMatchObject([{ level: 'not-conformant' }]);
  expect(report.findings.map(({ code }) => code)).toContain('group-forgets');
});

it('reads a file, a text and an archive, which ask nobody', async () => {
  const before = w.asked.length;
  const file = new File(['User-agent: *\nContent-Signal: ai-train=no'], 'robots.txt');
  expect(await (await send('/check', form({ file }))).text()).toContain('What the file says');
  const text = { text: 'tdm-reservation: 1', kind: 'headers.txt' };
  expect(await (await send('/check', form(text))).text()).toContain('TDMRep (HTTP)');
  const har = await send('/api/signal-reports', { name: 'a.har', text: '{}' });
  expect([har.status, ((await har.json()) as { code: string }).code]).toEqual([
    422,
    'signals-nothing-to-read',
  ]);
  expect(w.asked.length).toBe(before);
});

const license = (head: string, url = '/articles/*') =>
  `<rsl${head}><content url="${url}"><license><prohibits type="usage">all</prohibits></license></content></rsl>`;

it.each([
  ['tdmrep.json', '[{"location":"/articles/*","tdm-reservation":1}]', '/articles/*'],
  ['robots.txt', 'User-agent: GPTBot\nDisallow: /articles/', '/articles/'],
  ['license.xml', license(' xmlns="https://rslstandard.org/rsl"'), '/articles/*'],
  ['ai.txt', 'User-Agent: *\nDisallow: *.jpg', '*.jpg'],
])(
  'tells for each part of a site what %s says, and never that nothing is reserved',
  async (kind, text, where) => {
    for (const language of ['en', 'de']) {
      const page = await send('/check', form({ text, kind }), { 'Accept-Language': language });
      const html = await page.text();
      expect(html).not.toContain('2019/790');
      expect(html).toContain(`<code>${where}</code>`);
      expect(html).toContain(language === 'de' ? 'nicht erlaubt' : 'not allowed');
      expect(html.length).toBeLessThan(60_000);
    }
    const found = await send('/api/signal-reports', { name: kind, text });
    const report = (await found.json()) as {
      places: { pattern: string; sentence: string }[];
      sentence: string;
    };
    expect(report.places.map((one) => one.pattern)).toEqual(['/', where]);
    expect(report.places[1]!.sentence).toContain(`For ${where}: training AI models: `);
  },
);

it('judges a file for the address that is meant, and refuses one that is none', async () => {
  const text = '[{"location":"/articles/*","tdm-reservation":1}]';
  const ask = async (address: string) => {
    const answer = await send('/api/signal-reports', { name: 'tdmrep.json', text, address });
    return (await answer.json()) as { url: string; sentence: string; places: unknown[]; code?: string };
  };
  for (const address of ['/articles/1', 'https://a.example/articles/1', 'a.example/articles/1']) {
    const { sentence, places } = await ask(address);
    expect([sentence.includes('training AI models: not allowed'), places]).toEqual([true, []]);
  }
  const other = await ask('/about');
  expect(other.sentence).toContain('rules for other addresses or programs: /articles/*');
  expect((await ask('mailto:a@a.example')).code).toBe('site-address-invalid');
  const page = await send('/check', form({ text, kind: 'tdmrep.json', address: '/articles/1' }));
  const html = await page.text();
  expect(html).toContain('What /articles/1 says');
  expect(html).toContain('value="/articles/1"');
});

it('knows a file by what stands in it, or by what somebody says it is', async () => {
  const robots = 'User-agent: *\nContent-Signal: ai-train=no';
  const named = async (name: string, body: string, kind = '') => {
    const file = new File([body], name);
    return (await send('/check', form({ file, kind }))).text();
  };
  for (const name of ['robots (1).txt', 'example.com-robots.txt', 'robots', 'download'])
    expect(await named(name, robots)).toContain('Content-Signal');
  expect(await named('notes.txt', 'Content-Usage: train-ai=n', 'robots.txt')).toContain('User-agent');
  expect(await named('notes.txt', 'Nothing to see')).toContain('signals-nothing-to-read');
  for (const head of ['', ' xmlns="http://rslstandard.org/rsl"'])
    for (const html of [
      await named('license.txt', license(head)),
      await named('terms.xml', license(head)),
      await (await send('/check', form({ text: license(head), kind: 'license.xml' }))).text(),
      await (await send('/check', form({ text: license(head) }))).text(),
    ]) {
      expect(html).toContain('R2-not-rsl');
      expect(html).toContain(
        'Make &lt;rsl xmlns=&quot;https://rslstandard.org/rsl&quot;&gt; the root element.',
      );
    }
});

it('tells what is wrong with an RSL document in the language of the page', async () => {
  const text = license(' xmlns="https://rslstandard.org/rsl" max-age="soon"', 'articles');
  const told = async (language: string) => {
    const page = await send('/check', form({ text, kind: 'license.xml' }), { 'Accept-Language': language });
    return (await page.text()).replace(/^[\s\S]*<main|<footer[\s\S]*$/g, '');
  };
  const english = await told('en');
  expect(english).toContain('max-age is &quot;soon&quot;.');
  expect(english).toContain('Write a path pattern that begins with &quot;/&quot;.');
  const german = await told('de');
  expect(german).toContain('Das RSL-Dokument');
  expect(german).toContain('max-age ist „soon“.');
  expect(german).toContain('Schreiben Sie ein Pfadmuster, das mit „/“ beginnt.');
  expect(german).not.toMatch(/lang="en"|max-age is &|Write a /);
});

it('keeps the page small for a file with many places and names', async () => {
  const groups = Array.from(
    { length: 60 },
    (_, at) => `User-agent: bot${at}\nDisallow: /${'x'.repeat(200)}${at}/\n`,
  );
  const html = await (await send('/check', form({ text: groups.join('\n'), kind: 'robots.txt' }))).text();
  expect(html).toContain('bot19');
  expect(html.length).toBeLessThan(60_000);
});

it('takes a platform that refuses to be read as a fact, not as an error', async () => {
  w.answer = (_request, response) => response.writeHead(403).end();
  const answer = await send('/api/signal-reports', { url: `https://soundcloud.com:${w.tlsPort}/jane/track` });
  const report = (await answer.json()) as { asked: { status: number }[] };
  expect(report).toMatchObject({ platform: 'SoundCloud', classes: [{ outcome: 'unknown' }, {}, {}, {}] });
  expect(report.asked.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

it('never asks a private address, and needs something to read', async () => {
  w.dns.zone.set('inside.example', { A: ['192.168.1.1'] });
  const inside = await send('/api/signal-reports', { url: 'https://inside.example/' });
  expect(await inside.json()).toMatchObject({ asked: Array(4).fill({ error: 'net-address-refused' }) });
  const number = await send('/check', form({ url: 'http://127.0.0.1/' }));
  expect([number.status, await number.text()]).toEqual([
    422,
    expect.stringContaining('site-address-private'),
  ]);
  expect((await send('/check', form({ url: '' }))).status).toBe(422);
});

it('slows down a network, and spares a site that many ask about', async () => {
  const ask = (from: string) =>
    send('/api/signal-reports', { name: 'ai.txt', text: 'x' }, { 'X-Forwarded-For': from });
  const answers = await Promise.all(Array.from({ length: 14 }, () => ask('203.0.113.9')));
  expect(answers.filter((one) => one.status === 429).length).toBeGreaterThan(0);
  expect((await ask('203.0.113.10')).status).toBe(200);
  w.answer = (_request, response) => response.writeHead(404).end();
  const many = await Promise.all(
    Array.from({ length: 24 }, () =>
      send('/api/signal-reports', { url: `http://www.novel.example:${w.port}/` }),
    ),
  );
  expect(many.some((one) => one.status === 429)).toBe(true);
});
