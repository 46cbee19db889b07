/** Where a batch stands. What became of each payment in it says the item. */
export type BatchState = 'proposed' | 'ordered' | 'discarded';

/** *Ordered*: the bank was told. *Paid*: a bank record says so. *Returned* may follow on paid. */
export type ItemState = 'proposed' | 'ordered' | 'paid' | 'returned' | 'rejected';

/** Why somebody with money coming is not in a batch. */
export type LeftOutReason =
  | 'no-profile'
  | 'profile-unusable'
  | 'below-minimum'
  | 'cooling-off'
  | 'objection'
  | 'overpaid';

/** A batch of payments in one currency. */
export type Batch = {
  readonly id: string;
  readonly currency: string;
  readonly minimumMicro: bigint;
  readonly state: BatchState;
  /** User id of the operator who proposed it. */
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Who ordered or discarded it. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly messageId: string;
  /** End of the account number the money leaves. */
  readonly debtorIbanEnd: string;
  /** Day the bank is asked to pay, YYYY-MM-DD in the zone of the instance. */
  readonly executionDate: string | null;
  /** SHA-256 of the payment file, hex. */
  readonly fileSha256: string | null;
  readonly items: number;
  readonly totalMicro: bigint;
  /** Items by state. */
  readonly counts: Readonly<Record<ItemState, number>>;
};

/** One payment of a batch. */
export type Item = {
  readonly id: string;
  readonly batchId: string;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly endToEndId: string;
  readonly profileVersion: number;
  readonly ibanEnd: string;
  readonly state: ItemState;
  readonly orderedAt: Date | null;
  /** Day the bank booked it, YYYY-MM-DD. */
  readonly paidOn: string | null;
  readonly returnedOn: string | null;
  /** What the bank said. */
  readonly returnReason: string | null;
  readonly rejectedAt: Date | null;
  readonly rejectReason: string | null;
};

/** Somebody with money coming who is not in the batch. */
export type LeftOut = {
  readonly partyId: string;
  readonly reason: LeftOutReason;
  readonly balanceMicro: bigint;
};

/** Default of the least that is paid: one unit of the currency. */
export const MINIMUM_MICRO = 1_000_000n;

const MICRO_PER_CENT = 10_000n;
/** The most one SEPA credit transfer carries. */
const MAX_PAYMENT_MICRO = 999_999_999_990_000n;

/** What can be paid of an amount: whole cents, and no more than a transfer carries. The rest stays where it is. */
export function payableCents(micro: bigint): bigint {
  const whole = micro - (micro % MICRO_PER_CENT);
  return whole > MAX_PAYMENT_MICRO ? MAX_PAYMENT_MICRO : whole;
}
