import { isAllowed, parseRobots, writeDocument } from '@clearway/rsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentUsage, contentUsageLine, readContentUsage, readContentUsageLines } from './aipref.ts';
import { compare } from './compare.ts';
import { contentSignalLine, readContentSignals } from './content-signal.ts';
import { noai, noaiMeta, readRobotsMeta, readXRobotsTag } from './noai.ts';
import { leafUsages, type Permissions, type Stance } from './permissions.ts';
import { readSignals } from './read-signals.ts';
import type { SignalRecord } from './record.ts';
import type { SourceKind } from './source.ts';
import {
  readTdmHeaders,
  readTdmMeta,
  readTdmrepJson,
  tdmHeaders,
  tdmMeta,
  tdmReservation,
  tdmrepJson,
} from './tdmrep.ts';
import { robotsSection } from './write-robots-section.ts';

function brief(records: readonly SignalRecord[]): string[] {
  return records.map((one) => `${one.usage} ${one.stance}`);
}

describe('AIPREF', () => {
  it('says yes only to what is free for all, and nothing about the rest', () => {
    expect(contentUsage({ 'ai-train': 'conditional', search: 'allow' })).toBe('train-ai=n, search=y');
    expect(contentUsage({ 'ai-input': 'disallow' })).toBeUndefined();
    expect(contentUsageLine({ all: 'disallow' }, '/a b')).toBe('Content-Usage: /a%20b train-ai=n, search=n');
  });

  it.each([
    ['train-ai=n, search=y', ['ai-train disallow', 'search allow']],
    ['train-ai=y, train-ai', []],
    ['train-ai=n;reason="x", other=(1 2);a', ['ai-train disallow']],
    ['train-ai=?0', []],
    ['Train-AI=n', []],
    ['train-ai=n,', []],
    ['genai=n, tdm=y', ['ai-train disallow']],
    ['bots=n', ['ai-all disallow']],
    ['constructor=n, __proto__=n', []],
    ['', []],
  ])('reads %j', (header, expected) => {
    expect(brief(readContentUsage(header, 'x'))).toEqual(expected);
  });

  it('reads robots.txt: the longest path decides, equal ones are read together, lines outside groups do not count', () => {
    const robots = parseRobots(
      'Content-Usage: search=n\nUser-agent: *\nContent-Usage: train-ai=y\nContent-Usage: /a train-ai=n\nDisallow:\nUser-agent: b\nAllow: /',
    );
    expect(brief(readContentUsageLines(robots, '*', '/a/b', 'x'))).toEqual(['ai-train disallow']);
    expect(brief(readContentUsageLines(robots, 'other', '/c', 'x'))).toEqual(['ai-train allow']);
    expect(readContentUsageLines(robots, 'b', '/a', 'x')).toEqual([]);
  });
});

describe('Content Signals', () => {
  it('writes its three names', () => {
    expect(contentSignalLine({ search: 'allow', 'ai-all': 'conditional' })).toBe(
      'Content-Signal: search=yes, ai-input=no, ai-train=no',
    );
    expect(contentSignalLine({})).toBeUndefined();
  });

  it('reads tolerantly, the strictest of several values counts', () => {
    const robots = parseRobots(
      'User-agent: *\nContent-signal: search = YES,ai-train=yes, use=reference, odd\nContent-Signal: ai-train=no\nAllow: /',
    );
    expect(brief(readContentSignals(robots, '*', 'x'))).toEqual(['search allow', 'ai-train disallow']);
  });
});

describe('TDMRep', () => {
  it('reserves as soon as one AI use is not free, and grants only when all are', () => {
    expect(tdmReservation({ 'ai-train': 'conditional', 'ai-input': 'allow' })).toBe(1);
    expect(tdmReservation({ 'ai-all': 'allow' })).toBe(0);
    expect(tdmReservation({ 'ai-train': 'allow' })).toBeUndefined();
    expect(tdmReservation({ search: 'disallow' })).toBeUndefined();
  });

  it('writes file, headers and meta elements, and reads them back', () => {
    const permissions: Permissions = { 'ai-all': 'conditional' };
    const policy = 'https://a.example/terms?a="1"&b=2';
    const file = tdmrepJson([{ location: '/ä*', permissions, policyUrl: policy }]);
    const expected = ['ai-train conditional', 'ai-input conditional', 'ai-index conditional'];
    expect(brief(readTdmrepJson(file, '/ä/b', 'x'))).toEqual(expected);
    expect(readTdmrepJson(file, '/c', 'x')).toEqual([]);
    expect(tdmHeaders(permissions, policy)).toEqual({
      'tdm-reservation': '1',
      'tdm-policy': 'https://a.example/terms?a=%221%22&b=2',
    });
    expect(brief(readTdmHeaders(tdmHeaders(permissions, policy), 'x'))).toEqual(expected);
    expect(brief(readTdmMeta(`<head>${tdmMeta(permissions, policy)}</head>`, 'x'))).toEqual(expected);
    expect(brief(readTdmHeaders({ 'tdm-reservation': '0' }, 'x'))[0]).toBe('ai-train allow');
  });

  it('the first matching entry counts; values other than 0 and 1 and broken files say nothing; any 1 reserves', () => {
    const file = '[{"location":"/a","tdm-reservation":0},{"location":"/","tdm-reservation":1}]';
    expect(brief(readTdmrepJson(file, '/a', 'x'))[0]).toBe('ai-train allow');
    expect(brief(readTdmrepJson(file, '/b', 'x'))[0]).toBe('ai-train disallow');
    for (const text of ['{', '{}', '[1,null]', '[{"location":"/","tdm-reservation":true}]']) {
      expect(readTdmrepJson(text, '/', 'x')).toEqual([]);
    }
    expect(brief(readTdmHeaders({ 'tdm-reservation': ['0', '1'] }, 'x'))[0]).toBe('ai-train disallow');
  });

  it('refuses a policy that could end a header or a location that is none', () => {
    expect(
      tdmHeaders({ all: 'disallow' }, 'https://a.example/\r\nSet-Cookie: a')['tdm-policy'],
    ).not.toContain('\n');
    expect(() => tdmHeaders({ all: 'disallow' }, 'javascript:1')).toThrow(TypeError);
    expect(() => tdmrepJson([{ location: 'a', permissions: {} }])).toThrow(TypeError);
  });
});

describe('noai', () => {
  it('is written only where no AI use is free', () => {
    expect(noai({ 'ai-train': 'disallow' })).toBe('noai, noimageai');
    expect(noai({ 'ai-all': 'disallow', 'ai-input': 'allow' })).toBeUndefined();
    expect(noaiMeta({})).toBe('');
  });

  it('is read from meta elements and headers, also for one agent', () => {
    const all = ['ai-train disallow', 'ai-input disallow', 'ai-index disallow'];
    expect(brief(readRobotsMeta('<META content="noindex, NOAI" name=Robots>', 'x'))).toEqual(all);
    expect(readRobotsMeta('<meta name="robots" content="noimageai">', 'x')).toEqual([]);
    expect(brief(readXRobotsTag(['max-snippet: 5, noai'], 'x'))).toEqual(all);
    const [first, ...rest] = readXRobotsTag('otherbot: noindex, noai, noimageai', 'x');
    expect(first).toMatchObject({ agent: 'otherbot', usage: 'ai-train' });
    expect(rest).toHaveLength(2);
  });
});

describe('what does a bot see?', () => {
  const stance = fc.constantFrom<Stance>('allow', 'disallow', 'conditional');
  const permissions = fc.record<Record<(typeof leafUsages)[number], Stance>>({
    'ai-train': stance,
    'ai-input': stance,
    'ai-index': stance,
    search: stance,
  });
  const policy = 'https://a.example/terms';
  const url = 'https://a.example/stories/1';

  it('reads back what was written, on every channel, without a conflict', async () => {
    await fc.assert(
      fc.asyncProperty(permissions, async (decided) => {
        const value = noai(decided);
        const robots = robotsSection({ licenseUrl: 'https://a.example/l.xml', permissions: decided });
        const head = { ...tdmHeaders(decided, policy), ...(value && { 'x-robots-tag': value }) };
        const usage = contentUsage(decided);
        const records = await read({
          robots,
          headers: Object.entries({ ...head, ...(usage && { 'content-usage': usage }) })
            .map(([name, text]) => `${name}: ${text}`)
            .join('\n'),
          html: `<head>${tdmMeta(decided, policy)}${noaiMeta(decided)}</head>`,
          tdmrep: tdmrepJson([{ location: '/', permissions: decided, policyUrl: policy }]),
          rsl: rslFor(decided),
        });
        expect(compare(decided, records)).toMatchObject({ conflicts: [], unstated: [] });
        expect(records.filter((one) => one.carrier === 'rsl')).toHaveLength(4);
      }),
    );
  });

  async function read(
    bodies: Partial<Record<SourceKind, string>>,
    agents: readonly string[] = ['*'],
    at = url,
  ) {
    const time = '2026-11-22T00:00:00Z';
    const sources = Object.entries(bodies).map(([kind, body]) => {
      return { kind: kind as SourceKind, url: 'https://a.example/l.xml', at: time, body };
    });
    return (await readSignals({ url: at, at: time, sources, agents })).records;
  }

  function rslFor(decided: Readonly<Record<string, Stance>>) {
    const licenses = leafUsages.map((usage) => {
      if (decided[usage] === 'disallow')
        return { prohibits: { usage: ['all'] }, payment: { type: 'free' } } as const;
      const payment = decided[usage] === 'allow' ? ({ type: 'free' } as const) : ({ type: 'use' } as const);
      return { permits: { usage: [usage] }, payment } as const;
    });
    const [first, ...rest] = licenses.filter((one) => 'permits' in one);
    const none = { prohibits: { usage: ['all'] }, payment: { type: 'free' } } as const;
    return writeDocument({ contents: [{ url: '/', licenses: first ? [first, ...rest] : [none] }] });
  }

  it('finds a stray Disallow, and what is given away by mistake, each with a cure', async () => {
    const robots = 'User-agent: GPTBot\nDisallow: /stories/\n\nUser-agent: Googlebot\nDisallow: /\n';
    const records = await read({ robots, headers: 'content-usage: train-ai=y' }, [
      '*',
      'GPTBot',
      'Googlebot',
    ]);
    const { conflicts } = compare({ 'ai-train': 'conditional', search: 'allow' }, records);
    const inOrder = conflicts.toSorted((a, b) => (a.carrier > b.carrier ? -1 : 1));
    expect(inOrder.map((one) => [one.carrier, one.record.agent, one.usage, one.kind])).toEqual([
      ['robots', 'GPTBot', 'ai-train', 'too-strict'],
      ['robots', 'Googlebot', 'search', 'too-strict'],
      ['aipref-header', undefined, 'ai-train', 'too-open'],
    ]);
    expect(inOrder[0]?.fix).toBe(
      'Remove "Disallow: /stories/" for GPTBot: it keeps out whom you want to license.',
    );
    expect(inOrder[2]?.fix).toBe('Write train-ai=n in Content-Usage.');
  });

  it('names the carriers that should speak and do not', () => {
    const { missing } = compare(
      { 'ai-train': 'disallow' },
      [],
      ['rsl', 'robots', 'tdmrep-file', 'x-robots-tag'],
    );
    expect(missing.map((one) => one.carrier)).toEqual(['rsl', 'tdmrep-file', 'x-robots-tag']);
    expect(compare({ search: 'allow' }, [], ['tdmrep-file', 'robots-meta']).missing).toEqual([]);
  });

  it('reads a robots.txt of 500 KiB', async () => {
    const robots = `User-agent: *\n${'Disallow: /*a*b*c\n'.repeat(30_000)}`;
    const records = await read({ robots }, ['*'], `https://a.example/${'a'.repeat(2000)}`);
    expect(records.length).toBeGreaterThan(0);
  });

  it('a Disallow agrees with a refusal', async () => {
    const records = await read({ robots: 'User-agent: GPTBot\nDisallow: /' }, ['GPTBot']);
    expect(compare({ 'ai-all': 'disallow' }, records)).toMatchObject({
      agreements: [{ agent: 'GPTBot' }],
      conflicts: [],
    });
  });

  it('an RSL document that offers what is refused is a conflict', async () => {
    const records = await read({ rsl: rslFor({ 'ai-train': 'conditional' }) });
    const { conflicts } = compare({ 'ai-train': 'disallow' }, records);
    expect(conflicts).toMatchObject([{ carrier: 'rsl', usage: 'ai-train', kind: 'too-open' }]);
  });

  it('the group for everybody stays a group of its own', () => {
    const text = robotsSection({
      licenseUrl: 'https://a.example/l.xml',
      permissions: { all: 'disallow' },
      disallowAgents: ['GPTBot'],
      repeatFor: ['bingbot'],
    });
    const robots = parseRobots(text);
    expect(robots.groups.map((group) => group.agents)).toEqual([['*', 'bingbot'], ['gptbot']]);
    expect([isAllowed(robots, 'GPTBot', '/'), isAllowed(robots, 'bingbot', '/')]).toEqual([false, true]);
    expect(brief(readContentSignals(robots, 'bingbot', 'x'))).toHaveLength(3);
  });
});
