import { agents } from '@clearway/agents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafUsages } from './permissions.ts';
import { canonicalReport, readSignals, type SignalsQuestion } from './read-signals.ts';
import type { SignalSource, SourceKind } from './source.ts';

const at = '2026-11-22T08:00:00Z';
const url = 'https://a.example/poems/sea.html';

function source(kind: SourceKind, body: string | Uint8Array, more: Partial<SignalSource> = {}): SignalSource {
  const paths: Partial<Record<SourceKind, string>> = { robots: '/robots.txt', rsl: '/l.xml' };
  return { kind, url: `https://a.example${paths[kind] ?? '/poems/sea.html'}`, at, body, ...more };
}

async function judged(sources: readonly SignalSource[], more: Partial<SignalsQuestion> = {}) {
  const report = await readSignals({ url, at, sources, ...more });
  return { report, usages: report.verdicts[0]!.usages };
}

const xmp = (inner: string) =>
  `%PDF <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:tdm="http://www.w3.org/ns/tdmrep/">${inner}</rdf:RDF></x:xmpmeta> %EOF`;

const refusals: readonly SignalSource[] = [
  source('robots', 'User-agent: *\nContent-Usage: train-ai=n\nContent-Signal: ai-input=no\nDisallow:\n'),
  source('headers', 'content-usage: train-ai=n\r\nx-robots-tag: noai\r\n'),
  source('html', '<head><meta name="robots" content="noai"><meta name="tdm-reservation" content="1"></head>'),
  source('tdmrep', '[{"location":"/poems/","tdm-reservation":1}]'),
  source('xmp', xmp('<rdf:Description plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"/>')),
  source('ai-txt', 'User-Agent: *\nDisallow: *.html\n'),
  source(
    'rsl',
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">all</prohibits></license></content></rsl>',
  ),
];

describe('records', () => {
  it('say where every byte stands, in which source, when and by which parser', async () => {
    const body = '# ä\nUser-agent: *\nContent-Usage: train-ai=n\nDisallow: /x\n';
    const { report } = await judged([source('robots', body)]);
    const [record] = report.records;
    const { raw, byteOffset, sha256, parser } = record!;
    const bytes = new TextEncoder().encode(body);
    expect(new TextDecoder().decode(bytes.slice(byteOffset, byteOffset + raw.length))).toBe(raw);
    expect([sha256, parser, record!.at]).toEqual([report.sources[0]!.sha256, '@clearway/signals 2', at]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('one stray octet moves nothing and changes no other line', async () => {
    const text = 'User-agent: *\nContent-Usage: /b\u00fccher train-ai=n\n# X\nContent-Usage: search=n\n';
    const bytes = new TextEncoder().encode(text);
    bytes[bytes.indexOf(0x58)] = 0xff;
    const { report, usages } = await judged([source('robots', bytes)], {
      url: 'https://a.example/b%C3%BCcher',
    });
    expect(usages['ai-train'].outcome).toBe('refused');
    expect(report.records[0]!.byteOffset).toBe(14);
  });

  it('of another agent are kept and do not count', async () => {
    const { report, usages } = await judged([source('headers', 'x-robots-tag: otherbot: noai\n')]);
    expect(report.records.map((one) => one.agent)).toEqual(['otherbot', 'otherbot', 'otherbot']);
    expect(usages['ai-train'].outcome).toBe('unknown');
  });
});

describe('robots.txt', () => {
  it.each(agents.map((one) => one.token))(
    'a group of its own speaks to %s and to nobody else',
    async (token) => {
      const body = `User-agent: *\nAllow: /\n\nUser-agent: ${token}\nContent-Signal: search=no\nDisallow: /\n`;
      const asked = ['*', ...agents.map((one) => one.token)];
      const { verdicts } = (await judged([source('robots', body)], { agents: asked })).report;
      const refused = verdicts.flatMap((one) => (one.fetch === 'refused' ? [one.agent] : []));
      expect(refused).toContain(token);
      // Two operators are listed by name and by host: both are the same product token.
      const first = (name: string) => name.toLowerCase().replace(/\.com$/, '');
      expect(new Set(refused.map(first))).toEqual(new Set([first(token)]));
      expect(verdicts.find((one) => one.agent === token)!.usages.search.outcome).toBe('refused');
    },
  );
});

describe('TDMRep', () => {
  const file = (more = '') => source('tdmrep', `[{"location":"/","tdm-reservation":1${more}}]`);

  it('folds reservation and terms each for itself, and says what both rest on', async () => {
    const header = source('headers', 'tdm-reservation: 1\n');
    const { usages } = await judged([file(',"tdm-policy":"https://a.example/p"'), header]);
    const { outcome, because, terms, setAside } = usages['ai-train'];
    expect([outcome, terms, because.length, setAside]).toEqual([
      'conditional',
      ['https://a.example/p'],
      2,
      [],
    ]);
    const later = source('html', '<head><meta name="tdm-policy" content="https://a.example/q"></head>');
    const both = await judged([file(',"tdm-policy":"https://a.example/p"'), header, later]);
    expect(both.usages['ai-train'].terms).toEqual(['https://a.example/q']);
    expect(both.usages['ai-train'].setAside.length).toBe(1);
  });
});

describe('the canonical report', () => {
  it('is the same bytes whatever the order of the sources', async () => {
    const tokens = ['*', ...agents.slice(0, 20).map((one) => one.token)];
    const one = canonicalReport((await judged(refusals, { agents: tokens })).report);
    const other = canonicalReport((await judged(refusals.toReversed(), { agents: tokens })).report);
    expect(other).toBe(one);
    expect(canonicalReport(JSON.parse(one))).toBe(one);
  });

  it('refuses what is no time or address', async () => {
    await expect(judged([], { at: 'yesterday' })).rejects.toThrow(TypeError);
    await expect(judged([], { url: '/a' })).rejects.toThrow(TypeError);
  });
});

describe('no verdict widens rights', () => {
  const rank = { licensed: 0, allowed: 1, unknown: 2, conditional: 3, refused: 4 } as const;

  it('whatever stands beside a refusal, it stays one', async () => {
    const robots = refusals[0]!;
    const other = fc.constantFrom<SourceKind>(
      'headers',
      'html',
      'tdmrep',
      'rsl',
      'ai-txt',
      'xmp',
      'epub-opf',
    );
    await fc.assert(
      fc.asyncProperty(other, fc.uint8Array({ maxLength: 200 }), async (kind, bytes) => {
        const { usages } = await judged([robots, source(kind, bytes)], { silence: 'usable-unless-reserved' });
        expect([usages['ai-train'].outcome, usages['ai-input'].outcome]).toEqual(['refused', 'refused']);
      }),
    );
  });

  it('flipped bytes never make a permission that the flipped words do not themselves spell', async () => {
    const spelled = /[=\s"':>](?:y|yes|0|full|reference)|Allow|DMI-ALLOWED|permits/i;
    const flip = fc.record({
      which: fc.nat(refusals.length - 1),
      place: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
      times: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(flip, async ({ which, place, value, times }) => {
        const whole = refusals[which]!;
        const bytes = new TextEncoder().encode(whole.body as string);
        for (let index = 0; index < times; index += 1) bytes[(place * (index + 1)) % bytes.length] = value;
        const { report, usages } = await judged([{ ...whole, body: bytes }]);
        for (const usage of leafUsages) {
          const { outcome, usable, because } = usages[usage];
          if (rank[outcome] >= rank.unknown) expect(usable).toBe(false);
          else
            for (const id of because)
              expect(report.records.find((one) => one.id === id)!.raw).toMatch(spelled);
        }
        // The same damage beside the other, whole sources changes nothing.
        const rest = refusals.filter((_, index) => index !== which);
        const beside = await judged([...rest, { ...whole, body: bytes }]);
        for (const usage of ['ai-train', 'ai-input', 'ai-index'] as const)
          expect(beside.usages[usage].outcome).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });

  it('no single bit turns a refusal into a permission but where it spells one', async () => {
    const found: string[] = [];
    for (const whole of refusals) {
      const bytes = new TextEncoder().encode(whole.body as string);
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const body = bytes.slice();
        body[bit >> 3]! ^= 1 << (bit & 7);
        const { report, usages } = await judged([{ ...whole, body }]);
        for (const usage of leafUsages) {
          const { outcome, because } = usages[usage];
          if (outcome === 'allowed')
            found.push(...because.map((id) => report.records.find((one) => one.id === id)!.raw));
        }
      }
    }
    expect([...new Set(found)]).toEqual(['{"location":"/poems/","tdm-reservation":0}']);
  });

  it('a reservation cut off anywhere gives nothing', async () => {
    for (const whole of refusals) {
      const body = whole.body as string;
      for (let end = 0; end < body.length; end += 3) {
        const { usages } = await judged([{ ...whole, body: body.slice(0, end) }]);
        for (const usage of leafUsages) expect(usages[usage].usable).toBe(false);
      }
    }
  });
});

it('judges every known agent on a robots.txt of 500 KiB', async () => {
  const body = `User-agent: *\n${'Disallow: /*a*b*c\n'.repeat(28_000)}`;
  const tokens = agents.map((one) => one.token);
  const { verdicts } = await readSignals({ url, at, sources: [source('robots', body)], agents: tokens });
  expect(verdicts).toHaveLength(agents.length);
});
