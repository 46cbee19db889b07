import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64, toBase64, utf8 } from '../bytes.ts';
import { generateKeyPair, type KeyPair, sign } from '../keys.ts';
import type { TokenClaims } from './claims.ts';
import { publicJwk } from './public-jwk.ts';
import { signToken } from './sign-token.ts';
import { type TokenRules, verifyToken } from './verify-token.ts';

const claims: TokenClaims = {
  iss: 'https://rights.example',
  sub: 'client-1',
  aud: 'https://blog.example',
  iat: 1_000,
  exp: 1_900,
  jti: 'token-1',
  lic: 'agreement-1',
  res: ['/posts/*', '/about$'],
  use: ['ai-input'],
  units: { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' },
  cap: 100,
  ver: ['ab'.repeat(32)],
};
let pair: KeyPair;
let other: KeyPair;
let token: string;
let rules: TokenRules;
beforeAll(async () => {
  pair = await generateKeyPair();
  other = await generateKeyPair();
  token = await signToken(claims, { kid: 'k1', privateKey: pair.privateKey });
  rules = {
    keys: (kid) => ({ k1: pair.publicKey, k2: other.publicKey })[kid],
    audience: 'https://blog.example',
    now: 1_500_000,
  };
});

const base64Url = (value: unknown) =>
  toBase64(utf8(typeof value === 'string' ? value : JSON.stringify(value)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const textOf = (part: string) =>
  new TextDecoder().decode(
    fromBase64(
      part
        .replaceAll('-', '+')
        .replaceAll('_', '/')
        .padEnd(Math.ceil(part.length / 4) * 4, '='),
    ),
  );

/** A token of any header and payload, rightly signed. */
async function forge(header: unknown, payload: unknown): Promise<string> {
  const input = `${base64Url(header)}.${base64Url(payload)}`;
  const signature = await sign(pair.privateKey, utf8(input));
  return `${input}.${toBase64(signature).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
const header = { alg: 'EdDSA', kid: 'k1', typ: 'license+jwt' };
const verdict = (text: string, more: Partial<TokenRules> = {}) =>
  verifyToken(text, { ...rules, ...more }).then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a license token', () => {
  test('says what was signed, also to an independent reader', async () => {
    expect(await verifyToken(token, rules)).toEqual(claims);
    const key = await importJWK(publicJwk('k1', pair.publicKey));
    const { payload } = await compactVerify(token, key, { algorithms: ['EdDSA'] });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
    expect(await verdict(await forge(header, { ...claims, more: { a: 1 } }))).toBe('accepted');
  });

  test('holds in its time, give or take the tolerance', async () => {
    expect(await verdict(token, { now: 1_929_999 })).toBe('accepted');
    expect(await verdict(token, { now: 1_930_000 })).toBe('token-expired');
    expect(await verdict(token, { now: 1_900_000, clockToleranceS: 0 })).toBe('token-expired');
    expect(await verdict(token, { now: 970_000 })).toBe('accepted');
    expect(await verdict(token, { now: 969_999 })).toBe('token-not-yet-valid');
    const later = await signToken({ ...claims, nbf: 1_600 }, { kid: 'k1', privateKey: pair.privateKey });
    expect(await verdict(later)).toBe('token-not-yet-valid');
  });

  test.each([
    'https://blog.example:443',
    'https://blog.example:8443',
    'http://blog.example',
    'https://blog.example/',
    'https://blog.example.',
    'https://BLOG.example',
    'https://blog.example.attacker.test',
    'https://blog.example@attacker.test',
    'https://log.example',
  ])('is of no use at %s', async (audience) => {
    expect(await verdict(token, { audience })).toBe('token-audience');
  });

  test('is of one issuer where one is asked for', async () => {
    expect(await verdict(token, { issuer: 'https://rights.example' })).toBe('accepted');
    expect(await verdict(token, { issuer: 'https://rights.example.evil.test' })).toBe('token-issuer');
  });

  test('changed in one bit anywhere is refused', async () => {
    for (let at = 0; at < token.length; at += 1) {
      for (const bit of [1, 2, 4, 8, 16, 32]) {
        const char = String.fromCharCode(token.charCodeAt(at) ^ bit);
        const changed = token.slice(0, at) + char + token.slice(at + 1);
        expect(await verdict(changed), `${at}: ${char}`).not.toBe('accepted');
      }
    }
  });

  test('cut anywhere, or with something added, is refused', async () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(await verdict(token.slice(0, length)), String(length)).not.toBe('accepted');
    }
    for (const more of ['=', '.', ' ', '\n', 'A', '.e30']) {
      expect(await verdict(token + more), more).not.toBe('accepted');
      expect(await verdict(more + token), more).not.toBe('accepted');
    }
  });

  test('one megabyte is refused before it is read', async () => {
    const long = `${base64Url(header)}.${'A'.repeat(1_000_000)}.AAAA`;
    expect(await verdict(long)).toBe('token-too-long');
    const res = Array.from({ length: 100 }, (_, i) => `/${'x'.repeat(60)}${i}`);
    const signer = { kid: 'k1', privateKey: pair.privateKey };
    await expect(signToken({ ...claims, res }, signer)).rejects.toMatchObject({ code: 'token-too-long' });
  });

  test.each<[string, unknown, string]>([
    ['no algorithm', { ...header, alg: 'none' }, 'token-algorithm'],
    ['HS256', { ...header, alg: 'HS256' }, 'token-algorithm'],
    ['ES256', { ...header, alg: 'ES256' }, 'token-algorithm'],
    ['another spelling', { ...header, alg: 'eddsa' }, 'token-algorithm'],
    ['a list of algorithms', { ...header, alg: ['EdDSA'] }, 'token-algorithm'],
    ['an unknown key', { ...header, kid: 'k9' }, 'token-unknown-key'],
    ['another key', { ...header, kid: 'k2' }, 'token-signature'],
    ['no key', { alg: 'EdDSA', typ: 'license+jwt' }, 'token-header'],
    ['a key that is no text', { ...header, kid: 1 }, 'token-header'],
    ['a prototype as key', { ...header, kid: '__proto__' }, 'token-unknown-key'],
    ['another type', { ...header, typ: 'JWT' }, 'token-header'],
    ['no type', { alg: 'EdDSA', kid: 'k1' }, 'token-header'],
    ['a critical extension', { ...header, crit: ['exp'] }, 'token-header'],
    ['an embedded key', { ...header, jwk: { kty: 'OKP' } }, 'token-header'],
    ['an address of keys', { ...header, jku: 'https://evil.example/keys' }, 'token-header'],
    ['a certificate', { ...header, x5u: 'https://evil.example/cert' }, 'token-header'],
    ['an unencoded payload', { ...header, b64: false }, 'token-header'],
    ['a repeated member', '{"alg":"EdDSA","alg":"EdDSA","kid":"k1","typ":"license+jwt"}', 'token-malformed'],
    ['a list', [header], 'token-malformed'],
    ['null', null, 'token-malformed'],
    ['text', '"EdDSA"', 'token-malformed'],
    ['no JSON', '{', 'token-malformed'],
  ])('with %s in its header is refused', async (_name, changed, code) => {
    const forged = await forge(changed, claims);
    expect(
      await verdict(forged, {
        keys: (kid) =>
          new Map([
            ['k1', pair.publicKey],
            ['k2', other.publicKey],
          ]).get(kid),
      }),
    ).toBe(code);
  });

  test.each<[string, object | string, string]>([
    ['a repeated member', JSON.stringify(claims).replace('{', '{"exp":9999,'), 'token-malformed'],
    ['no JSON', 'exp', 'token-malformed'],
    ['nothing', {}, 'token-claims'],
    ['no end', { ...claims, exp: undefined }, 'token-claims'],
    ['an end as text', { ...claims, exp: '1900' }, 'token-claims'],
    ['an end before the beginning', { ...claims, exp: 1_000 }, 'token-claims'],
    ['no resource', { ...claims, res: [] }, 'token-claims'],
    ['a resource on another host', { ...claims, res: ['https://a.example/'] }, 'token-claims'],
    ['no use', { ...claims, use: [] }, 'token-claims'],
    ['an unknown use', { ...claims, use: ['train-ai'] }, 'token-claims'],
    ['an origin with a path', { ...claims, aud: 'https://blog.example/' }, 'token-claims'],
    ['two origins', { ...claims, aud: ['https://blog.example'] }, 'token-claims'],
    ['a price as number', { ...claims, units: { ...claims.units, amountMicro: 2_000 } }, 'token-claims'],
    ['a negative price', { ...claims, units: { ...claims.units, amountMicro: '-1' } }, 'token-claims'],
    ['for no unit', { ...claims, units: { ...claims.units, perUnits: 0 } }, 'token-claims'],
    ['no offer', { ...claims, ver: [] }, 'token-claims'],
    ['an id with a line end', { ...claims, jti: 'a\nb' }, 'token-claims'],
  ])('with %s in its claims is refused', async (_name, changed, code) => {
    expect(await verdict(await forge(header, changed))).toBe(code);
  });

  test('never accepts what jose refuses', async () => {
    const key = await importJWK(publicJwk('k1', pair.publicKey));
    const [head = '', body = '', signature = ''] = token.split('.');
    const part = fc.oneof(
      fc.constantFrom(head, body, signature, '', 'e30', base64Url({ ...header, alg: 'none' })),
      fc.string({ unit: fc.constantFrom(...'AZaz09-_=+/. \n'), maxLength: 90 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        const text = parts.join('.');
        if ((await verdict(text)) === 'accepted') await compactVerify(text, key, { algorithms: ['EdDSA'] });
      }),
    );
  });

  test('what may be signed can be read back', async () => {
    const some = fc.record({
      res: fc.array(fc.constantFrom('/', '/a/*', '*', '/b$'), { minLength: 1, maxLength: 9 }),
      use: fc.uniqueArray(fc.constantFrom('search', 'ai-input', 'ai-train'), { minLength: 1 }),
      cap: fc.nat(),
      jti: fc.string({ unit: fc.constantFrom(...'aZ09-_~!'), minLength: 1, maxLength: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(some, async (more) => {
        const all = { ...claims, ...more } as TokenClaims;
        const signed = await signToken(all, { kid: 'k1', privateKey: pair.privateKey });
        expect(await verifyToken(signed, rules)).toEqual(all);
        expect(JSON.parse(textOf(signed.split('.')[1] ?? ''))).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });
});

const vectors = join(
  process.env.CLEARWAY_VECTORS ?? '../shared/vectors',
  'wycheproof/json_web_signature_test.json',
);

/** None of these is a license token: other algorithms, other keys, broken on purpose. Not one may pass. */
describe('the JOSE vectors of Wycheproof', () => {
  if (!existsSync(vectors)) {
    test('are all refused', ({ skip }) => skip(`${vectors} is absent; set CLEARWAY_VECTORS`));
    return;
  }
  type Group = { tests: { jws: unknown }[] };
  const { testGroups: groups } = JSON.parse(readFileSync(vectors, 'utf8')) as { testGroups: Group[] };

  test('are all refused by name, whatever key is trusted', async () => {
    let seen = 0;
    const codes = new Set<string>();
    for (const { jws } of groups.flatMap((group) => group.tests)) {
      const text = typeof jws === 'string' ? jws : JSON.stringify(jws);
      codes.add(await verdict(text, { keys: () => pair.publicKey, maxBytes: 100_000 }));
      seen += 1;
    }
    expect(seen).toBeGreaterThan(390);
    expect([...codes].sort()).toEqual(['token-algorithm', 'token-malformed']);
  });
});
