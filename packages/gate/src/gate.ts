import { type Bundle, fromBase64 } from '@clearway/protocol';
import { compilePattern, matchPrepared, type PathPattern } from '@clearway/rsl';
import { createTokenChecker, type TokenChecker } from './check-token.ts';
import { indexTerms, type TermsIndex } from './index-terms.ts';
import { createRecogniser, type Visitor } from './recognise-agents.ts';
import type { UsageSink } from './usage-sink.ts';

/** What a gate needs from outside. */
export interface GateOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly usage: UsageSink;
  /** The id of the site this gate stands before; a bundle of another is refused. Any site unless given. */
  readonly site?: string;
  /** Names (`host[:port]`, lower case) the site answers to besides the one in its origin. */
  readonly hosts?: readonly string[];
  /** New tokens checked in one second; 200 unless given. Known ones are not limited. */
  readonly newTokensPerSecond?: number;
}

/** What became of a bundle: taken, of an older number than the one at hand, or of another site. */
export type Installed = 'installed' | 'unchanged' | 'older' | 'other-site';

/** The rules in force, prepared for use. */
export interface Rules {
  readonly bundle: Bundle;
  readonly keys: (kid: string) => Uint8Array | undefined;
  readonly hosts: ReadonlySet<string>;
  readonly find: TermsIndex;
  /** Paths served to everyone on this very site. */
  readonly exempt: readonly PathPattern[];
  readonly revoked: ReadonlySet<string>;
  /** Milliseconds since 1970 after which the bundle decides nothing any more. */
  readonly until: number;
}

/** A gate: rules that are replaced in the background, and what it remembers between requests. */
export interface Gate {
  readonly options: GateOptions;
  readonly recognise: (userAgent: string | undefined) => Visitor;
  readonly tokens: TokenChecker;
  /** Undefined until the first bundle came. */
  rules: Rules | undefined;
}

/**
 * A gate without rules yet: people pass, what needs a decision gets 503 until {@link installBundle}.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const gate = createGate({ now: () => 0, usage });
 * decide(gate, { method: 'GET', target: '/', headers: { 'user-agent': 'Mozilla/5.0' } }).kind // => 'pass'
 * decide(gate, { method: 'GET', target: '/', headers: { 'user-agent': 'GPTBot/1.2' } }).status // => 503
 * ```
 */
export function createGate(options: GateOptions): Gate {
  return {
    options,
    recognise: createRecogniser(),
    tokens: createTokenChecker({
      perSecond: options.newTokensPerSecond ?? 200,
      fetchesOf: options.usage.fetchesOf,
    }),
    rules: undefined,
  };
}

/**
 * Puts an opened bundle in force, at once and as a whole. One with a smaller number, or of another site than the one at
 * hand, is refused: an old bundle must not bring back what was revoked.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const gate = createGate({ now: () => Date.parse('2026-01-31T12:00:00.000Z'), usage });
 * const bundle = { format: 'clearway-bundle-1', issuer: 'https://rights.example',
 *   site: { id: 's', origin: 'https://blog.example' }, number: 2, issuedAt: '2026-01-31T12:00:00.000Z', maxAgeS: 3600,
 *   keys: [], licenseUrl: 'https://blog.example/license.xml', quoteUrl: 'https://rights.example/quote',
 *   terms: [], exempt: [], revoked: [], policy: { unknownAgents: 'pass', cannotDecide: '503' } };
 * installBundle(gate, bundle) // => 'installed'
 * installBundle(gate, { ...bundle, number: 1 }) // => 'older'
 * decide(gate, { method: 'GET', target: '/', headers: { 'user-agent': 'GPTBot/1.2' } }).status // => 401
 * ```
 */
export function installBundle(gate: Gate, bundle: Bundle): Installed {
  const before = gate.rules?.bundle;
  if (gate.options.site !== undefined && gate.options.site !== bundle.site.id) return 'other-site';
  if (before && (before.site.id !== bundle.site.id || before.site.origin !== bundle.site.origin))
    return 'other-site';
  if (before && bundle.number < before.number) return 'older';
  if (before && bundle.number === before.number && bundle.issuedAt === before.issuedAt) return 'unchanged';
  if (!before || tokenRules(before) !== tokenRules(bundle)) gate.tokens.forget();
  gate.rules = prepare(bundle, gate.options.hosts ?? []);
  return 'installed';
}

/** What a token was checked against: while it stays the same, tokens need not be checked again. */
function tokenRules({ issuer, keys }: Bundle): string {
  return JSON.stringify([issuer, keys]);
}

function prepare(bundle: Bundle, hosts: readonly string[]): Rules {
  const { origin } = bundle.site;
  const keys = new Map(bundle.keys.map(({ kid, publicKey }) => [kid, fromBase64(publicKey)]));
  const exempt = [...bundle.exempt, ...ownPaths(bundle)].map((pattern) => compilePattern(pattern));
  return {
    bundle,
    keys: (kid) => keys.get(kid),
    hosts: new Set([...namesOf(new URL(origin)), ...hosts]),
    find: indexTerms(bundle.terms),
    exempt,
    revoked: new Set(bundle.revoked.map((one) => ('jti' in one ? `token ${one.jti}` : one.agreement))),
    until: Date.parse(bundle.issuedAt) + bundle.maxAgeS * 1000,
  };
}

/** The terms and the place to take a license are served to everyone where they live on this very site. */
function ownPaths({ site, licenseUrl, quoteUrl }: Bundle): string[] {
  return [licenseUrl, quoteUrl]
    .map((address) => new URL(address))
    .filter((url) => url.origin === site.origin)
    .map((url) => `${url.pathname}$`);
}

/** The spellings of a host header that name an origin: a default port may be said or left out. */
function namesOf(url: URL): string[] {
  if (url.port !== '') return [url.host];
  return [url.host, `${url.host}:${url.protocol === 'https:' ? 443 : 80}`];
}

/** For a path from `preparePath`. */
export function matchesAny(patterns: readonly PathPattern[], path: string): boolean {
  return patterns.some((pattern) => matchPrepared(pattern, path));
}
