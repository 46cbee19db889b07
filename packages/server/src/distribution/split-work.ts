import { type Holder, WHOLE_PPM } from '../works/index.ts';
import type { Disposition, ShareIn } from './model.ts';

/** What decides where the part of a holder goes. */
export type ShareHolder = Pick<Holder, 'claimId' | 'partyId' | 'sharePpm' | 'state' | 'onHold'>;

/** The key of what nobody holds. */
export const OWNERLESS = 'ownerless';

/**
 * The split of a work as its claims stand: each holder by the own share; what is contested or not accepted waits; what
 * nobody holds has no owner. Where the shares are more than the whole nobody’s is certain, and all of it is contested.
 */
export function splitOfWork(workId: string, holders: readonly ShareHolder[], splitKey = workId): ShareIn[] {
  const claimed = holders.reduce((sum, { sharePpm }) => sum + sharePpm, 0);
  const over = claimed > WHOLE_PPM;
  const shares = holders.map(
    (holder): ShareIn => ({
      splitKey,
      key: holder.claimId,
      claimId: holder.claimId,
      partyId: holder.partyId,
      workId,
      sharePpm: holder.sharePpm,
      weight: BigInt(holder.sharePpm),
      disposition: over ? 'contested' : dispositionOf(holder),
    }),
  );
  return claimed < WHOLE_PPM ? [...shares, ownerless(workId, splitKey, WHOLE_PPM - claimed)] : shares;
}

function dispositionOf({ state, onHold }: ShareHolder): Disposition {
  if (onHold) return 'contested';
  return state === 'accepted' ? 'paid' : 'unaccepted';
}

function ownerless(workId: string, splitKey: string, sharePpm: number): ShareIn {
  const weight = BigInt(sharePpm);
  return {
    splitKey,
    key: OWNERLESS,
    claimId: null,
    partyId: null,
    workId,
    sharePpm,
    weight,
    disposition: 'ownerless',
  };
}

/**
 * The split of money of one line that waits, as the claims stand now: each holder by what the own share has not got of
 * this line yet. Whoever got more than the share of today keeps it; what nobody holds stays without an owner.
 */
export function splitOfWaiting(
  workId: string,
  holders: readonly ShareHolder[],
  { originLineId, settledPpm }: { originLineId: string; settledPpm: ReadonlyMap<string, number> },
): ShareIn[] {
  const due = splitOfWork(workId, holders, originLineId).flatMap((share) => {
    const settled = share.claimId === null ? 0 : (settledPpm.get(share.claimId) ?? 0);
    const open = share.sharePpm - settled;
    return open > 0 ? [{ ...share, sharePpm: open, weight: BigInt(open) }] : [];
  });
  return due.length > 0 ? due : [ownerless(workId, originLineId, 1)];
}
