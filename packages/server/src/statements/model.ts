/** How long a payee may object to a statement, in days. */
export const OBJECTION_DAYS = 365;

/** What the public log gets of a statement. */
export const STATEMENT_LEAF = 'statement.issued';

/** A statement as lists show it. Amounts are micro-units. */
export type StatementSummary = {
  readonly id: string;
  readonly partyId: string;
  readonly currency: string;
  readonly number: number;
  readonly fromAt: Date | null;
  /** The cut-off, not in it. */
  readonly toAt: Date;
  readonly openingMicro: bigint;
  readonly earnedMicro: bigint;
  /** Payouts and corrections. */
  readonly movedMicro: bigint;
  readonly closingMicro: bigint;
  readonly inPayoutClosingMicro: bigint;
  /** Of the sealed form. */
  readonly sha256: string;
  readonly issuedAt: Date;
  readonly objectionUntil: Date;
};

/** A statement with all that its checks and its successor need. */
export type StatementRow = StatementSummary & {
  readonly payableVersion: bigint;
  readonly inPayoutVersion: bigint;
  readonly inPayoutOpeningMicro: bigint;
  readonly sealed: string;
};

export const OUTCOMES = ['upheld', 'declined', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A payee's no. `position` is the line it is about, null the whole statement. */
export type Objection = {
  readonly id: string;
  readonly statementId: string;
  readonly partyId: string;
  readonly currency: string;
  readonly number: number;
  readonly position: number | null;
  readonly disputedMicro: bigint;
  readonly reason: string;
  readonly raisedBy: string;
  readonly raisedAt: Date;
  readonly outcome: Outcome | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
};
