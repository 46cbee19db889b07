import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeReport } from './describe-report.ts';
import { gatherSources, type SignalFetch } from './gather-sources.ts';
import { openFile } from './open-file.ts';
import { readHar } from './read-har.ts';
import { readSignals } from './read-signals.ts';

const at = '2026-11-22T00:00:00Z';
const origin = 'https://a.example';
const rsl = `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">ai-train</permits><payment type="use"><amount currency="EUR">1</amount></payment></license></content></rsl>`;
const robots = `License: ${origin}/l.xml\nLicense: /relative.xml\nUser-agent: *\nContent-Signal: ai-input=no\nDisallow:\nUser-agent: GPTBot\nDisallow: /poem\n`;

function site(pages: Record<string, [type: string, body: string, status?: number]>): SignalFetch {
  return async (url) => {
    const page = pages[url];
    if (!page) return { error: 'nobody' };
    const [type, body, status = 200] = page;
    const headers = new Headers({ 'content-type': type });
    if (type === 'text/html') headers.set('tdm-policy', `${origin}/policy.json`);
    return { url, status, headers, body: new TextEncoder().encode(body) };
  };
}

/** A ZIP archive with a local and a central record for each file. */
function zip(files: Record<string, string>, packed = true): Uint8Array {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = packed ? deflateRawSync(Buffer.from(text)) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(packed ? 8 : 0, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(packed ? 8 : 0, 10);
    record.writeUInt32LE(data.length, 20);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(at, 42);
    central.push(record, Buffer.from(name));
    parts.push(local, Buffer.from(name), data);
    at += 30 + name.length + data.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>';
const opf = '<package><metadata><meta property="tdm:reservation">1</meta></metadata></package>';
const xmp =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tdm="http://www.w3.org/ns/tdmrep/" tdm:reservation="1"/></rdf:RDF></x:xmpmeta>';

async function outcomeOf(name: string, body: Uint8Array) {
  const sources = await openFile(name, body, { url: `${origin}/${name}`, at });
  const report = await readSignals({ url: `${origin}/${name}`, at, sources });
  return [report.verdicts[0]!.usages['ai-train'].outcome, sources.length];
}

describe('what a site says, gathered', () => {
  it('asks for the page, the fixed places, and what they name', async () => {
    const fetch = site({
      [`${origin}/poem`]: [
        'text/html',
        '<head><link rel="license" href="https://creativecommons.org/x"></head>',
      ],
      [`${origin}/robots.txt`]: ['text/plain', robots],
      [`${origin}/l.xml`]: ['application/rsl+xml', rsl],
      [`${origin}/policy.json`]: ['application/json', '{"@type":"Offer"}'],
    });
    const found = await gatherSources(fetch, `${origin}/poem`, at);
    expect(found.asked.map(({ kind, status, error }) => `${kind} ${status ?? error}`)).toEqual([
      'headers 200',
      'robots 200',
      'tdmrep nobody',
      'ai-txt nobody',
      'rsl 200',
      'tdm-policy 200',
    ]);
    expect(found.ignored.map((one) => one.reason)).toEqual(['relative', 'no-type']);
    const report = await readSignals({
      url: found.url,
      at,
      sources: found.sources,
      agents: ['*', 'GPTBot', 'CCBot'],
    });
    const told = describeReport(report, 'en', found);
    const train = told.classes.find((one) => one.usage === 'ai-train')!;
    expect(train).toMatchObject({ outcome: 'conditional', usable: false });
    expect(train.others).toEqual([{ agents: ['GPTBot'], says: 'not allowed; may not even fetch it' }]);
    expect(told.findings.map((one) => one.code)).toContain('closed-offer');
    expect(told.findings.filter((one) => one.code === 'licence-ignored')).toHaveLength(2);
    expect(told.channels.find((one) => one.carrier === 'content-signal')!.says).toMatchObject({
      'ai-input': 'disallow',
      search: 'nothing',
    });
    expect(describeReport(report, 'de', found).sentence).toMatch(
      /^Was hier wirklich steht: .*nur zu Bedingungen/,
    );
  });

  it('what is to be mended in how licences are named and served is told in both languages', async () => {
    const body = `User-agent: *\nAllow: /\nUser-agent: GPTBot\nDisallow: /x\nLicense: ${origin}/l.xml\n`;
    const pages = site({
      [`${origin}/poem`]: [
        'text/html',
        `<head><link rel="license" type="application/rsl+xml" href="${origin}/m.xml"></head>
         <body><link rel="license" type="application/rsl+xml" href="http://a.example/n.xml">`,
      ],
      [`${origin}/robots.txt`]: ['text/plain', body],
      [`${origin}/l.xml`]: ['application/xml', rsl],
    });
    const fetch: SignalFetch = async (url, about) =>
      url === `${origin}/m.xml`
        ? {
            url: 'https://b.example/m.xml',
            status: 200,
            headers: new Headers({ 'content-type': 'application/rsl+xml' }),
            body: new TextEncoder().encode(rsl),
            redirects: [{ url }],
          }
        : pages(url, about);
    const found = await gatherSources(fetch, `${origin}/poem`, at);
    const report = await readSignals({ url: found.url, at, sources: found.sources, agents: ['*', 'GPTBot'] });
    const codes = (language: 'en' | 'de') =>
      describeReport(report, language, found).findings.flatMap(({ code }) =>
        code.startsWith('licence') ? [code] : [],
      );
    const all = ['licence-line-trails', 'licence-elsewhere', 'licence-unread', 'licence-type'];
    expect(codes('en').toSorted()).toEqual(all.toSorted());
    expect(codes('de')).toEqual(codes('en'));
    expect(found.asked.find((one) => one.url === 'http://a.example/n.xml')?.error).toBe('insecure');
    // A robots.txt by itself is enough for the line at its end.
    const sources = found.sources.filter((one) => one.kind === 'robots');
    expect(describeReport(report, 'en', { sources }).findings.map((one) => one.code)).toContain(
      'licence-line-trails',
    );
  });

  it('a line for another agent does not swallow the next one', async () => {
    const seen = async (lines?: [string, string][]) => {
      const headers = new Headers([
        ['content-type', 'text/html'],
        ['x-robots-tag', 'otherbot: noindex'],
        ['x-robots-tag', 'noai'],
      ]);
      const body = new Uint8Array();
      const fetch: SignalFetch = async (url) =>
        url === `${origin}/poem`
          ? { url, status: 200, headers, body, ...(lines && { lines }) }
          : { url, status: 404, headers: new Headers(), body };
      const { sources } = await gatherSources(fetch, `${origin}/poem`, at);
      const report = await readSignals({ url: `${origin}/poem`, sources, at, agents: ['GPTBot'] });
      return report.verdicts[0]!.usages['ai-train'].outcome;
    };
    const type: [string, string] = ['Content-Type', 'text/html'];
    expect(await seen([type, ['X-Robots-Tag', 'otherbot: noindex'], ['X-Robots-Tag', 'noai']])).toBe(
      'refused',
    );
    expect(await seen([type, ['X-Robots-Tag', 'otherbot: noindex, noai']])).toBe('unknown');
    // Joined: whom the second was for cannot be told, so it is for everybody.
    expect(await seen()).toBe('refused');
  });

  it('a group that forgets is named', async () => {
    const body =
      'User-agent: *\nContent-Usage: train-ai=n\nDisallow:\nUser-agent: ClaudeBot\nDisallow: /x\nUser-agent: CCBot\nDisallow: /';
    const sources = [{ kind: 'robots', url: `${origin}/robots.txt`, at, status: 200, body }] as const;
    const report = await readSignals({ url: `${origin}/`, at, sources });
    const { findings } = describeReport(report, 'en', { sources });
    expect(findings.find((one) => one.code === 'group-forgets')!.text).toContain('ClaudeBot');
    expect(findings.find((one) => one.code === 'group-forgets')!.text).not.toContain('CCBot');
  });

  it.each([
    ['application/rsl+xml', rsl],
    ['application/xml', rsl.replace('url="/"', 'url=""')],
    ['text/html', `<html><head><script type="application/rsl+xml">${rsl}</script></head></html>`],
  ])('the terms in the body of a 402 count, served as %s', async (type, body) => {
    const fetch = site({
      [`${origin}/poem`]: [type, body, 402],
      [`${origin}/robots.txt`]: ['text/plain', ''],
    });
    const found = await gatherSources(fetch, `${origin}/poem`, at);
    const report = await readSignals({
      url: found.url,
      at,
      sources: found.sources.filter((one) => one.status !== 0),
    });
    expect(report.verdicts[0]!.usages['ai-train'].outcome).toBe('conditional');
  });

  it('a fault of RSL inside a page or a file is named, a feed of RSL is none', async () => {
    const item = `<item><link>${origin}/a</link><rsl:content url="${origin}/a"><rsl:license/></rsl:content></item>`;
    const files: Record<string, string> = {
      'a.html': `<script type="application/rsl+xml">${rsl.replace('ai-train', 'train').replace('"/"', '""')}</script>`,
      'a.xmp':
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:rsl xmlns:r="https://rslstandard.org/rsl"><r:content url=""/></r:rsl></x:xmpmeta>',
      'a.xml': `<rss xmlns:rsl="https://rslstandard.org/rsl"><channel>${item}</channel></rss>`,
    };
    const codes: string[][] = [];
    for (const [name, body] of Object.entries(files)) {
      const sources = await openFile(name, new TextEncoder().encode(body), { url: `${origin}/a`, at });
      const report = await readSignals({ url: `${origin}/a`, at, sources });
      const faults = describeReport(report, 'en', { sources }).findings.filter(
        (one) => one.code === 'rsl-fault',
      );
      codes.push(faults.map((one) => /\((R\d+)-/.exec(one.text)![1]!));
    }
    expect(codes).toEqual([['R33'], ['R15', 'R73'], []]);
  });

  it('reads an HTTP archive', async () => {
    const entry = (url: string, mimeType: string, text: string) => ({
      startedDateTime: at,
      request: { url },
      response: { status: 200, headers: [{ name: 'Content-Type', value: mimeType }], content: { text } },
    });
    const entries = [
      entry(`${origin}/a.js`, 'text/javascript', ''),
      entry(`${origin}/poem`, 'text/html', '<meta name=tdm-reservation content=1>'),
      entry(`${origin}/robots.txt`, 'text/plain', robots),
      entry(`${origin}/l.xml`, 'application/rsl+xml', rsl),
    ];
    const har = await readHar(JSON.stringify({ log: { entries } }));
    expect(har.url).toBe(`${origin}/poem`);
    expect(har.sources.map((one) => one.kind)).toEqual(['headers', 'html', 'robots', 'rsl']);
    await expect(readHar('[]')).rejects.toThrow(TypeError);
    await expect(readHar('{')).rejects.toThrow('no JSON');
    await expect(readHar(JSON.stringify({ log: { entries } }), `${origin}/other`)).rejects.toThrow(
      'no answer',
    );
    const damaged = (more: object) =>
      readHar(JSON.stringify({ log: { entries: [{ ...entries[1], ...more }] } }));
    await expect(damaged({ startedDateTime: 'today' })).rejects.toThrow('no time');
    const content = { text: '%%%', encoding: 'base64' };
    await expect(damaged({ response: { ...entries[1]!.response, content } })).rejects.toThrow('no base64');
  });
});

describe('marks inside files', () => {
  it.each([true, false])('a packed EPUB (deflated: %s)', async (packed) => {
    const book = zip(
      { mimetype: 'application/epub+zip', 'META-INF/container.xml': container, 'OEBPS/book.opf': opf },
      packed,
    );
    expect(await outcomeOf('book.epub', book)).toEqual(['refused', 1]);
  });

  it('an EPUB that cannot be read gives nothing', async () => {
    const sources = await openFile('b.epub', zip({ a: 'b' }), { url: `${origin}/b.epub`, at });
    const report = await readSignals({
      url: `${origin}/b.epub`,
      at,
      sources,
      silence: 'usable-unless-reserved',
    });
    expect(report.verdicts[0]!.usages['ai-train'].usable).toBe(false);
  });

  it('a PDF, its XMP plain or compressed', async () => {
    const head = '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Metadata 2 0 R>>\nendobj\n2 0 obj\n';
    expect(
      await outcomeOf('a.pdf', Buffer.from(`${head}<</Type/Metadata>>\nstream\n${xmp}\nendstream`)),
    ).toEqual(['refused', 1]);
    const dictionary = '<</Type/Metadata/Subtype/XML/Filter/FlateDecode>>\nstream\r\n';
    const packed = Buffer.concat([
      Buffer.from(head + dictionary),
      deflateSync(xmp),
      Buffer.from('\nendstream\nendobj'),
    ]);
    expect(await outcomeOf('a.pdf', packed)).toEqual(['refused', 2]);
  });

  it('a bomb stays packed', async () => {
    const book = zip({ 'META-INF/container.xml': container, 'OEBPS/book.opf': ' '.repeat(50_000_000) });
    expect(book.length).toBeLessThan(100_000);
    const [source] = await openFile('b.epub', book, { url: `${origin}/b.epub`, at });
    expect(source!.body).toBe('');
  });

  it('any bytes are read without an error, and flipped ones never give more', async () => {
    const good = zip({ 'META-INF/container.xml': container, 'OEBPS/book.opf': opf }, false);
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (place, value) => {
        const bytes = Uint8Array.from(good);
        bytes[place] = value;
        const [outcome] = await outcomeOf('b.epub', bytes);
        // Unless they spell a permission.
        if (outcome === 'allowed') expect(new TextDecoder('latin1').decode(bytes)).toContain('>0</meta>');
      }),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await openFile('b.epub', bytes, { url: `${origin}/b.epub`, at });
        await openFile('b.pdf', bytes, { url: `${origin}/b.pdf`, at });
      }),
    );
  });
});
