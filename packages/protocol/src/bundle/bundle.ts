import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import {
  amountMicro,
  currency,
  instant,
  integer,
  list,
  mapOf,
  matching,
  object,
  oneOf,
  origin,
  pathPattern,
  type Shape,
  sha256Hex,
  text,
  webAddress,
} from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/** What a holder says about one use. What is not said is `no`. */
export type UseAnswer = 'free' | 'paid' | 'ask' | 'no';

/** A price: `amountMicro` millionths of `currency` (decimal digits) for `perUnits` units of one use. */
export type BundlePrice = {
  readonly use: UsageName;
  readonly unit: 'fetch' | 'answer' | 'model-version';
  readonly amountMicro: string;
  readonly perUnits: number;
  readonly currency: string;
};

/**
 * The terms of the paths a pattern (RFC 9309) matches. The most specific pattern governs, but before it what is `excluded`:
 * somebody else's, for which nothing is given.
 */
export type BundleTerms = {
  readonly pattern: string;
  readonly uses: { readonly [U in UsageName]?: UseAnswer };
  readonly prices: readonly BundlePrice[];
  readonly offerSha256: string;
  readonly work?: string;
  readonly excluded?: true;
};

/** A key whose license tokens the gate accepts; `publicKey` is the base64 of its 32 bytes. */
export type BundleKey = { readonly kid: string; readonly publicKey: string };

/** What no longer holds since `at`: every token of an agreement, or one token. */
export type Revoked =
  | { readonly agreement: string; readonly at: string }
  | { readonly jti: string; readonly at: string };

/**
 * All a gate needs to decide without asking anybody. `number` grows with every change; a bundle older than `maxAgeS`
 * seconds is not decided by any more. Moments are ISO 8601 in UTC.
 */
export type Bundle = {
  readonly format: 'clearway-bundle-1';
  readonly issuer: string;
  readonly site: { readonly id: string; readonly origin: string };
  readonly number: number;
  readonly issuedAt: string;
  readonly maxAgeS: number;
  readonly keys: readonly BundleKey[];
  readonly licenseUrl: string;
  readonly quoteUrl: string;
  readonly terms: readonly BundleTerms[];
  readonly exempt: readonly string[];
  readonly revoked: readonly Revoked[];
  readonly policy: { readonly unknownAgents: 'pass'; readonly cannotDecide: '503' };
};

/** The format of a bundle. */
export const BUNDLE_FORMAT = 'clearway-bundle-1';
/** The longest sealed bundle, in bytes. */
export const BUNDLE_MAX_BYTES: number = 16 * 1024 * 1024;

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const tolerant = { tolerant: true } as const;

/** 43 digits carry 258 bits: the last two must be zero, so that a key has one spelling. */
const publicKey = matching(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, '32 bytes in base64');

const revokedShape: Shape<Revoked> = (value, place) => {
  const byToken = typeof value === 'object' && value !== null && Object.hasOwn(value, 'jti');
  return byToken
    ? object<{ jti: string; at: string }>({ jti: id, at: instant }, tolerant)(value, place)
    : object<{ agreement: string; at: string }>({ agreement: id, at: instant }, tolerant)(value, place);
};

const termsShape = object<BundleTerms>(
  {
    pattern: pathPattern,
    uses: mapOf(usageNames, oneOf('free', 'paid', 'ask', 'no')),
    prices: list(
      object<BundlePrice>(
        {
          use: oneOf(...usageNames),
          unit: oneOf('fetch', 'answer', 'model-version'),
          amountMicro,
          perUnits: integer(1, 1_000_000_000),
          currency,
        },
        tolerant,
      ),
      { max: 100 },
    ),
    offerSha256: sha256Hex,
    work: id,
    excluded: oneOf(true),
  },
  { optional: ['work', 'excluded'], tolerant: true },
);

const kind: DocumentKind<Bundle> = {
  typ: BUNDLE_FORMAT,
  malformed: 'bundle-malformed',
  maxLength: BUNDLE_MAX_BYTES,
  // Unknown members are dropped: a newer instance may say more to gates that are not updated yet.
  shape: object<Bundle>(
    {
      format: oneOf(BUNDLE_FORMAT),
      issuer: webAddress,
      site: object<Bundle['site']>({ id, origin }, tolerant),
      number: integer(1),
      issuedAt: instant,
      maxAgeS: integer(1, 31_536_000),
      keys: list(object<BundleKey>({ kid: id, publicKey }, tolerant), { min: 1, max: 50 }),
      licenseUrl: webAddress,
      quoteUrl: webAddress,
      terms: list(termsShape, { max: 100_000 }),
      exempt: list(text(2000), { max: 1000 }),
      revoked: list(revokedShape, { max: 100_000 }),
      policy: object<Bundle['policy']>(
        { unknownAgents: oneOf('pass'), cannotDecide: oneOf('503') },
        tolerant,
      ),
    },
    tolerant,
  ),
};

/**
 * Signs a bundle with the instance's bundle key: a compact JWS (EdDSA) of its canonical JSON. Throws `bundle-malformed`,
 * `sealed-too-long` (over 16 MiB).
 *
 * @example
 * const pair = await generateKeyPair()
 * const bundle = { format: 'clearway-bundle-1', issuer: 'https://rights.example',
 *   site: { id: 's', origin: 'https://blog.example' }, number: 1, issuedAt: '2026-01-31T12:00:00.000Z', maxAgeS: 3600,
 *   keys: [{ kid: 'k1', publicKey: toBase64(pair.publicKey) }], licenseUrl: 'https://rights.example/s/license.xml',
 *   quoteUrl: 'https://rights.example/quote', terms: [], exempt: ['/robots.txt'], revoked: [],
 *   policy: { unknownAgents: 'pass', cannotDecide: '503' } }
 * const sealed = await sealBundle(bundle, { kid: 'b1', privateKey: pair.privateKey })
 * (await openBundle(sealed, (kid) => (kid === 'b1' ? pair.publicKey : undefined))).number // => 1
 */
export async function sealBundle(bundle: Bundle, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, bundle, signer);
}

/**
 * Opens a bundle with the keys the gate was set up with. Whether it is too old, older than the one at hand, or another
 * site's, the gate asks itself.
 *
 * Throws `sealed-malformed`, `sealed-too-long`, `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`,
 * `sealed-signature`, `bundle-malformed`.
 *
 * @example
 * await openBundle('', () => undefined) // => throws sealed-malformed
 */
export async function openBundle(sealed: string, keys: KeyLookup): Promise<Bundle> {
  return openDocument(kind, sealed, keys);
}
