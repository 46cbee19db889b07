import type { Kernel } from '../kernel/index.ts';
import { type Licensability, type ReasonCode, requireWork, rightsOf } from '../works/index.ts';
import type { Consent, Offer } from './model.ts';
import { presetTerms } from './presets.ts';
import { type RequiredHolder, requiredOf } from './require-holder.ts';
import { effectiveTerms, versionInForce } from './standing.ts';
import { selectConsents, selectOffersOf, selectWithdrawnUpTos } from './store.ts';
import { grantedAiUses, type Terms, type Unit, type Use } from './terms.ts';

export type VersionWithConsents = Offer & { readonly consents: readonly Consent[] };

/** Why nothing, or not everything that is offered, can be licensed. Texts are in `messages.ts`. */
export type StandingReason = {
  readonly code:
    | ReasonCode
    | 'no-terms'
    | 'terms-withdrawn'
    | 'consent-missing'
    | 'consent-declined'
    | 'reserved';
  /** The holders concerned, as shown in public; empty where nobody is named. */
  readonly names: readonly string[];
};

/** Where the terms of a work stand, taking offers, consents and claims together. */
export type Standing = {
  readonly workId: string;
  /** The version in force. */
  readonly inForce: VersionWithConsents | undefined;
  /** A newer version that waits for consents. */
  readonly waiting: VersionWithConsents | undefined;
  readonly holders: readonly RequiredHolder[];
  /** What may be told to machines: never more than is agreed and undisputed. */
  readonly effective: Terms;
  /** AI uses that can be licensed now. */
  readonly agreed: readonly Use[];
  /** True when `effective` says less than the version in force. */
  readonly reduced: boolean;
  readonly reasons: readonly StandingReason[];
};

/** Being found is free unless a holder said otherwise; every AI use is reserved. */
const SILENCE: Terms = presetTerms('no-ai');

/**
 * Where the terms of a work stand, or with `at` where they stood: versions, consents and withdrawals of that time with
 * the work's holders and holds of today. Throws `work-unknown`.
 */
export async function readStanding(k: Kernel, workId: string, at?: Date): Promise<Standing> {
  const { id } = await requireWork(k, workId);
  return (await readStandings(k, [id], at)).get(id)!;
}

/** As `readStanding`, for all works that exist among many ids. */
export async function readStandings(
  k: Kernel,
  workIds: readonly string[],
  at?: Date,
): Promise<Map<string, Standing>> {
  const rights = await rightsOf(k, workIds);
  const ids = [...rights.keys()];
  const ever = await selectOffersOf(k.db, ids);
  const all = at ? ever.filter(({ publishedAt }) => publishedAt <= at) : ever;
  const withdrawn = await selectWithdrawnUpTos(k.db, ids, at);
  const offers = all.filter(({ workId, version }) => version > (withdrawn.get(workId) ?? 0));
  const now = await selectConsents(
    k.db,
    offers.map(({ id }) => id),
  );
  const consents = Map.groupBy(at ? now.map((one) => consentAt(one, at)) : now, ({ offerId }) => offerId);
  const versions = Map.groupBy(
    offers.map((offer) => ({ ...offer, consents: consents.get(offer.id) ?? [] })),
    ({ workId }) => workId,
  );
  const published = new Set(all.map(({ workId }) => workId));
  return new Map(
    [...rights].map(([workId, { licensability, holders }]) => [
      workId,
      judge(workId, {
        judged: licensability,
        holders: requiredOf(holders),
        versions: versions.get(workId) ?? [],
        everPublished: published.has(workId),
      }),
    ]),
  );
}

type Found = {
  readonly judged: Licensability;
  readonly holders: readonly RequiredHolder[];
  /** Newest first. */
  readonly versions: readonly VersionWithConsents[];
  readonly everPublished: boolean;
};

function judge(workId: string, { judged, holders, versions, everPublished }: Found): Standing {
  const required = [...new Set(holders.map(({ partyId }) => partyId))];
  const inForce = versionInForce(versions, required);
  const newest = versions[0];
  const clear = judged.whole && judged.reasons.length === 0;
  const found = inForce
    ? effectiveTerms(inForce, required, clear)
    : { terms: SILENCE, agreed: [], reduced: false };
  return {
    workId,
    inForce,
    waiting: newest && newest !== inForce ? newest : undefined,
    holders,
    effective: found.terms,
    agreed: found.agreed,
    reduced: found.reduced,
    reasons: [
      ...judged.reasons.map(({ code, names }) => ({ code, names })),
      ...offerReasons(inForce, everPublished, holders),
    ],
  };
}

/** A consent as it was; one that was decided later had not been given. */
function consentAt(consent: Consent, at: Date): Consent {
  const decided = consent.decidedAt !== null && consent.decidedAt <= at;
  return decided ? consent : { ...consent, state: 'pending', decidedAt: null };
}

function offerReasons(
  inForce: VersionWithConsents | undefined,
  everPublished: boolean,
  holders: readonly RequiredHolder[],
): StandingReason[] {
  if (!inForce) return [{ code: everPublished ? 'terms-withdrawn' : 'no-terms', names: [] }];
  const uses = grantedAiUses(inForce.terms);
  if (uses.length === 0) return [{ code: 'reserved', names: [] }];
  const named = (test: (states: readonly (string | undefined)[]) => boolean) => {
    const concerned = holders.filter(({ partyId }) =>
      test(
        uses.map((use) => inForce.consents.find((one) => one.partyId === partyId && one.use === use)?.state),
      ),
    );
    return [...new Set(concerned.map(({ name }) => name))];
  };
  const missing = named((states) => states.some((state) => state === undefined || state === 'pending'));
  const declined = named((states) => states.includes('declined'));
  const reasons: StandingReason[] = [];
  if (missing.length > 0) reasons.push({ code: 'consent-missing', names: missing });
  if (declined.length > 0) reasons.push({ code: 'consent-declined', names: declined });
  return reasons;
}

/** The version in force, or undefined where nothing was published or all was taken back. Throws `work-unknown`. */
export async function offerInForce(k: Kernel, workId: string): Promise<Offer | undefined> {
  return (await readStanding(k, workId)).inForce;
}

/**
 * Whether any AI use of a work can be licensed now, which ones, and what is missing: shares whole and undisputed, each
 * holder able to say yes and having said so to the version in force. Throws `work-unknown`.
 */
export async function licensable(
  k: Kernel,
  workId: string,
): Promise<{ licensable: boolean; uses: readonly Use[]; reasons: readonly StandingReason[] }> {
  const { agreed, reasons } = await readStanding(k, workId);
  return { licensable: agreed.length > 0, uses: agreed, reasons };
}

/** A price that can be had now. */
export type CurrentPrice = {
  readonly offerId: string;
  readonly version: number;
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly perUnits: bigint;
};

/** The price of one use in one unit, or undefined: not for sale. It is never 0. Throws `work-unknown`. */
export async function price(
  k: Kernel,
  { workId, use, unit }: { workId: string; use: Use; unit: Unit },
): Promise<CurrentPrice | undefined> {
  const { inForce, effective, agreed } = await readStanding(k, workId);
  const said = effective[use];
  if (!inForce || said.answer !== 'paid' || !agreed.includes(use)) return undefined;
  const found = said.prices.find((one) => one.unit === unit);
  return (
    found && {
      offerId: inForce.id,
      version: inForce.version,
      currency: inForce.currency,
      amountMicro: BigInt(found.amountMicro),
      perUnits: BigInt(found.perUnits),
    }
  );
}
