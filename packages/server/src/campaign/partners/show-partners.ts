import type { Kernel } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import {
  countByDay,
  countPartner,
  type Partner,
  type PartnerCounts,
  selectPartner,
  selectPartners,
} from './store-partners.ts';

/** All partners, those that left last. */
export function listPartners(k: Kernel): Promise<Partner[]> {
  return selectPartners(k.db);
}

/** A partner by its source code, also one that left. Throws `partner-unknown`. */
export async function showPartner(k: Kernel, source: string): Promise<Partner> {
  const partner = /^[a-z0-9-]{2,40}$/.test(source) ? await selectPartner(k.db, source) : undefined;
  if (!partner) throw fail('partner-unknown');
  return partner;
}

/** The partner of a form, if there is one that takes part: whoever comes by an old link signs without one. */
export async function activePartner(k: Kernel, source: unknown): Promise<Partner | undefined> {
  if (typeof source !== 'string' || source === '') return undefined;
  const partner = await selectPartner(k.db, source);
  return partner && partner.leftAt === null ? partner : undefined;
}

/** What came through a partner. */
export function partnerCounts(k: Kernel, partnerId: string): Promise<PartnerCounts> {
  return countPartner(k.db, partnerId);
}

/** The same by day (UTC), newest first. */
export function partnerDays(
  k: Kernel,
  partnerId: string,
  days: number,
): Promise<{ day: string; count: number }[]> {
  return countByDay(k.db, partnerId, days);
}
