import { type Kernel, Problem, requireInstance } from '../kernel/index.ts';
import { readStanding, type Standing, UNITS_OF, type Unit } from '../offers/index.ts';
import { requireWork } from '../works/index.ts';
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
  for (const workId of unique) {
    if (found.has(workId)) continue;
    found.set(workId, await withoutLicense(k, { workId, licenseeId, use, currency, past }));
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
  readonly licenseeId: string;
  readonly use: LicensedUse;
  readonly currency: string;
  readonly past: Date | undefined;
};

async function withoutLicense(k: Kernel, about: About): Promise<Entitlement> {
  const { workId, licenseeId, use, currency, past } = about;
  const standing = await standingOf(k, workId, past);
  if (!standing) return { workId, state: 'unknown', reason: 'work-unknown' };
  const codes = standing.reasons.map(({ code }) => code);
  if (codes.includes('on-hold') && !codes.includes('withdrawn')) {
    return { workId, state: 'on-hold', reason: 'on-hold' };
  }
  const holders = standing.holders.map(({ partyId }) => partyId);
  const denied = (await selectDenials(k.db, licenseeId, holders)).length > 0;
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

/** What is asked for may be anything; a work that is not known, or was not yet, is an answer and no failure. */
async function standingOf(k: Kernel, workId: string, past: Date | undefined): Promise<Standing | undefined> {
  try {
    const { createdAt } = await requireWork(k, workId);
    return past && createdAt > past ? undefined : await readStanding(k, workId, past);
  } catch (error) {
    if (error instanceof Problem && error.code === 'work-unknown') return undefined;
    throw error;
  }
}
