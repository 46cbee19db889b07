import { canonicalBytes, canonicalize, decodeUtf8, sha256, toHex } from '@clearway/protocol';
import type { Locale } from '../kernel/index.ts';
import { offerTexts } from './offer-text.ts';
import { countedBy, normaliseTerms, type Price, type Terms, type Unit, USES, type Use } from './terms.ts';

/** Names the shape of an offer document; a reader that does not know it must not guess. */
export const OFFER_FORMAT = 'clearway-offer/1';

type UseRecord =
  | { readonly answer: 'free' | 'ask' | 'no' }
  | {
      readonly answer: 'paid';
      readonly prices: readonly (Price & { readonly countedBy: 'gate' | 'licensee' })[];
    };

/** A published version: data and text, under one SHA-256 of its canonical bytes (RFC 8785). */
export type OfferDocument = {
  readonly format: typeof OFFER_FORMAT;
  readonly instance: { readonly name: string; readonly url: string };
  readonly work: {
    readonly id: string;
    readonly title: string;
    readonly type: string;
    /** SHA-256 of every file and fingerprint registered, sorted. */
    readonly hashes: readonly string[];
    readonly publicUrl: string;
  };
  readonly version: number;
  readonly publishedAt: string;
  readonly currency: string;
  /** Who holds the accepted shares; in parts per million. */
  readonly licensors: readonly { readonly name: string; readonly party: string; readonly sharePpm: number }[];
  readonly uses: { readonly [U in Use]: UseRecord };
  readonly general: {
    readonly silenceNeverLicenses: true;
    readonly noReleaseOfPastClaims: true;
    readonly changesNeverTouchAgreements: true;
    readonly recordsDeclarationNotOwnership: true;
  };
  readonly text: { readonly [L in Locale]: string };
};

export type OfferFacts = Pick<OfferDocument, 'instance' | 'work' | 'version' | 'currency' | 'licensors'> & {
  readonly publishedAt: Date;
  readonly terms: Terms;
};

/** The document of a version. Terms must have been checked; prices that are wrong throw. */
export function offerDocument(facts: OfferFacts): OfferDocument {
  const terms = normaliseTerms(facts.terms);
  const licensors = [...facts.licensors].sort((a, b) => (a.party < b.party ? -1 : a.party > b.party ? 1 : 0));
  const { instance, work, version, currency } = facts;
  return {
    format: OFFER_FORMAT,
    instance,
    work: { ...work, hashes: [...work.hashes].sort() },
    version,
    publishedAt: facts.publishedAt.toISOString(),
    currency,
    licensors,
    uses: usesRecord(terms),
    general: {
      silenceNeverLicenses: true,
      noReleaseOfPastClaims: true,
      changesNeverTouchAgreements: true,
      recordsDeclarationNotOwnership: true,
    },
    text: offerTexts({
      instance: instance.name,
      title: work.title,
      version,
      publishedAt: facts.publishedAt,
      licensors: licensors.map(({ name }) => name),
      currency,
      terms,
    }),
  };
}

function usesRecord(terms: Terms): OfferDocument['uses'] {
  const entries = USES.map((use) => {
    const said = terms[use];
    if (said.answer !== 'paid') return [use, { answer: said.answer }] as const;
    const prices = said.prices.map((price) => ({ ...price, countedBy: countedBy(price.unit) }));
    return [use, { answer: 'paid', prices }] as const;
  });
  return Object.fromEntries(entries) as unknown as OfferDocument['uses'];
}

/** The terms a document states. */
export function termsOf(document: OfferDocument): Terms {
  const entries = USES.map((use) => {
    const said = document.uses[use];
    if (said.answer !== 'paid') return [use, { answer: said.answer }] as const;
    const prices = said.prices.map(({ unit, amountMicro, perUnits }) => ({
      unit: unit as Unit,
      amountMicro,
      perUnits,
    }));
    return [use, { answer: 'paid', prices }] as const;
  });
  return Object.fromEntries(entries) as unknown as Terms;
}

/** The exact text that is stored, served and hashed, and its SHA-256 in hexadecimal. */
export async function sealOffer(document: OfferDocument): Promise<{ text: string; sha256: string }> {
  const bytes = canonicalBytes(document);
  return { text: decodeUtf8(bytes), sha256: toHex(await sha256(bytes)) };
}

/** Do two documents say the same? Number, time and the instance's own name and address do not count. */
export function sameOffer(a: OfferDocument, b: OfferDocument): boolean {
  return substance(a) === substance(b);
}

function substance({ work, currency, licensors, uses, general }: OfferDocument): string {
  const { id, title, type, hashes } = work;
  return canonicalize({ work: { id, title, type, hashes }, currency, licensors, uses, general });
}
