import { generateKeyPair, parseLicenseUsage, signToken } from '@clearway/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { installBundle } from './gate.ts';
import { createTestGate, ORIGIN, T0, type TestGate, testBundle, testClaims } from './testing/test-gate.ts';

const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const gptbot =
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)';
const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

let site: TestGate;
beforeAll(async () => {
  site = await createTestGate();
});

describe('without a license', () => {
  test.each([
    ['a browser', browser, '/a', 'pass', undefined],
    ['a browser where AI may do nothing', browser, '/never/', 'pass', undefined],
    ['nobody in particular', undefined, '/a', 'pass', undefined],
    ['curl', 'curl/8.1', '/a', 'pass', undefined],
    ['an unknown bot', 'SomethingBot/1.0', '/a', 'pass', undefined],
    ['a search engine', googlebot, '/a', 'pass', undefined],
    ['a search engine where nothing is said', googlebot, '/silent/', 'pass', undefined],
    ['an AI crawler where its use has a price', gptbot, '/a', 'deny', 402],
    ['an AI crawler where its use is free', gptbot, '/free/a', 'pass', undefined],
    ['an AI crawler where one has to ask', gptbot, '/ask/a', 'deny', 401],
    ['an AI crawler where AI may do nothing', gptbot, '/never/a', 'deny', 401],
    ['an AI crawler where nothing is said', gptbot, '/silent/a', 'deny', 401],
    ['a crawler for search and AI index', 'OAI-SearchBot/1.0', '/a', 'deny', 401],
    ['a fetcher on behalf of a person', 'ChatGPT-User/1.0', '/a', 'deny', 402],
    ['two agents in one header', 'GPTBot/1.2 ChatGPT-User/1.0', '/a', 'deny', 402],
    ['two agents, one without price', 'GPTBot/1.2 OAI-SearchBot/1.0', '/a', 'deny', 401],
  ] as const)('%s', async (_, agent, target, kind, status) => {
    const decision = await site.ask(target, { 'user-agent': agent });
    expect(decision.kind).toBe(kind);
    if (decision.kind === 'deny') expect(decision.status).toBe(status);
  });

  test('what is not theirs governs, whatever longer pattern reaches into it', async () => {
    const about = { prices: [], offerSha256: 'ab'.repeat(32) };
    const terms = [
      { ...about, pattern: '/stories/2026/', uses: { all: 'free' } },
      { ...about, pattern: '/*dpa*', uses: { all: 'no' }, excluded: true },
    ] as const;
    const other = await createTestGate({ terms });
    expect(await other.ask('/stories/2026/own', { 'user-agent': gptbot })).toMatchObject({ kind: 'pass' });
    expect(await other.ask('/stories/2026/dpa-1', { 'user-agent': gptbot })).toMatchObject({ status: 401 });
  });

  test('paths under no terms at all are not licensed', async () => {
    const other = await createTestGate({ terms: [] });
    expect(await other.ask('/a', { 'user-agent': gptbot })).toMatchObject({ status: 401 });
    expect(await other.ask('/a', { 'user-agent': browser })).toMatchObject({ kind: 'pass' });
  });

  test.each([
    '/robots.txt',
    '/robots.txt?x=1',
    '/.well-known/security.txt',
    '/license.xml',
    '/sitemap.xml',
    '/terms/license.xml',
    '/feed.xml',
    '/legal/imprint',
  ])('%s is served to everyone, with any token', async (target) => {
    for (const headers of [
      { 'user-agent': gptbot },
      { 'user-agent': gptbot, authorization: 'License broken' },
      { 'user-agent': browser, authorization: 'License a, License b' },
    ])
      expect(await site.ask(target, headers)).toMatchObject({ kind: 'pass' });
  });

  test.each([
    '/robots.txt/../a',
    '/robots.txt%2f..%2fa',
    '/.well-known/../a',
    '/.well-known/%2e%2e/a',
    '/legal/..;/a',
  ])('%s is not exempt', async (target) => {
    expect(await site.ask(target, { 'user-agent': gptbot })).toMatchObject({ status: 400 });
    expect(await site.ask(target, { 'user-agent': browser })).toMatchObject({ kind: 'pass' });
  });

  test('a log-in of the site is none of its business', async () => {
    for (const authorization of ['Basic dTpw', 'Bearer abc', 'Licensed abc'])
      expect(await site.ask('/a', { 'user-agent': browser, authorization })).toMatchObject({ kind: 'pass' });
    expect(await site.ask('/a', { 'user-agent': gptbot, authorization: 'Bearer abc' })).toMatchObject({
      status: 402,
    });
  });
});

describe('a refusal', () => {
  const headers = { 'user-agent': gptbot };

  test('says how to do better, to machines', async () => {
    expect(await site.ask('/a', headers)).toMatchObject({
      status: 402,
      headers: {
        'www-authenticate':
          'License error="invalid_request", error_description="A paid license is needed to use this page with AI"',
        link: `<${ORIGIN}/terms/license.xml>; rel="license"; type="application/rsl+xml"`,
        'crawler-price': 'EUR 0.002',
        'cache-control': 'no-store',
        vary: 'Accept, Accept-Language, Authorization, Signature-Agent, User-Agent',
      },
    });
  });

  test('is a page in German or English, JSON or text, as asked', async () => {
    const german = await site.ask('/a', {
      ...headers,
      accept: 'text/html',
      'accept-language': 'de-AT,en;q=0.5',
    });
    expect(german).toMatchObject({
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': 'de' },
    });
    expect(german.kind === 'deny' && german.body).toContain('<html lang="de">');
    expect(german.kind === 'deny' && german.body).toContain('0,002 EUR je Abruf');
    const json = await site.ask('/a', { ...headers, accept: 'application/json' });
    expect(json.kind === 'deny' && JSON.parse(json.body)).toMatchObject({
      status: 402,
      code: 'payment-required',
      license: `${ORIGIN}/terms/license.xml`,
      prices: [{ use: 'ai-train', amountMicro: '2000', perUnits: 1, currency: 'EUR' }],
    });
    const text = await site.ask('/a', headers);
    expect(text.kind === 'deny' && text.body).toContain('Price: ai-train: 0.002 EUR per fetch');
    const head = await site.ask('/a', headers, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 402, body: '' });
  });

  test('is counted by reason and name', async () => {
    const other = await createTestGate();
    await other.ask('/a', headers);
    await other.ask('/a', { 'user-agent': browser, authorization: 'License x.y.z' });
    expect(other.refusals).toEqual([
      { reason: 'payment-required', agentName: 'GPTBot' },
      { reason: 'token-invalid', agentName: 'unknown' },
    ]);
  });
});

describe('with a license', () => {
  test('passes and is counted', async () => {
    const own = await createTestGate();
    const authorization = `License ${await own.token()}`;
    const first = await own.ask('/%61', { 'user-agent': gptbot, authorization });
    expect(first).toMatchObject({ kind: 'pass', path: '/a', headers: { 'cache-control': 'private' } });
    expect(own.records).toMatchObject([
      {
        tokenId: 'token-1',
        agreement: 'agreement-1',
        client: 'client-1',
        path: '/a',
        use: 'ai-train',
        status: 200,
        bytes: 10,
        at: T0,
        agent: 'GPTBot',
      },
    ]);
    const second = await own.ask('/b', { authorization: authorization.replace('License', 'lICENSE') });
    expect(parseLicenseUsage(second.headers['license-usage']!)).toEqual({
      agreement: 'agreement-1',
      count: 1,
      durable: 1,
    });
    expect(own.records).toHaveLength(2);
  });

  test('HEAD passes and counts for nothing; a free page too', async () => {
    const own = await createTestGate();
    const authorization = `License ${await own.token()}`;
    expect(await own.ask('/a', { authorization }, { method: 'HEAD' })).toMatchObject({ kind: 'pass' });
    expect(await own.ask('/free/a', { authorization })).toMatchObject({ kind: 'pass' });
    expect(await own.ask('/free/a', { 'user-agent': gptbot, authorization: 'License broken' })).toMatchObject(
      { kind: 'pass' },
    );
    expect(own.records).toEqual([]);
  });

  test.each<[string, Partial<ReturnType<typeof testClaims>>, string, number, string]>([
    ['expired', { iat: T0 / 1000 - 900, exp: T0 / 1000 - 31 }, '/a', 401, 'token-expired'],
    ['not yet valid', { nbf: T0 / 1000 + 100 }, '/a', 401, 'token-invalid'],
    ['another license server', { iss: 'https://rights.example.evil.example' }, '/a', 401, 'token-invalid'],
    ['another path', { res: ['/stories/'] }, '/a', 403, 'token-scope'],
    ['a narrower part with other terms', { ver: ['cd'.repeat(32)] }, '/never/a', 403, 'token-scope'],
    ['another page', { res: ['/a$'] }, '/a?x=1', 403, 'token-scope'],
    ['another page that begins alike', { res: ['/a$'] }, '/ab', 403, 'token-scope'],
    ['another use', { use: ['ai-input'] }, '/a', 403, 'token-use'],
    ['search only', { use: ['search'] }, '/a', 403, 'token-use'],
    ['another site', { aud: 'https://other.example' }, '/a', 403, 'token-elsewhere'],
    ['a site that begins alike', { aud: 'https://blog.example.evil.example' }, '/a', 403, 'token-elsewhere'],
    ['another port', { aud: 'https://blog.example:8443' }, '/a', 403, 'token-elsewhere'],
    ['another scheme', { aud: 'http://blog.example' }, '/a', 403, 'token-elsewhere'],
    ['a trailing dot', { aud: 'https://blog.example.' }, '/a', 403, 'token-elsewhere'],
    ['used up at once', { cap: 0 }, '/a', 402, 'token-exhausted'],
  ])('%s', async (_, change, target, status, reason) => {
    const own = await createTestGate();
    const authorization = `License ${await own.token(change)}`;
    for (let time = 0; time < 2; time += 1)
      expect(await own.ask(target, { 'user-agent': gptbot, authorization })).toMatchObject({
        status,
        reason,
      });
    expect(own.records).toEqual([]);
  });

  test.each([
    ['another host', 'other.example'],
    ['a trailing dot', 'blog.example.'],
    ['another port', 'blog.example:8443'],
    ['a subdomain', 'a.blog.example'],
    ['user information', 'blog.example@other.example'],
    ['no host', undefined],
  ])('the request is for %s', async (_, host) => {
    const authorization = `License ${await site.token()}`;
    expect(await site.ask('/a', { host, authorization })).toMatchObject({
      status: 403,
      reason: 'token-elsewhere',
    });
    expect(await site.ask('/a', { host: 'BLOG.example:443', authorization })).toMatchObject({ kind: 'pass' });
  });

  test.each([
    ['/free/../a', 400],
    ['/free/%2e%2e/a', 400],
    ['/free/..%2fa', 400],
    ['/free/..;/a', 400],
    ['/free//a', 400],
    ['/free/\\..\\a', 400],
    ['/free/%252e%252e/a', 'pass'],
    ['http://other.example/a', 400],
    ['http://blog.example@other.example/a', 400],
    ['https://blog.example/a', 'pass'],
  ])('path trick %s: %s', async (target, expected) => {
    const authorization = `License ${await site.token()}`;
    expect(await site.ask(target, { authorization })).toMatchObject(
      expected === 'pass' ? { kind: 'pass' } : { status: expected },
    );
  });

  test('a token for a use the agent does not come for is of no use to it, and never guessed', async () => {
    const both = `License ${await site.token({ use: ['ai-train', 'ai-input'], jti: 'both' })}`;
    expect(await site.ask('/a', { 'user-agent': 'AcmeFetch/1.0', authorization: both })).toMatchObject({
      status: 403,
    });
    expect(await site.ask('/a', { 'user-agent': gptbot, authorization: both })).toMatchObject({
      kind: 'pass',
    });
    expect(site.records.at(-1)).toMatchObject({ use: 'ai-train' });
    const all = `License ${await site.token({ use: ['ai-all', 'ai-input'], jti: 'all' })}`;
    expect(await site.ask('/a', { 'user-agent': 'AcmeFetch/1.0', authorization: all })).toMatchObject({
      kind: 'pass',
    });
    expect(site.records.at(-1)).toMatchObject({ use: 'ai-all', agent: 'AcmeFetch/1.0' });
  });

  test('a cap holds to the fetch, and answers without content cost nothing', async () => {
    const own = await createTestGate();
    const authorization = `License ${await own.token({ cap: 3 })}`;
    const statuses = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await own.ask('/a', { authorization })).kind);
    expect(statuses).toEqual(['pass', 'pass', 'pass', 'deny', 'deny']);
    installBundle(own.gate, testBundle(await generateKeyPair(), { number: 2 }));
    installBundle(own.gate, testBundle(own.pair, { number: 3 }));
    expect(await own.ask('/a', { authorization })).toMatchObject({ status: 402, reason: 'token-exhausted' });
  });

  test('revoked agreements and tokens end at once', async () => {
    const own = await createTestGate();
    const one = `License ${await own.token()}`;
    const two = `License ${await own.token({ jti: 'token-2', lic: 'agreement-2' })}`;
    expect(await own.ask('/a', { authorization: one })).toMatchObject({ kind: 'pass' });
    const at = new Date(T0).toISOString();
    const revoked = [
      { agreement: 'agreement-1', at },
      { jti: 'token-2', at },
    ];
    expect(installBundle(own.gate, testBundle(own.pair, { number: 2, revoked }))).toBe('installed');
    for (const authorization of [one, two])
      expect(await own.ask('/a', { authorization })).toMatchObject({ status: 401, reason: 'token-revoked' });
    expect(installBundle(own.gate, testBundle(own.pair, { number: 1 }))).toBe('older');
    expect(
      installBundle(
        own.gate,
        testBundle(own.pair, { number: 9, site: { id: 's', origin: 'https://x.example' } }),
      ),
    ).toBe('other-site');
    expect(await own.ask('/a', { authorization: one })).toMatchObject({ status: 401 });
  });

  test('a known token ends when its time is over or its key is withdrawn', async () => {
    const own = await createTestGate();
    const authorization = `License ${await own.token()}`;
    expect(await own.ask('/a', { authorization })).toMatchObject({ kind: 'pass' });
    installBundle(own.gate, testBundle(await generateKeyPair(), { number: 2 }));
    expect(await own.ask('/a', { authorization })).toMatchObject({ status: 401, reason: 'token-invalid' });
    installBundle(own.gate, testBundle(own.pair, { number: 3 }));
    expect(await own.ask('/a', { authorization })).toMatchObject({ kind: 'pass' });
    own.now += 921_000;
    expect(await own.ask('/a', { authorization })).toMatchObject({ status: 401, reason: 'token-expired' });
  });
});

describe('credentials', () => {
  test.each([
    ['License'],
    ['License '],
    ['License a b'],
    ['License a, License b'],
    ['License a,Bearer b'],
    ['Bearer b, License a'],
    ['License "a.b.c"'],
    ['License token=a.b.c'],
    ['License a.b'],
    ['License a.b.c.d'],
    ['License ....'],
    ['License ä.b.c'],
    ['License a\tb'],
    [`License ${'a'.repeat(100_000)}`],
  ])('%s is refused with 401', async (authorization) => {
    const decision = await site.ask('/a', {
      'user-agent': browser,
      authorization: authorization.slice(0, 100_010),
    });
    expect(decision).toMatchObject({ status: 401 });
  });

  test('two Authorization headers are refused, whichever comes first', async () => {
    const good = `License ${await site.token()}`;
    for (const authorization of [
      [good, good],
      [good, 'Basic dTpw'],
      ['Basic dTpw', good],
    ]) {
      const headers = { authorization: authorization[0]! };
      const decision = await site.ask('/a', headers, { authorization });
      expect(decision).toMatchObject({ status: 401, reason: 'credentials-malformed' });
    }
  });

  test('changed headers and signatures', async () => {
    const good = await site.token();
    const [, body = '', signature = ''] = good.split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = { alg: 'EdDSA', kid: 'k1', typ: 'license+jwt' };
    const forged = [
      ...['none', 'HS256', 'ES256', 'eddsa', 'Ed25519'].map((alg) => ({ ...header, alg })),
      { ...header, kid: 'k2' },
      { ...header, typ: 'JWT' },
      { ...header, crit: ['exp'] },
      { ...header, jwk: { kty: 'OKP' } },
      { ...header, jku: 'https://evil.example/keys' },
    ].map((each) => `${encode(each)}.${body}.${signature}`);
    const claims = encode(testClaims({ jti: 'other' }));
    forged.push(
      `${good.split('.')[0]}.${claims}.${signature}`,
      `${good}=`,
      `${good.slice(0, -43)}${good.at(-43) === 'A' ? 'B' : 'A'}${good.slice(-42)}`,
      good.replace('.', '..'),
    );
    const stranger = await generateKeyPair();
    forged.push(await signToken(testClaims(), { kid: 'k1', privateKey: stranger.privateKey }));
    for (const token of forged) {
      const decision = await site.ask('/a', { 'user-agent': gptbot, authorization: `License ${token}` });
      expect(decision).toMatchObject({ status: 401 });
    }
    expect(await site.ask('/a', { authorization: `License ${good}` })).toMatchObject({ kind: 'pass' });
  });

  test('a flood of forged tokens costs a bounded number of checks and harms no known token', async () => {
    const own = await createTestGate({}, { newTokensPerSecond: 20 });
    const good = `License ${await own.token()}`;
    await own.ask('/a', { authorization: good });
    const [head, body] = (await own.token()).split('.');
    const statuses = new Map<number | string, number>();
    for (let time = 0; time < 200; time += 1) {
      const signature = Buffer.alloc(64, time).toString('base64url');
      const decision = await own.ask('/a', { authorization: `License ${head}.${body}.${signature}` });
      const status = decision.kind === 'deny' ? decision.status : 'pass';
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(await own.ask('/a', { authorization: good })).toMatchObject({ kind: 'pass' });
    }
    expect(statuses).toEqual(
      new Map([
        [401, 19],
        [503, 181],
      ]),
    );
    own.now += 1_000;
    const fresh = await own.token({ jti: 'fresh' });
    expect(await own.ask('/a', { authorization: `License ${fresh}` })).toMatchObject({ kind: 'pass' });
  });
});

describe('when it cannot decide', () => {
  test.each([
    [
      'the bundle is too old',
      (own: TestGate) => {
        own.now += 3_601_000;
      },
    ],
    [
      'there is no bundle',
      (own: TestGate) => {
        own.gate.rules = undefined;
      },
    ],
  ])('%s: 503 for who would need a decision, people and robots.txt pass', async (_, spoil) => {
    const own = await createTestGate();
    const authorization = `License ${await own.token({ exp: T0 / 1000 + 9_000 })}`;
    spoil(own);
    expect(await own.ask('/a', { 'user-agent': gptbot })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '60' },
    });
    expect(await own.ask('/a', { authorization })).toMatchObject({ status: 503 });
    expect(await own.ask('/a', { 'user-agent': browser })).toMatchObject({ kind: 'pass' });
    expect(await own.ask('/robots.txt', { 'user-agent': gptbot })).toMatchObject({ kind: 'pass' });
  });

  test('usage that cannot be written is not served', async () => {
    const own = await createTestGate();
    const authorization = `License ${await own.token()}`;
    own.room = 0;
    expect(await own.ask('/a', { authorization })).toMatchObject({ status: 503, reason: 'cannot-decide' });
    expect(await own.ask('/a', { 'user-agent': browser })).toMatchObject({ kind: 'pass' });
  });
});
