import {
  type Bundle,
  type BundleTerms,
  generateKeyPair,
  type KeyPair,
  signToken,
  type TokenClaims,
  toBase64,
} from '@clearway/protocol';
import { decide, settle } from '../decide.ts';
import type { Decision, GateRequest } from '../decision.ts';
import { createGate, type Gate, type GateOptions, installBundle } from '../gate.ts';
import type { Served, UsageDraft, UsageSink } from '../usage-sink.ts';

/** Midday, in milliseconds. */
export const T0: number = Date.parse('2026-01-31T12:00:00.000Z');

export const ORIGIN = 'https://blog.example';

const eur = { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } as const;

function terms(pattern: string, uses: BundleTerms['uses'], prices: BundleTerms['prices'] = []): BundleTerms {
  return { pattern, uses, prices, offerSha256: 'ab'.repeat(32) };
}

/** A blog: reading for answers and training are for sale, search is free; other corners say other things. */
export function testBundle(pair: KeyPair, change: Partial<Bundle> = {}): Bundle {
  return {
    format: 'clearway-bundle-1',
    issuer: 'https://rights.example',
    site: { id: 'site-1', origin: ORIGIN },
    number: 1,
    issuedAt: new Date(T0).toISOString(),
    maxAgeS: 3600,
    keys: [{ kid: 'k1', publicKey: toBase64(pair.publicKey) }],
    licenseUrl: `${ORIGIN}/terms/license.xml`,
    quoteUrl: 'https://rights.example/quote',
    terms: [
      terms('/', { search: 'free', 'ai-train': 'paid', 'ai-input': 'paid' }, [
        { use: 'ai-train', ...eur },
        { use: 'ai-input', ...eur, amountMicro: '2500000', perUnits: 1000 },
      ]),
      terms('/free/', { all: 'free' }),
      terms('/ask/', { 'ai-train': 'ask' }),
      terms('/never/', { 'ai-all': 'no' }),
      terms('/silent/', {}),
    ],
    exempt: ['/feed.xml$', '/legal/'],
    revoked: [],
    policy: { unknownAgents: 'pass', cannotDecide: '503' },
    ...change,
  };
}

export interface TestGate {
  readonly gate: Gate;
  readonly pair: KeyPair;
  readonly records: (UsageDraft & Served)[];
  readonly refusals: { reason: string; agentName: string }[];
  now: number;
  room: number;
  token(change?: Partial<TokenClaims>, kid?: string): Promise<string>;
  ask(
    target: string,
    headers?: Record<string, string | undefined>,
    more?: Partial<GateRequest>,
  ): Promise<Decision>;
}

/** A gate with a sink in memory and a clock moved by hand. */
export async function createTestGate(
  change: Partial<Bundle> = {},
  options: Partial<GateOptions> = {},
): Promise<TestGate> {
  const pair = await generateKeyPair();
  const records: TestGate['records'] = [];
  const refusals: TestGate['refusals'] = [];
  const usage: UsageSink = {
    reserve: () => test.room > 0,
    release: () => {},
    record: (draft, served) => void records.push({ ...draft, ...served }),
    refused: (reason, agentName) => void refusals.push({ reason, agentName }),
    counts: (agreement) => {
      const count = records.filter((record) => record.agreement === agreement).length;
      return { count, durable: count };
    },
    fetchesOf: (tokenId) => records.filter((record) => record.tokenId === tokenId).length,
  };
  const gate = createGate({ now: () => test.now, usage, ...options });
  installBundle(gate, testBundle(pair, change));
  const test: TestGate = {
    gate,
    pair,
    records,
    refusals,
    now: T0,
    room: 1,
    token: (claims = {}, kid = 'k1') => signToken(testClaims(claims), { kid, privateKey: pair.privateKey }),
    async ask(target, headers = {}, more = {}) {
      const host = { host: 'blog.example', ...headers };
      const decision = await decide(gate, { method: 'GET', target, headers: host, ...more });
      if (decision.kind === 'pass') settle(gate, decision, { status: 200, bytes: 10 });
      return decision;
    },
  };
  return test;
}

/** Claims of a good token for the whole of the blog and one use. */
export function testClaims(change: Partial<TokenClaims> = {}): TokenClaims {
  return {
    iss: 'https://rights.example',
    sub: 'client-1',
    aud: ORIGIN,
    iat: T0 / 1000 - 10,
    exp: T0 / 1000 + 890,
    jti: 'token-1',
    lic: 'agreement-1',
    res: ['/'],
    use: ['ai-train'],
    units: eur,
    ver: ['ab'.repeat(32)],
    ...change,
  };
}
