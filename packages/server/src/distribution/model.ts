/** What a run divides: an invoice that was paid, a credit note, or money that waited. */
export type RunKind = 'invoice' | 'credit' | 'release';

/** Nothing is posted unless both engines agree: the states follow each other in this order only. */
export const RUN_STATES = ['planned', 'computed', 'verified', 'posted'] as const;
export type RunState = (typeof RUN_STATES)[number];

/**
 * Where a part goes: to its holder, or into suspense because the share is contested, its holder has not said yes, or
 * nobody holds it.
 */
export const DISPOSITIONS = ['paid', 'contested', 'unaccepted', 'ownerless'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export type SuspenseReason = Exclude<Disposition, 'paid'>;

export type Run = {
  readonly id: string;
  readonly kind: RunKind;
  /** The invoice; of a release: the work. */
  readonly subject: string;
  /** The owner of the account `pool` that the run empties. */
  readonly poolOwner: string;
  readonly currency: string;
  readonly state: RunState;
  readonly lines: number;
  readonly totalMicro: bigint;
  readonly inputSha256: string;
  readonly sqlRoot: string | null;
  readonly tsRoot: string | null;
  readonly creditsPosted: number;
  /** Why it stands still, where a person must look. */
  readonly fault: string | null;
  readonly plannedAt: Date;
  readonly computedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly postedAt: Date | null;
};

/** One line to divide, before it is frozen. */
export type LineIn = {
  readonly lineId: string;
  readonly originLineId: string;
  readonly splitKey: string;
  readonly amountMicro: bigint;
  readonly baseMicro: bigint;
  readonly feePpm: number;
};

/** One part of a split, before it is frozen. */
export type ShareIn = {
  readonly splitKey: string;
  /** Unique in the split; decides ties. */
  readonly key: string;
  readonly claimId: string | null;
  readonly partyId: string | null;
  readonly workId: string;
  readonly sharePpm: number;
  readonly weight: bigint;
  readonly disposition: Disposition;
};

/** Hashes cover this many lines each, so that neither engine ever holds a run in memory. */
export const HASH_LINES = 4096;

/** Payees in one journal. */
export const CHUNK_PAYEES = 5000;

/** The account a part goes to. */
export function accountOf(disposition: Disposition, share: { partyId: string | null; workId: string }) {
  return disposition === 'paid'
    ? { kind: 'payable', owner: share.partyId ?? '' }
    : { kind: `suspense-${disposition}`, owner: share.workId };
}
