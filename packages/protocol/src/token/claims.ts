import {
  amountMicro,
  currency,
  integer,
  list,
  matching,
  object,
  oneOf,
  origin,
  pathPattern,
  type Shape,
  sha256Hex,
  webAddress,
} from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/** What a token buys: `amountMicro` millionths of `currency` (decimal digits) for `perUnits` fetches. */
export type TokenUnits = {
  readonly unit: 'fetch';
  readonly amountMicro: string;
  readonly perUnits: number;
  readonly currency: string;
};

/**
 * What a license token says (RFC 7519 names where there is one; seconds since 1970).
 *
 * `aud` is the origin of one site, `res` RFC 9309 patterns on it, `use` what the content may be used for, `lic` the
 * agreement, `ver` the SHA-256 of the offers agreed to, `cap` the most fetches this token may make.
 */
export type TokenClaims = {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf?: number;
  readonly exp: number;
  readonly jti: string;
  readonly lic: string;
  readonly res: readonly string[];
  readonly use: readonly UsageName[];
  readonly units: TokenUnits;
  readonly cap?: number;
  readonly ver: readonly string[];
};

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const seconds = integer(0, 100_000_000_000);

/** Other members are allowed and dropped (RFC 7519 section 4): a newer license server may say more. */
export const claimsShape: Shape<TokenClaims> = object<TokenClaims>(
  {
    iss: webAddress,
    sub: id,
    aud: origin,
    iat: seconds,
    nbf: seconds,
    exp: seconds,
    jti: id,
    lic: id,
    res: list(pathPattern, { min: 1, max: 100 }),
    use: list(oneOf(...usageNames), { min: 1, max: usageNames.length }),
    units: object<TokenUnits>(
      { unit: oneOf('fetch'), amountMicro, perUnits: integer(1, 1_000_000_000), currency },
      { tolerant: true },
    ),
    cap: integer(0),
    ver: list(sha256Hex, { min: 1, max: 100 }),
  },
  { optional: ['nbf', 'cap'], tolerant: true },
);
