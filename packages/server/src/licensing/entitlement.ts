import { type Kernel, requireInstance } from '../kernel/index.ts';
import { readStandings, type Standing, UNITS_OF, type Unit } from '../offers/index.ts';
import { rightsOf } from '../works/index.ts';
import { type ExclusionCode, type LicensedUse, type PinnedPrice, priceOrReason } from './model.ts';
import { selectDenials } from './store.ts';
import { selectLicensedAt } from './store-agreements.ts';

/**
 * What a party may do with a work: it has a licence, could have one, may not, the rights are contested, or nobody
 * registered the work here.
 */
export type EntitlementState = 'licensed' | 'licensable' | 'reserved' | 'on-hold' | 'unknown';

export type Entitlement = {
  /** As it was asked for. */
  readonly workId: string;
  readonly state: EntitlementState;
  /** Of a licensed work. */
  readonly agreementId?: string;
  /** What was agreed, or what a licence costs; the first unit that is offered. */
  readonly price?: PinnedPrice & { readonly unit: Unit; readonly currency: string };
  /** Why there is no licence to be had. */
  readonly reason?: ExclusionCode;
};

/** The most works of one question. */
export const MAX_ENTITLEMENTS = 1_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Asked = { readonly licenseeId: string; readonly use: LicensedUse; readonly at?: Date | undefined };

/**
 * What each work is to a party for one use, in the order asked, computed from what is in force at a time (now, unless
 * said) and never stored. Agreements count as they stood then: one that was revoked or ended later was in force, and a
 * withdrawn work stays licensed to the end of what was agreed. For the rest it is the terms of that time with the
 * holders, holds and refusals of today. Throws `instance-not-set-up`.
 */
export async function entitlements(
  k: Kernel,
  { licenseeId, use, at, workIds }: Asked & { readonly workIds: readonly string[] },
): Promise<Entitlement[]> {
  const { currency } = await requireInstance(k);
  const [now, unique] = [k.clock.now(), [...new Set(workIds)]];
  const known = unique.filter((id) => UUID.test(id));
  const licensed = await selectLicensedAt(k.db, { licenseeId, use, at: at ?? now, workIds: known });
  const found = new Map<string, Entitlement>();
  for (const { agreement, work } of licensed) {
    const { amountMicro, perUnits, free, workId } = work;
    const price = { amountMicro, perUnits, free, unit: agreement.unit, currency: agreement.currency };
    found.set(workId, { workId, state: 'licensed', agreementId: agreement.id, price });
  }
  const past = at !== undefined && at < now ? at : undefined;
  const rest = unique.filter((id) => !found.has(id));
  const standings = await readStandings(
    k,
    rest.filter((id) => UUID.test(id)),
    past,
  );
  const works = past && (await rightsOf(k, [...standings.keys()]));
  const parties = [...standings.values()].flatMap(({ holders }) => holders.map(({ partyId }) => partyId));
  const deniers = new Set(await selectDenials(k.db, licenseeId, [...new Set(parties)]));
  for (const workId of rest) {
    const registered = works?.get(workId)?.work.createdAt;
    const standing = past && registered && registered > past ? undefined : standings.get(workId);
    const denied = standing?.holders.some(({ partyId }) => deniers.has(partyId)) ?? false;
    found.set(workId, withoutLicense({ workId, standing, use, currency, denied }));
  }
  return workIds.map((workId) => found.get(workId)!);
}

/** As `entitlements`, for one work. */
export async function entitlement(
  k: Kernel,
  { workId, ...asked }: Asked & { readonly workId: string },
): Promise<Entitlement> {
  return (await entitlements(k, { ...asked, workIds: [workId] }))[0]!;
}

type About = {
  readonly workId: string;
  /** Undefined for a work that is not known, or was not yet. */
  readonly standing: Standing | undefined;
  readonly use: LicensedUse;
  readonly currency: string;
  readonly denied: boolean;
};

function withoutLicense({ workId, standing, use, currency, denied }: About): Entitlement {
  if (!standing) return { workId, state: 'unknown', reason: 'work-unknown' };
  const codes = standing.reasons.map(({ code }) => code);
  if (codes.includes('on-hold') && !codes.includes('withdrawn')) {
    return { workId, state: 'on-hold', reason: 'on-hold' };
  }
  let reason: ExclusionCode = 'unit-not-offered';
  for (const unit of UNITS_OF[use]) {
    const judged = priceOrReason(standing, { use, unit, currency, denied });
    if ('price' in judged) {
      return { workId, state: 'licensable', price: { ...judged.price, unit, currency } };
    }
    reason = judged.reason;
  }
  return { workId, state: 'reserved', reason };
}
