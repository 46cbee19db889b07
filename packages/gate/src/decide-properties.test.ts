import type { UsageName } from '@clearway/protocol';
import { covers } from '@clearway/rsl';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestGate, T0, type TestGate } from './testing/test-gate.ts';

/** User agents of people that were called bots somewhere. */
const people = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  'Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36',
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/4.0; SLCC2; .NET CLR 2.0.50727)',
  'Mozilla/5.0 (Linux; Android 7.0; Panasonic ELUGA X1) AppleWebKit/537.36 Chrome/64.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 13; trill_270204 musical_ly_2023) AppleWebKit/537.36 Chrome/110 googleplay Mobile',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
  'Mozilla/5.0 (Linux; Android 10; jackpot2lte) AppleWebKit/537.36 Chrome/100.0 Mobile Safari/537.36',
  'Lynx/2.8.9rel.1 libwww-FM/2.14',
  'AirWatch Browser v8.2',
  'Dart/3.1 (dart:io)',
  'Mozilla/5.0 (Titan P8000) Code/1.2 Cursor/3.4',
  'gptbotanist/1.0',
  'Mozilla/5.0 GPTBot-lookalike/1.0',
  '',
  undefined,
];

let site: TestGate;
beforeAll(async () => {
  site = await createTestGate();
});

describe('properties', () => {
  const paths = [
    '/a',
    '/free/a',
    '/ask/a',
    '/never/a',
    '/silent/a',
    '/robots.txt',
    '/%61',
    '/a/../b',
    '/x%2fy',
  ];
  const agents: readonly (readonly [string, UsageName[]])[] = [
    ['GPTBot/1.2', ['ai-train']],
    ['ChatGPT-User/1.0', ['ai-input']],
    ['OAI-SearchBot/1.0', ['ai-index']],
    ['PerplexityBot/1.0', ['ai-index']],
    ['GPTBot/1.2 ChatGPT-User/1.0', ['ai-train', 'ai-input']],
  ];
  const uses: readonly UsageName[] = ['all', 'ai-all', 'ai-train', 'ai-input', 'ai-index', 'search'];

  test('no order of requests lets a use be served with a token for another', async () => {
    const tokens = new Map<string, { use: UsageName[]; res: string[] }>();
    const shared = await createTestGate();
    for (const use of uses)
      for (const res of [['/'], ['/a$'], ['/ask/', '/never/']]) {
        const token = await shared.token({ use: [use], res, jti: `${use}-${res[0]}` });
        tokens.set(token, { use: [use], res });
      }
    const request = fc.record({
      agent: fc.constantFrom(...agents),
      path: fc.constantFrom('/a', '/ask/a', '/never/a', '/silent/a'),
      token: fc.constantFrom(...tokens.keys()),
      pause: fc.constantFrom(0, 0, 0, 400),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
        shared.records.length = 0;
        shared.now = T0;
        for (const { agent, path, token, pause } of requests) {
          shared.now += pause;
          const counted = shared.records.length;
          const decision = await shared.ask(path, {
            'user-agent': agent[0],
            authorization: `License ${token}`,
          });
          const { use, res } = tokens.get(token)!;
          const covered = agent[1].every((wanted) => use.some((each) => covers(each, wanted)));
          const inScope = res.some((pattern) =>
            pattern === '/a$' ? path === '/a' : path.startsWith(pattern),
          );
          expect(decision.kind).toBe(covered && inScope ? 'pass' : 'deny');
          expect(shared.records.length - counted).toBe(covered && inScope ? 1 : 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('people are never challenged', async () => {
    const target = fc.oneof(fc.constantFrom(...paths), fc.string({ unit: 'binary', maxLength: 40 }));
    const authorization = fc.constantFrom(undefined, 'Basic dTpw', 'Bearer x', 'Digest username="x"');
    await fc.assert(
      fc.asyncProperty(
        target,
        fc.constantFrom(...people),
        authorization,
        fc.boolean(),
        async (where, agent, login, stale) => {
          site.now = stale ? T0 + 9_000_000 : T0;
          const decision = await site.ask(where, { 'user-agent': agent, authorization: login });
          expect(decision).toEqual({ kind: 'pass', headers: {} });
        },
      ),
      { numRuns: 500 },
    );
    site.now = T0;
  });

  test('nothing that comes in makes it throw or answer what is not listed', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (target, agent, authorization, accept) => {
        const headers = {
          'user-agent': `GPTBot/1.0 ${agent}`,
          authorization: `License ${authorization}`,
          accept,
          'accept-language': accept,
        };
        const decision = await site.ask(`/${target}`, headers);
        if (decision.kind === 'pass') return;
        expect([400, 401, 402, 403, 503]).toContain(decision.status);
        for (const value of Object.values(decision.headers)) expect(value).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: 500 },
    );
  });
});
