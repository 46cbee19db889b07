import { matchPath, normalisePath } from '@clearway/rsl';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';
import { type Publication, publishChannels } from './publish-channels.ts';
import { readSignals } from './read-signals.ts';
import type { SourceKind } from './source.ts';

const at = '2026-11-22T00:00:00Z';
const licenseUrl = 'https://a.example/license.xml';
const refusal: Permissions = { all: 'disallow' };
const stance = fc.constantFrom<Stance>('allow', 'allow', 'conditional', 'disallow');
const permissions: fc.Arbitrary<Permissions> = fc.record({
  'ai-train': stance,
  'ai-input': stance,
  'ai-index': stance,
  search: stance,
});
/** Few signs, so that patterns overlap and paths hit them. */
const text = fc
  .array(fc.constantFrom('a', 'b', 'ab', '/', '*', '*', '~', '.', '?', 'ü', '$', '['), { maxLength: 7 })
  .map((parts) => `/${parts.join('')}`);
const pattern = fc.tuple(text, fc.constantFrom('', '$', '*')).map((parts) => parts.join(''));
const path = fc
  .array(
    fc.constantFrom('a', 'b', 'ab', '/', '~', '.', '?', '%C3%BC', '%c3%bc', '%7E', '%61', '*', '$', '['),
    {
      maxLength: 9,
    },
  )
  .map((parts) => addressed(`/${parts.join('')}`));
const publication = fc.record({
  permissions,
  own: fc.array(fc.record({ pattern, permissions }), { maxLength: 4 }),
  foreign: fc.array(pattern, { minLength: 1, maxLength: 3 }),
});

type Texts = Readonly<Record<string, string>>;

/** The path as an agent asks for it. */
function addressed(path: string): string {
  const { pathname, search } = new URL(`https://a.example${path}`);
  return pathname + search;
}

/** What nginx makes of its lines: the first expression that matches counts. */
function nginxHeaders(config: string, target: string): string {
  const maps = new Map<string, string>();
  for (const [, source = '', name = '', body = ''] of config.matchAll(/^map (\S+) (\S+) \{\n([^}]*)^\}$/gm)) {
    const value = source === '$request_uri' ? target : maps.get(source)!;
    const cases = [...body.matchAll(/^ {4}("~(?<regex>.*)"|\S+) '?(?<said>.*?)'?;$/gm)];
    const hit = cases.find(({ 1: key = '', groups }) =>
      groups?.regex === undefined
        ? key === value
        : new RegExp(groups.regex.replaceAll('[^]', '[^\\]')).test(value),
    );
    maps.set(name, (hit ?? cases.find((one) => one[1] === 'default'))!.groups!.said!);
  }
  const adds = config.matchAll(/^add_header (\S+) (\S+) always;$/gm);
  return [...adds]
    .flatMap(([, name, value]) => (maps.get(value!) ? `${name}: ${maps.get(value!)}` : []))
    .join('\n');
}

function wild(test: string, target: string): boolean {
  const parts = test.split(/(?<!\\)\*/).map((part) => part.replaceAll('\\*', '*'));
  const escaped = parts.map((part) => part.replaceAll(/[.+*?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(target);
}

function rulesetHeaders(json: string, target: string): string {
  const headers = new Map<string, string>();
  for (const { expression, action_parameters } of JSON.parse(json).rules) {
    const tests = [...expression.matchAll(/http\.request\.uri strict wildcard (".*?")(?= or |$)/g)];
    if (expression !== 'true' && !tests.some(([, test]) => wild(JSON.parse(test!), target))) continue;
    for (const [name, { operation, value }] of Object.entries<{ operation: string; value: string }>(
      action_parameters.headers,
    ))
      if (operation === 'set') headers.set(name, value);
      else headers.delete(name);
  }
  return linesOf(headers);
}

function pagesHeaders(text: string, target: string): string {
  const headers = new Map<string, string>();
  const path = target.split('?')[0]!;
  for (const block of text.split(/\n(?=\/)/)) {
    const [test = '', ...lines] = block.trimEnd().split('\n');
    expect(test.split('*').length).toBeLessThanOrEqual(2);
    if (!wild(test, path)) continue;
    for (const line of lines.map((one) => one.trim())) {
      const colon = line.indexOf(': ');
      if (line.startsWith('! ')) headers.delete(line.slice(2));
      else if (line !== '') headers.set(line.slice(0, colon), line.slice(colon + 2));
    }
  }
  return linesOf(headers);
}

function linesOf(headers: ReadonlyMap<string, string>): string {
  return [...headers].map((one) => one.join(': ')).join('\n');
}

/**
 * One source at a time: what one channel gives, another must not have to take back. Cloudflare brings addresses to their
 * normal spelling before it looks at its rules.
 */
function channels(texts: Texts, target: string): [name: string, kind: SourceKind, body: string][] {
  const normal = normalisePath(target);
  return [
    ['robots', 'robots', texts['robots.txt']!],
    ['tdmrep', 'tdmrep', texts['.well-known/tdmrep.json']!],
    ['nginx', 'headers', nginxHeaders(texts['headers/nginx.conf']!, target)],
    ['ruleset', 'headers', rulesetHeaders(texts['headers/cloudflare-ruleset.json']!, normal)],
    ['pages', 'headers', pagesHeaders(texts['headers/_headers']!, normal)],
  ];
}

function textsOf(input: Omit<Publication, 'licenseUrl'>): Texts {
  const texts = publishChannels({ licenseUrl, ...input });
  return Object.fromEntries(texts.map((one) => [one.path, one.content]));
}

async function outcomes(kind: SourceKind, body: string, target: string) {
  const sources = [{ kind, url: licenseUrl, at, body }];
  const report = await readSignals({
    url: `https://a.example${target}`,
    at,
    sources,
    agents: ['*', 'GPTBot'],
  });
  return report.verdicts.map(({ usages }) => usages);
}

it('what is not ours is refused in every channel, whatever overlaps with it', async () => {
  await fc.assert(
    fc.asyncProperty(publication, fc.array(path, { minLength: 6, maxLength: 6 }), async (input, paths) => {
      const { own, foreign } = input;
      const parts = [
        ...own,
        ...foreign.map((one) => ({ pattern: one, permissions: refusal, excluded: true })),
      ];
      const texts = textsOf({
        permissions: input.permissions,
        parts,
        robots: 'User-agent: GPTBot\nAllow: /',
      });
      const patterns = foreign.flatMap((one) => one.replaceAll(/[*$]+/g, (run) => run[0]!));
      for (const target of [...paths, ...patterns.map((one) => addressed(one.replaceAll(/[*$]/g, 'ab')))]) {
        if (!foreign.some((one) => matchPath(one, target))) continue;
        for (const [name, kind, body] of channels(texts, target)) {
          // A file is the same with any query there: a star is not looked for in it.
          const said = foreign.some((one) =>
            matchPath(one, one.includes('?') ? target : target.split('?')[0]!),
          );
          if (name === 'pages' && !said) continue;
          for (const usages of await outcomes(kind, body, target)) {
            for (const usage of leafUsages)
              expect([name, target, usage, usages[usage].outcome === 'allowed']).toEqual([
                name,
                target,
                usage,
                false,
              ]);
            // A shorter pattern for one page alone cannot be put above a longer one in robots.txt, and Pages has few patterns.
            const beyond = name === 'robots' ? foreign.some((one) => one.endsWith('$')) : name === 'pages';
            if (!beyond)
              expect([name, target, usages['ai-train'].outcome]).toEqual([name, target, 'refused']);
          }
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('what is ours never becomes more than the strictest of the parts around it, and stays what it is alone', async () => {
  await fc.assert(
    fc.asyncProperty(publication, fc.array(path, { minLength: 4, maxLength: 4 }), async (input, paths) => {
      const texts = textsOf({ permissions: input.permissions, parts: input.own });
      for (const target of paths) {
        const around = input.own.filter((one) => matchPath(one.pattern, target));
        const said = around.length > 0 ? around.map((one) => one.permissions) : [input.permissions];
        for (const [name, kind, body] of channels(texts, target)) {
          // A file is the same with any query there.
          if (name === 'pages' && target.includes('?')) continue;
          for (const usages of await outcomes(kind, body, target))
            for (const usage of leafUsages)
              if (said.every((one) => stanceFor(one, usage) !== 'allow'))
                expect([name, target, usage, usages[usage].outcome === 'allowed']).toEqual([
                  name,
                  target,
                  usage,
                  false,
                ]);
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('a folder that is ours loses nothing but what is not ours', async () => {
  const free: Permissions = { search: 'allow', 'ai-all': 'allow' };
  const parts = [
    { pattern: '/stories/2026/', permissions: free },
    { pattern: '/*dpa*', permissions: refusal, excluded: true },
  ];
  const texts = textsOf({ permissions: { search: 'allow', 'ai-all': 'conditional' }, parts });
  for (const [, kind, body] of channels(texts, '/stories/2026/dpa-1'))
    expect((await outcomes(kind, body, '/stories/2026/dpa-1'))[0]!['ai-train'].outcome).toBe('refused');
  for (const [name, kind, body] of channels(texts, '/stories/2026/own').filter(([one]) =>
    ['tdmrep', 'nginx', 'ruleset'].includes(one),
  ))
    expect([name, (await outcomes(kind, body, '/stories/2026/own'))[0]!['ai-train'].outcome]).toEqual([
      name,
      'allowed',
    ]);
  expect(texts['robots.txt']).toContain(
    'Content-Usage: /stories/2026/ train-ai=y, search=y\nContent-Usage: /*dpa* train-ai=n, search=n\nContent-Usage: /stories/2026/*dpa train-ai=n',
  );
  expect(texts['headers/_headers']).not.toContain('train-ai=y');
});

it.each([
  ['/a', '/*$', '/ab'],
  ['/a', '/*a', '/a'],
  ['/a', '/***a', '/a'],
  ['/b*c', '/$*$', '/b1c'],
])('%s is refused though %s, which is ours, is the longer pattern', async (foreign, own, target) => {
  const parts = [
    { pattern: own, permissions: { 'ai-all': 'allow', search: 'conditional' } satisfies Permissions },
    { pattern: foreign, permissions: refusal, excluded: true },
  ];
  const texts = textsOf({ permissions: { all: 'allow' }, parts });
  for (const [name, kind, body] of channels(texts, target).filter(([one]) => one !== 'pages'))
    expect([name, (await outcomes(kind, body, target))[0]!['ai-train'].outcome]).toEqual([name, 'refused']);
});

it('a dollar before "anything, then the end" stays a letter', () => {
  const parts = [{ pattern: '/$*$', permissions: { all: 'allow' } satisfies Permissions }];
  const text = textsOf({ permissions: { all: 'disallow' }, parts })['robots.txt'];
  expect(text).toContain('Content-Usage: /%24 train-ai=y, search=y');
});
