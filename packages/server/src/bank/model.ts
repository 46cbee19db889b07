/** One movement of money as the bank booked it. Of an entry that books several payments at once, each is one. */
export type StatementEntry = {
  /** Credits are positive, debits negative; never zero. */
  readonly amountMicro: bigint;
  /** YYYY-MM-DD. */
  readonly bookedOn: string;
  readonly valueDate: string | null;
  /** The id the payer gave the payment. */
  readonly endToEndId: string | null;
  /** What the payer wrote. */
  readonly remittance: string;
  /** The bank's own reference. */
  readonly reference: string | null;
  readonly counterpartyName: string | null;
  readonly counterpartyIban: string | null;
  /** Why money came back: the bank's code, then its words. */
  readonly returnReason: string | null;
  /** The bank took back a booking of its own. */
  readonly reversal: boolean;
};

/** One statement: `opening` plus the sum of `entries` is `closing`, exactly. */
export type Statement = {
  readonly id: string;
  readonly sequence: string | null;
  readonly iban: string;
  readonly currency: string;
  readonly openingMicro: bigint;
  readonly closingMicro: bigint;
  /** Day of the closing balance, YYYY-MM-DD. */
  readonly closedOn: string;
  readonly entries: readonly StatementEntry[];
};
