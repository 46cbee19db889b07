import { type KeyLookup, readCompact, verifyCompact } from '../jws/open.ts';
import { ProtocolError } from '../problem.ts';
import { readShape } from '../shape.ts';
import { claimsShape, type TokenClaims } from './claims.ts';
import { TOKEN_MAX_BYTES, TOKEN_TYPE } from './sign-token.ts';

/**
 * How to judge a token: the trusted keys by id, the origin of the site that is asked (compared exactly), the license
 * server if only one is accepted, the time in milliseconds since 1970, and how many seconds clocks may differ (30).
 */
export type TokenRules = {
  readonly keys: KeyLookup;
  readonly audience: string;
  readonly issuer?: string;
  readonly now: number;
  readonly clockToleranceS?: number;
  readonly maxBytes?: number;
};

/**
 * The claims of a license token whose signature, time and audience hold. Whether it covers a path and a use, and whether
 * it was revoked, is asked afterwards.
 *
 * The algorithm is fixed, the header may name a key id only, base64url has one spelling, members are not repeated.
 * Throws `token-malformed`, `token-too-long` (over 4,096 bytes), `token-algorithm`, `token-header` (also `crit`, `jwk`,
 * `jku`, `x5u`), `token-unknown-key`, `token-signature`, `token-claims`, `token-expired`, `token-not-yet-valid`,
 * `token-audience`, `token-issuer`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const claims = { iss: 'https://rights.example', sub: 'client', aud: 'https://blog.example', iat: 1000, exp: 1900,
 *   jti: 't-1', lic: 'a-1', res: ['/'], use: ['ai-input'], ver: ['ab'.repeat(32)],
 *   units: { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } }
 * const token = await signToken(claims, { kid: 'k1', privateKey: pair.privateKey })
 * const rules = { keys: (kid) => (kid === 'k1' ? pair.publicKey : undefined), audience: 'https://blog.example', now: 1_500_000 }
 * (await verifyToken(token, rules)).lic // => 'a-1'
 * await verifyToken(token, { ...rules, now: 2_000_000 }) // => throws token-expired
 * await verifyToken(token, { ...rules, audience: 'https://blog.example:8443' }) // => throws token-audience
 */
export async function verifyToken(token: string, rules: TokenRules): Promise<TokenClaims> {
  const maxLength = rules.maxBytes ?? TOKEN_MAX_BYTES;
  const unverified = readCompact(token, { family: 'token', typ: TOKEN_TYPE, maxLength });
  const value = await verifyCompact(unverified, rules.keys(unverified.kid), 'token');
  const claims = readShape(claimsShape, value, 'token-claims');
  checkTime(claims, rules);
  if (claims.aud !== rules.audience) {
    throw new ProtocolError('token-audience', `The token is for ${claims.aud}.`);
  }
  if (rules.issuer !== undefined && claims.iss !== rules.issuer) {
    throw new ProtocolError('token-issuer', `The token is from ${claims.iss}.`);
  }
  return claims;
}

function checkTime(claims: TokenClaims, rules: TokenRules): void {
  const tolerance = rules.clockToleranceS ?? 30;
  const now = rules.now / 1000;
  if (claims.exp <= claims.iat) throw new ProtocolError('token-claims', 'The token ends before it begins.');
  if (now >= claims.exp + tolerance) throw new ProtocolError('token-expired', 'The token has expired.');
  if (now < Math.max(claims.iat, claims.nbf ?? 0) - tolerance) {
    throw new ProtocolError('token-not-yet-valid', 'The token begins later.');
  }
}
