import { type BundleTerms, ProtocolError, parseAuthorization, type UsageName } from '@clearway/protocol';
import { comparePatterns, compilePattern, covers, matchPrepared, preparePath } from '@clearway/rsl';
import { canonicalTarget } from './canonical-target.ts';
import type { KnownToken, TokenVerdict } from './check-token.ts';
import type { Decision, GateRequest, Pass } from './decision.ts';
import { deny, one } from './deny-request.ts';
import { isAlwaysServed } from './exempt-paths.ts';
import { type Gate, matchesAny, type Rules } from './gate.ts';
import { answerFor } from './index-terms.ts';
import type { Visitor } from './recognise-agents.ts';
import { usageHeaders } from './usage-headers.ts';
import type { Served, UsageDraft } from './usage-sink.ts';

const pass: Pass = { kind: 'pass', headers: {} };

/** What is asked about one request, put together once. */
type Case = {
  readonly gate: Gate;
  readonly rules: Rules;
  readonly request: GateRequest;
  readonly visitor: Visitor;
  readonly path: string;
  /** The path as patterns are compared with it. */
  readonly prepared: string;
};

/**
 * Decides about one request, offline. A promise comes back only for a license token never seen before.
 *
 * People and everyone who names no listed AI agent pass untouched, unless they present a license token. robots.txt,
 * `/.well-known/`, license files and sitemaps always pass. A listed AI agent passes where every use it comes for is
 * free; else it needs a token: 402 where each of those uses has a price, 401 otherwise. A token must be genuine and in force
 * (401), for this site, path and use (403), with fetches left (402). 400 answers targets that can be read in two ways,
 * 503 that the gate cannot decide: no bundle, one too old, too many new tokens, or usage that cannot be written.
 *
 * The statuses are those of the Crawler Authorization Protocol, RSL 1.0 §6.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const gate = createGate({ now: () => 0, usage });
 * decide(gate, { method: 'GET', target: '/robots.txt', headers: { 'user-agent': 'GPTBot/1.2' } }).kind // => 'pass'
 * ```
 */
export function decide(gate: Gate, request: GateRequest): Decision | Promise<Decision> {
  const visitor = gate.recognise(one(request.headers['user-agent']));
  const credentials = credentialsOf(request);
  if (visitor.kind === 'person' && !credentials) return pass;
  const { rules } = gate;
  const target = canonicalTarget(request.target, rules?.hosts);
  if (!target.ok) return deny(gate, request, 'ambiguous-request', visitor.name);
  const prepared = forMatching(target.path);
  if (isAlwaysServed(target.pathname) || matchesAny(rules?.exempt ?? [], prepared)) return pass;
  if (!rules || gate.options.now() > rules.until) return deny(gate, request, 'cannot-decide', visitor.name);
  const about: Case = { gate, rules, request, visitor, path: target.path, prepared };
  if (visitor.kind === 'agent' && needed(about, visitor.uses).length === 0)
    return { ...pass, path: target.path };
  return credentials ? decideLicensed(about, credentials) : decideUnlicensed(about);
}

/**
 * Every Authorization field, if one of them speaks of a license, or if an agent's are several: a site's own log-in of
 * people is none of the gate's business.
 */
function credentialsOf({ authorization, headers }: GateRequest): readonly string[] | undefined {
  const value = headers.authorization;
  if (value === undefined) return undefined;
  const fields = authorization ?? (typeof value === 'string' ? [value] : value);
  if (fields.length === 1 && fields[0]!.startsWith('License ')) return fields;
  return fields.some((field) => /(?:^|[\s,])license(?:[\s,]|$)/i.test(field)) ? fields : undefined;
}

function decideUnlicensed(about: Case): Decision {
  const { gate, request, visitor } = about;
  const terms = about.rules.find(about.prepared);
  const uses = needed(about, visitor.uses);
  if (!terms || uses.some((use) => answerFor(terms, use) !== 'paid'))
    return deny(gate, request, 'license-required', visitor.name);
  return deny(gate, request, 'payment-required', visitor.name, { prices: pricesFor(terms, uses) });
}

function decideLicensed(about: Case, credentials: readonly string[]): Decision | Promise<Decision> {
  const { gate, rules, request, visitor } = about;
  let token: string | undefined;
  try {
    const [field] = credentials;
    const known = credentials.length === 1 && field !== undefined ? gate.tokens.find(field) : undefined;
    token = known ?? parseAuthorization(credentials);
    if (token === undefined) return decideUnlicensed(about);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return deny(gate, request, 'credentials-malformed', visitor.name);
  }
  const { issuer, site } = rules.bundle;
  const expected = { keys: rules.keys, issuer, audience: site.origin };
  const verdict = gate.tokens.check(token, expected, gate.options.now());
  return verdict instanceof Promise ? verdict.then((found) => judge(about, found)) : judge(about, verdict);
}

function judge(about: Case, verdict: TokenVerdict): Decision {
  const { gate, rules, request, visitor, path } = about;
  const { now, usage } = gate.options;
  switch (verdict) {
    case 'busy':
      return deny(gate, request, 'cannot-decide', visitor.name, { retryAfterS: 1 });
    case 'invalid':
      return deny(gate, request, 'token-invalid', visitor.name);
    case 'expired':
      return deny(gate, request, 'token-expired', visitor.name);
    case 'elsewhere':
      return deny(gate, request, 'token-elsewhere', visitor.name);
  }
  const { claims } = verdict;
  if (now() >= (claims.exp + CLOCK_TOLERANCE_S) * 1000)
    return deny(gate, request, 'token-expired', visitor.name);
  if (rules.revoked.has(claims.lic) || rules.revoked.has(`token ${claims.jti}`))
    return deny(gate, request, 'token-revoked', visitor.name);
  if (!rules.hosts.has(one(request.headers.host)?.toLowerCase() ?? ''))
    return deny(gate, request, 'token-elsewhere', visitor.name);
  if (!reaches(about, verdict)) return deny(gate, request, 'token-scope', visitor.name);
  const wanted = needed(about, visitor.kind === 'agent' ? visitor.uses : claims.use);
  if (wanted.length === 0) return { ...pass, path };
  const use = licensedUse(claims.use, wanted);
  if (use === undefined) return deny(gate, request, 'token-use', visitor.name);
  if (request.method === 'HEAD' || request.method === 'OPTIONS') return { ...pass, path };
  if (claims.cap !== undefined && verdict.fetches >= claims.cap)
    return deny(gate, request, 'token-exhausted', visitor.name);
  if (!usage.reserve()) return deny(gate, request, 'cannot-decide', visitor.name, { retryAfterS: 1 });
  verdict.fetches += 1;
  const draft = draftOf(about, verdict, use);
  return { kind: 'pass', path, headers: usageHeaders(verdict, usage), usage: { draft, token: verdict } };
}

/**
 * A token for a part of the site does not reach into a narrower part with terms of its own, unless it is for these terms:
 * what lies there may be somebody else's, and at another price.
 */
function reaches({ rules, prepared }: Case, { claims, patterns }: KnownToken): boolean {
  const matching = patterns.filter((pattern) => matchPrepared(pattern, prepared));
  if (matching.length === 0) return false;
  const terms = rules.find(prepared);
  if (!terms || claims.ver.includes(terms.offerSha256)) return true;
  const governing = compilePattern(terms.pattern);
  return matching.some((pattern) => ['equal', 'narrower'].includes(comparePatterns(pattern, governing)));
}

/** What `preparePath` gives for a canonical path, which is normalised and has no fragment already. */
function forMatching(path: string): string {
  return path.includes('*') || path.includes('$') ? preparePath(path) : path;
}

/** Tokens are judged with the same tolerance when they are first seen, see `verifyToken`. */
const CLOCK_TOLERANCE_S = 30;

/** The uses that are not free on this path; where nothing was said, all of them. */
function needed<U extends UsageName>({ rules, prepared }: Case, uses: readonly U[]): readonly U[] {
  const terms = rules.find(prepared);
  return terms ? uses.filter((use) => answerFor(terms, use) !== 'free') : uses;
}

/**
 * The one use a fetch is counted as: the use wanted if it is one, else the narrowest use licensed that covers all that are
 * wanted. Undefined where the license does not cover them, or covers them only by several names: none of them is guessed.
 */
function licensedUse(licensed: readonly UsageName[], wanted: readonly UsageName[]): UsageName | undefined {
  const covering = licensed.filter((use) => wanted.every((want) => covers(use, want)));
  if (covering.length === 0) return undefined;
  if (wanted.length === 1) return wanted[0];
  return covering.find((use) => covering.every((other) => covers(other, use)));
}

function pricesFor(terms: BundleTerms, uses: readonly UsageName[]): BundleTerms['prices'] {
  return terms.prices.filter((price) => uses.some((use) => covers(price.use, use)));
}

function draftOf(
  { rules, request, visitor, path }: Case,
  { claims }: KnownToken,
  use: UsageName,
): UsageDraft {
  const signature = one(request.headers.signature);
  const input = one(request.headers['signature-input']);
  const proof = signature && input ? `${input}; ${signature}` : '';
  const agent = visitor.name || printable(one(request.headers['user-agent']));
  return {
    tokenId: claims.jti,
    agreement: claims.lic,
    client: claims.sub,
    path,
    use,
    bundle: rules.bundle.number,
    ...(agent ? { agent } : {}),
    ...(proof !== '' && proof.length <= 2_000 && !/\p{Cc}/u.test(proof) ? { signature: proof } : {}),
  };
}

function printable(userAgent: string | undefined): string {
  return (userAgent ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

/**
 * Tells the gate how a licensed request that passed was answered. Content that was given out (status 200 to 299) becomes a
 * usage record; anything else counts for nothing.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const gate = createGate({ now: () => 0, usage });
 * settle(gate, { kind: 'pass', headers: {} }, { status: 200, bytes: 12 }) // => undefined
 * ```
 */
export function settle(gate: Gate, { usage }: Pass, answered: Omit<Served, 'at'>): void {
  if (!usage) return;
  const sink = gate.options.usage;
  if (answered.status >= 200 && answered.status < 300) {
    sink.record(usage.draft, { ...answered, at: gate.options.now() });
    return;
  }
  usage.token.fetches -= 1;
  sink.release();
}
