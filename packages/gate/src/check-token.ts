import { ProtocolError, type TokenClaims, verifyToken } from '@clearway/protocol';
import { compilePattern, type PathPattern } from '@clearway/rsl';

/** A token whose signature, issuer and audience hold; time, revocation and scope are asked on every request. */
export interface KnownToken {
  readonly token: string;
  readonly claims: TokenClaims;
  readonly patterns: readonly PathPattern[];
  /** Fetches counted against `claims.cap`, those under way included. */
  fetches: number;
}

/** Why a token is refused; `busy` means that too many new tokens came at once to check them all. */
export type TokenRefusal = 'invalid' | 'expired' | 'elsewhere' | 'busy';

export type TokenVerdict = KnownToken | TokenRefusal;

export interface TokenRules {
  readonly keys: (kid: string) => Uint8Array | undefined;
  readonly audience: string;
  readonly issuer: string;
}

export interface TokenChecker {
  /** The token of `License <token>`, where it is known; what is not is read with all care. */
  find(field: string): string | undefined;
  /** A promise only for a token that is new here. */
  check(token: string, rules: TokenRules, now: number): TokenVerdict | Promise<TokenVerdict>;
  /** Forgets everything, because the rules changed. */
  forget(): void;
}

type Options = { readonly perSecond: number; readonly fetchesOf: (tokenId: string) => number };

const KNOWN_LIMIT = 10_000;
const REFUSED_LIMIT = 10_000;
const REFUSED_FOR_MS = 60_000;
/** A signature's worth of characters: enough to tell tokens apart, and cheaper to hash than the whole. */
const TAIL = 86;
const PREFIX = 'License ';

/**
 * Checks each token's signature once. Good tokens are kept under their tail and compared whole; refused ones are kept for a
 * minute; the same token arriving many times at once is checked once; and no more than `perSecond` new tokens are
 * checked in a second, so that a flood of forged ones costs little and harms nobody whose token is known.
 */
export function createTokenChecker({ perSecond, fetchesOf }: Options): TokenChecker {
  let known = new Map<string, KnownToken>();
  let refused = new Map<string, { readonly refusal: TokenRefusal; readonly until: number }>();
  let running = new Map<string, Promise<TokenVerdict>>();
  let second = 0;
  let spent = 0;

  function find(field: string): string | undefined {
    const token = known.get(field.slice(-TAIL))?.token;
    const whole = token !== undefined && field.length === PREFIX.length + token.length;
    return whole && field.startsWith(PREFIX) && field.endsWith(token) ? token : undefined;
  }

  function check(token: string, rules: TokenRules, now: number): TokenVerdict | Promise<TokenVerdict> {
    const found = known.get(token.slice(-TAIL));
    if (found?.token === token) return found;
    const bad = refused.get(token);
    if (bad && bad.until > now) return bad.refusal;
    const underway = running.get(token);
    if (underway) return underway;
    if (Math.floor(now / 1000) !== second) {
      second = Math.floor(now / 1000);
      spent = 0;
    }
    if (spent >= perSecond) return 'busy';
    spent += 1;
    const own = running;
    const checking = verify(token, rules, now).finally(() => own.delete(token));
    running.set(token, checking);
    return checking;
  }

  async function verify(token: string, rules: TokenRules, now: number): Promise<TokenVerdict> {
    const [mine, theirs] = [known, refused];
    try {
      const claims = await verifyToken(token, { ...rules, now });
      const patterns = claims.res.map((pattern) => compilePattern(pattern));
      const entry = { token, claims, patterns, fetches: fetchesOf(claims.jti) };
      if (mine.size >= KNOWN_LIMIT) mine.clear();
      mine.set(token.slice(-TAIL), entry);
      return entry;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const refusal = refusalOf(error);
      if (theirs.size >= REFUSED_LIMIT) theirs.clear();
      // A token that begins later will begin.
      const until = error.code === 'token-not-yet-valid' ? now : now + REFUSED_FOR_MS;
      theirs.set(token, { refusal, until });
      return refusal;
    }
  }

  function forget(): void {
    known = new Map();
    refused = new Map();
    running = new Map();
  }

  return { find, check, forget };
}

function refusalOf(error: ProtocolError): TokenRefusal {
  if (error.code === 'token-expired') return 'expired';
  return error.code === 'token-audience' ? 'elsewhere' : 'invalid';
}
