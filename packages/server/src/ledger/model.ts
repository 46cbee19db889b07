/**
 * What an account is for, and of whom. What is owed stands positive: `prepaid` (licensee), `pool` (invoice: paid or to be
 * paid, not yet divided), `payable` (payee; below zero when overpaid), `in-payout` (payee), `suspense-…` (work: nobody can be
 * paid yet), `fee` (the instance), `refund-due` (licensee), `unidentified` (bank entry). What we have stands negative:
 * `bank`, `word` (money only a person says has come), `received` (top-ups before there was a bank), `receivable`
 * (licensee). `rounding` (licensee) is what is below a cent.
 */
export type AccountKind =
  | 'prepaid'
  | 'receivable'
  | 'rounding'
  | 'refund-due'
  | 'pool'
  | 'payable'
  | 'in-payout'
  | 'suspense-contested'
  | 'suspense-unaccepted'
  | 'suspense-ownerless'
  | 'fee'
  | 'bank'
  | 'word'
  | 'unidentified'
  | 'received';

/** `owner` is the id of whom or what the account is for, and empty for `fee`, `bank`, `word` and `received`. */
export type Account = { readonly kind: AccountKind; readonly owner: string; readonly currency: string };

/** One side of a booking, in micro-units: credits positive, debits negative. */
export type Line = Account & { readonly amountMicro: bigint };

/** A booking to make. */
export type JournalInput = {
  /** Kind and reference name the business event; it is booked once, for ever. */
  readonly kind: string;
  readonly reference: string;
  /** To which period it belongs; now, or the open period, unless given. */
  readonly effectiveAt?: Date;
  /** What led to it, such as the id of a run. */
  readonly cause?: string;
  readonly actor?: string;
  readonly approver?: string;
  /** They sum to zero in each currency. Lines of 0 are left out. */
  readonly lines: readonly Line[];
};

/** `booked` is false when the same was booked before, under this id. */
export type PostedJournal = { readonly journalId: string; readonly booked: boolean };

/** One posting on an account, with the balance it left. */
export type Entry = {
  readonly journalId: string;
  readonly kind: string;
  readonly reference: string;
  readonly cause: string | undefined;
  readonly effectiveAt: Date;
  readonly amountMicro: bigint;
  readonly balanceAfter: bigint;
  /** 1, 2, 3 … in the order of booking. */
  readonly version: bigint;
};

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
