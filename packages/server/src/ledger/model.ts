/** What an account is for. `received`: money that came in, seen from the other side. */
export type AccountKind = 'prepaid' | 'received';

/** Where a prepaid balance stands, in micro-units. */
export type Balance = {
  readonly currency: string;
  /** Sum of all postings. */
  readonly postedMicro: bigint;
  /** Of that, kept by promises. */
  readonly heldMicro: bigint;
  /** What can still be promised. */
  readonly availableMicro: bigint;
};

export type Hold = { readonly id: string; readonly amountMicro: bigint; readonly expiresAt: Date };

/** One side of a booking: credits positive, debits negative; the sum of all lines is zero. */
export type Line = { readonly account: string; readonly amountMicro: bigint };
