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

/** Where an entry comes from. `operator-word`: no bank says so, two people of the operator do. */
export type EntrySource = 'statement' | 'operator-word';

/** An entry on record. */
export type BankEntry = {
  readonly id: string;
  readonly source: EntrySource;
  /** Credits are positive, debits negative; never zero. */
  readonly amountMicro: bigint;
  readonly currency: string;
  /** YYYY-MM-DD. */
  readonly bookedAt: string;
  readonly valueDate: string | null;
  readonly endToEndId: string | null;
  /** What the payer wrote, or what an operator said later it is for. */
  readonly remittance: string;
  /** What the payer wrote. */
  readonly written: string;
  readonly reference: string | null;
  readonly counterpartyName: string | null;
  readonly counterpartyIban: string | null;
  /** Why money came back: the bank's code, then its words. */
  readonly returnReason: string | null;
  readonly reversal: boolean;
  /** Open as long as a part of it is for nothing known. */
  readonly state: 'open' | 'matched';
  /** What it was for, in parts. */
  readonly matches: readonly { readonly to: string; readonly amountMicro: bigint }[];
  /** All of `matches`, separated by a comma and a space; null where there is none. */
  readonly matchedTo: string | null;
  /** What is not matched yet, with the sign of the entry. */
  readonly openMicro: bigint;
  readonly recordedAt: Date;
};

/** Money entered by hand: one operator proposes it, another confirms it. */
export type HandPayment = {
  readonly id: string;
  readonly kind: 'invoice' | 'prepaid';
  /** The number of the invoice, or the id of the company. */
  readonly target: string;
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly note: string;
  readonly state: 'proposed' | 'confirmed' | 'withdrawn';
  /** User ids of operators. */
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** The entry with source `operator-word` it led to. */
  readonly entryId: string | null;
  /** The entry of a statement that showed this money later. */
  readonly shownBy: string | null;
};
