import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import {
  amountMicro,
  currency,
  instant,
  integer,
  list,
  matching,
  miss,
  object,
  oneOf,
  type Shape,
  sha256Hex,
  text,
  webAddress,
} from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/** A party as the license names it. */
export type LicenseParty = { readonly id: string; readonly name: string; readonly country?: string };

/** One holder's yes to one version of an offer, for the uses named. */
export type LicenseConsent = {
  readonly party: string;
  readonly uses: readonly UsageName[];
  readonly at: string;
};

/** A work that is licensed: which one, under which version of which offer, at what price, and who said yes. */
export type LicensedWork = {
  readonly id: string;
  readonly title: string;
  readonly sha256s: readonly string[];
  readonly offer: string;
  readonly offerVersion: number;
  readonly offerSha256: string;
  readonly prices: readonly LicensePrice[];
  readonly consents: readonly LicenseConsent[];
};

/** What is paid for one use: `amountMicro` millionths of the currency for `perUnits` units. */
export type LicensePrice = {
  readonly use: UsageName;
  readonly unit: 'fetch' | 'answer' | 'model-version';
  readonly amountMicro: string;
  readonly perUnits: number;
};

/**
 * A license as both sides keep it. Uses are granted by name and nothing else is; `modelScope` says which model version a
 * flat license is for. The declarations say that it releases no past claim, that it records what the licensors declared
 * of their rights, and that it admits nothing. Moments are ISO 8601 in UTC.
 */
export type LicenseDocument = {
  readonly format: 'clearway-license-1';
  readonly issuer: string;
  readonly agreement: string;
  readonly licensors: readonly LicenseParty[];
  readonly licensee: LicenseParty;
  readonly works: readonly LicensedWork[];
  readonly uses: readonly UsageName[];
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly modelScope?: string;
  readonly declarations: {
    readonly noReleaseOfPastClaims: true;
    readonly recordsLicensorsDeclaration: true;
    readonly admitsNothing: true;
  };
  readonly issuedAt: string;
};

/** The format of a license document. */
export const LICENSE_FORMAT = 'clearway-license-1';

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const uses = list(oneOf(...usageNames), { min: 1, max: usageNames.length });
const country = matching(/^[A-Z]{2}$/, 'a country of two capitals');
const party = object<LicenseParty>({ id, name: text(300), country }, { optional: ['country'] });

const price = object<LicensePrice>({
  use: oneOf(...usageNames),
  unit: oneOf('fetch', 'answer', 'model-version'),
  amountMicro,
  perUnits: integer(1, 1_000_000_000),
});

const membersShape = object<LicenseDocument>(
  {
    format: oneOf(LICENSE_FORMAT),
    issuer: webAddress,
    agreement: id,
    licensors: list(party, { min: 1, max: 10_000 }),
    licensee: party,
    works: list(
      object<LicensedWork>({
        id,
        title: text(300),
        sha256s: list(sha256Hex, { max: 1000 }),
        offer: id,
        offerVersion: integer(1),
        offerSha256: sha256Hex,
        prices: list(price, { max: 100 }),
        consents: list(object<LicenseConsent>({ party: id, uses, at: instant }), { min: 1, max: 1000 }),
      }),
      { min: 1, max: 10_000 },
    ),
    uses,
    currency,
    period: object<LicenseDocument['period']>({ from: instant, to: instant }),
    modelScope: text(500),
    declarations: object<LicenseDocument['declarations']>({
      noReleaseOfPastClaims: oneOf(true),
      recordsLicensorsDeclaration: oneOf(true),
      admitsNothing: oneOf(true),
    }),
    issuedAt: instant,
  },
  { optional: ['modelScope'] },
);

const shape: Shape<LicenseDocument> = (value, place) => {
  const license = membersShape(value, place);
  if (license.period.from >= license.period.to) miss('/period/to', 'after /period/from');
  for (const [i, { prices }] of license.works.entries()) {
    for (const [n, { use }] of prices.entries()) {
      if (!license.uses.includes(use)) miss(`/works/${i}/prices/${n}/use`, 'a use that is granted');
    }
  }
  return license;
};

const kind: DocumentKind<LicenseDocument> = {
  typ: LICENSE_FORMAT,
  shape,
  malformed: 'license-malformed',
  maxLength: 16 * 1024 * 1024,
};

/**
 * Signs a license document: a compact JWS (EdDSA) of its canonical JSON. Throws `license-malformed`, `sealed-too-long`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const license = { format: 'clearway-license-1', issuer: 'https://rights.example', agreement: 'a-1',
 *   licensors: [{ id: 'p-1', name: 'Mara Holt' }], licensee: { id: 'p-2', name: 'Acme Models', country: 'FR' },
 *   works: [{ id: 'w-1', title: 'Tide', sha256s: [], offer: 'o-1', offerVersion: 1, offerSha256: 'ab'.repeat(32),
 *     prices: [{ use: 'ai-train', unit: 'model-version', amountMicro: '250000000', perUnits: 1 }],
 *     consents: [{ party: 'p-1', uses: ['ai-train'], at }] }], uses: ['ai-train'], currency: 'EUR',
 *   period: { from: at, to: '2027-01-31T12:00:00.000Z' }, modelScope: 'one model version',
 *   declarations: { noReleaseOfPastClaims: true, recordsLicensorsDeclaration: true, admitsNothing: true }, issuedAt: at }
 * const sealed = await sealLicense(license, { kid: 'l1', privateKey: pair.privateKey })
 * (await openLicense(sealed, () => pair.publicKey)).works[0].title // => 'Tide'
 */
export async function sealLicense(license: LicenseDocument, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, license, signer);
}

/**
 * Opens a license document with the instance's keys, got from elsewhere. Throws `sealed-malformed`, `sealed-too-long`,
 * `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`, `sealed-signature`, `license-malformed`.
 *
 * @example
 * await openLicense('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openLicense(sealed: string, keys: KeyLookup): Promise<LicenseDocument> {
  return openDocument(kind, sealed, keys);
}
