import type { Standing, StandingReason, Unit, Use } from '../offers/index.ts';

/** The uses a licence is taken for. Being found in a search engine needs none. */
export const LICENSED_USES = ['ai-index', 'ai-input', 'ai-train'] as const;
export type LicensedUse = (typeof LICENSED_USES)[number];

/** What a price is counted in; the order is that of the terms. */
export const LICENSED_UNITS = ['fetch', 'answer', 'model-version'] as const satisfies readonly Unit[];

/** The model version a flat licence is for: its name, or a commitment to it that the licensee can open later. */
export type ModelScope =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'sealed'; readonly commitment: string };

/** Why a work is not in a quote. Texts are in `messages.ts`. */
export const EXCLUSION_CODES = [
  'work-unknown',
  'withdrawn',
  'shares-not-whole',
  'claim-pending',
  'claim-declined',
  'on-hold',
  'authority-theirs',
  'authority-unsure',
  'no-terms',
  'terms-withdrawn',
  'consent-missing',
  'consent-declined',
  'reserved',
  'use-not-offered',
  'use-on-request',
  'unit-not-offered',
  'other-currency',
  'company-denied',
] as const;
export type ExclusionCode = (typeof EXCLUSION_CODES)[number];

/** What one work costs: `amountMicro` for `perUnits` units. Zero only where the holder said free. */
export type PinnedPrice = {
  readonly amountMicro: bigint;
  readonly perUnits: bigint;
  readonly free: boolean;
};

/** One work of a quote with the version of the terms it is quoted under. */
export type QuoteLine = PinnedPrice & {
  readonly workId: string;
  readonly title: string;
  readonly offerId: string;
  readonly offerVersion: number;
  readonly offerSha256: string;
};

export type Exclusion = {
  /** As it was asked for. */
  readonly workId: string;
  readonly title: string;
  readonly reason: ExclusionCode;
};

export type Quote = {
  readonly id: string;
  readonly licenseeId: string;
  readonly use: LicensedUse;
  readonly unit: Unit;
  readonly modelScope: ModelScope | null;
  /** How long the licence runs. A model version made in that time may be used for good. */
  readonly months: number;
  readonly currency: string;
  /** `user:<id>` or `client:<id>`. */
  readonly askedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
};

export type QuoteDetail = Quote & {
  readonly lines: readonly QuoteLine[];
  readonly exclusions: readonly Exclusion[];
  /** The agreement it became. */
  readonly agreementId: string | undefined;
};

/** A required holder's yes, as it stood when the agreement was made. */
export type PinnedConsent = {
  readonly party: string;
  readonly sharePpm: number;
  readonly offer: string;
  readonly use: string;
  /** RFC 3339. */
  readonly decidedAt: string;
};

export type AgreementWork = QuoteLine & {
  readonly consents: readonly PinnedConsent[];
  /** Of every file and fingerprint registered. */
  readonly sha256s: readonly string[];
  /** Addresses at which the work was registered when the agreement was made. */
  readonly urls: readonly string[];
};

export type Agreement = {
  readonly id: string;
  readonly quoteId: string | null;
  readonly standingId: string | null;
  readonly licenseeId: string;
  readonly use: LicensedUse;
  readonly unit: Unit;
  readonly modelScope: ModelScope | null;
  readonly currency: string;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly endsAt: Date;
  readonly secret: string;
  /** The licence document: a JWS. */
  readonly document: string;
  readonly documentSha256: string;
  readonly revocation: { readonly reason: string; readonly revokedAt: Date } | undefined;
};

export type AgreementState = 'in-force' | 'ended' | 'revoked';

export type Client = {
  readonly id: string;
  readonly licenseeId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** A company's yes in advance: tokens at a price per fetch are issued without a quote, up to a limit each month. */
export type StandingAcceptance = {
  readonly id: string;
  readonly licenseeId: string;
  readonly uses: readonly LicensedUse[];
  readonly currency: string;
  readonly monthlyCapMicro: bigint;
  readonly switchedOnBy: string;
  readonly switchedOnAt: Date;
  readonly switchedOffAt: Date | null;
};

const DAY_MS = 86_400_000;
/** A quote can be accepted for so long. */
export const QUOTE_MS = 14 * DAY_MS;
export const MAX_WORKS = 500;

/** Whether the agreement gives rights now. */
export function agreementState(a: Pick<Agreement, 'endsAt' | 'revocation'>, now: Date): AgreementState {
  if (a.revocation) return 'revoked';
  return a.endsAt <= now ? 'ended' : 'in-force';
}

/** The same day so many months later, or the last day of that month (UTC). */
export function monthsLater(at: Date, months: number): Date {
  const first = new Date(at);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), lastDay));
  return first;
}

/** What a number of units costs, rounded half up to one micro-unit: once for a line. */
export function amountFor({ amountMicro, perUnits }: PinnedPrice, units: bigint): bigint {
  return (2n * amountMicro * units + perUnits) / (2n * perUnits);
}

/** The least amount that pays for so many units. */
export function atLeastFor({ amountMicro, perUnits }: PinnedPrice, units: bigint): bigint {
  return (amountMicro * units + perUnits - 1n) / perUnits;
}

/** How many units an amount pays for in full; undefined for a free use, which needs no amount. */
export function unitsFor({ amountMicro, perUnits, free }: PinnedPrice, amount: bigint): bigint | undefined {
  return free ? undefined : (amount * perUnits) / amountMicro;
}

/** Pure rule: the price of a work for one use and unit, or the first reason why there is none. */
export function priceOrReason(
  standing: Standing,
  asked: { use: Use; unit: Unit; currency: string; denied: boolean },
): { price: PinnedPrice } | { reason: ExclusionCode } {
  const { inForce, effective, agreed } = standing;
  if (!inForce) return { reason: blocking(standing.reasons) ?? 'no-terms' };
  const published = inForce.terms[asked.use];
  if (published.answer === 'ask') return { reason: blocking(standing.reasons) ?? 'use-on-request' };
  if (published.answer === 'no') return { reason: blocking(standing.reasons) ?? 'use-not-offered' };
  const said = effective[asked.use];
  if (!agreed.includes(asked.use) || (said.answer !== 'paid' && said.answer !== 'free')) {
    return { reason: blocking(standing.reasons) ?? consentReason(standing.reasons) };
  }
  if (asked.denied) return { reason: 'company-denied' };
  if (inForce.currency !== asked.currency) return { reason: 'other-currency' };
  if (said.answer === 'free') return { price: { amountMicro: 0n, perUnits: 1n, free: true } };
  const found = said.prices.find(({ unit }) => unit === asked.unit);
  if (!found) return { reason: 'unit-not-offered' };
  return {
    price: { amountMicro: BigInt(found.amountMicro), perUnits: BigInt(found.perUnits), free: false },
  };
}

const CONSENT_CODES = ['consent-declined', 'consent-missing'] as const;

/** What stands against the work itself, before its terms are looked at. */
function blocking(reasons: readonly StandingReason[]): ExclusionCode | undefined {
  const about = reasons.find(({ code }) => !CONSENT_CODES.some((one) => one === code) && code !== 'reserved');
  return about?.code;
}

function consentReason(reasons: readonly StandingReason[]): ExclusionCode {
  const codes = reasons.map(({ code }) => code);
  return CONSENT_CODES.find((code) => codes.includes(code)) ?? 'consent-missing';
}
