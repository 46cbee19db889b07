import type { Kernel } from '../kernel/index.ts';
import { type Holder, holdersOf, requireWork, type Work } from '../works/index.ts';
import { failOffers } from './problems.ts';

export type RequiredHolder = Holder & { readonly partyId: string };

/** Those whose share is accepted: each has to say yes before an AI use is licensed. */
export async function requiredHolders(k: Kernel, workId: string): Promise<RequiredHolder[]> {
  return requiredOf(await holdersOf(k, workId));
}

/** Those of a work's holders whose yes is needed. */
export function requiredOf(holders: readonly Holder[]): RequiredHolder[] {
  return holders.filter(
    (holder): holder is RequiredHolder => holder.state === 'accepted' && holder.partyId !== null,
  );
}

/**
 * The work and its holders, for one of them. Throws `work-unknown`, `not-a-holder`, and `terms-work-withdrawn` where the
 * work takes no new terms.
 */
export async function requireHolder(
  k: Kernel,
  { workId, partyId }: { workId: string; partyId: string },
): Promise<{ work: Work; holders: RequiredHolder[] }> {
  const work = await requireWork(k, workId);
  const holders = await requiredHolders(k, workId);
  if (!holders.some((holder) => holder.partyId === partyId)) throw failOffers('not-a-holder');
  return { work, holders };
}

/** As `requireHolder`, for what changes the terms. */
export async function requireDecider(k: Kernel, who: { workId: string; partyId: string }) {
  const found = await requireHolder(k, who);
  if (found.work.state !== 'registered') throw failOffers('terms-work-withdrawn');
  return found;
}
