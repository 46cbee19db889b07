import { microPerMinorUnit } from '@clearway/protocol';

/** A range of time that is charged for together, in the zone in which books close; `to` is not in it. */
export type Period = {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
};

export type LineKind = 'usage' | 'flat' | 'credit';

/** What was charged for one use of one work under one agreement; amounts are micro-units. */
export type BillingLine = {
  readonly id: string;
  readonly position: number;
  readonly periodId: string;
  /** The invoice it is on, or that its credit note corrects. */
  readonly invoiceId: string;
  readonly creditNoteId: string | null;
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly workId: string;
  readonly title: string;
  readonly kind: LineKind;
  readonly use: string;
  readonly unit: string;
  /** How the units are known; `agreed` for a flat fee. */
  readonly grade: string;
  /** Below zero for what a credit takes back; 0 when it takes back an amount. */
  readonly units: bigint;
  readonly reportId: string | null;
  readonly priceAmountMicro: bigint;
  readonly pricePerUnits: bigint;
  readonly offerId: string;
  readonly offerVersion: number;
  readonly offerSha256: string;
  readonly amountMicro: bigint;
  readonly currency: string;
  readonly corrects: string | null;
};

/** `open`: nothing came in; `partly-paid`; `settled`: nothing is open any more. */
export type InvoiceState = 'open' | 'partly-paid' | 'settled';

export type Invoice = {
  readonly id: string;
  /** Such as `INV-000012`: what a transfer names. */
  readonly number: string;
  readonly periodId: string;
  readonly licenseeId: string;
  readonly currency: string;
  /** Sum of the lines. */
  readonly exactMicro: bigint;
  /** The fraction of a minor unit that the invoices before left over. */
  readonly carriedMicro: bigint;
  /** What is to be paid: exact and carried, rounded down to minor units. */
  readonly totalMicro: bigint;
  readonly paidMicro: bigint;
  /** What credit notes made unnecessary to pay. */
  readonly creditedMicro: bigint;
  readonly openMicro: bigint;
  readonly state: InvoiceState;
  readonly issuedAt: Date;
  readonly settledAt: Date | null;
  /** SHA-256 of the signed document. */
  readonly sha256: string;
};

export type CreditNote = {
  readonly id: string;
  /** Such as `CN-000003`. */
  readonly number: string;
  readonly invoiceId: string;
  /** Sum of its lines, below zero. */
  readonly exactMicro: bigint;
  readonly carriedMicro: bigint;
  /** In minor units, zero or below. */
  readonly totalMicro: bigint;
  /** Of that, what no longer has to be paid; the rest went to the prepaid balance. */
  readonly settledMicro: bigint;
  readonly reason: string;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly sha256: string;
};

/** Money that came in for an invoice; `operator-word` is what only people of the operator say. */
export type Payment = {
  readonly id: string;
  readonly invoiceId: string;
  readonly source: 'prepaid' | 'bank' | 'operator-word';
  readonly entryId: string | null;
  readonly amountMicro: bigint;
  readonly paidAt: Date;
};

/** One thing that was counted behind a line. The units of all of a line are the units of the line. */
export type UsageRef = {
  /** `<gate>/<record>`, `report/<id>` or `agreement/<id>`. */
  readonly ref: string;
  readonly at: Date;
  readonly units: bigint;
  /** Of a fetch: its path, and the hash of the signed segment it came in; of a report: the hash of its document. */
  readonly path: string | null;
  readonly sha256: string | null;
};

const INVOICE = 'INV-';
const CREDIT = 'CN-';
const digits = (number: bigint) => number.toString().padStart(6, '0');

export const invoiceNumber = (number: bigint): string => `${INVOICE}${digits(number)}`;
export const creditNumber = (number: bigint): string => `${CREDIT}${digits(number)}`;

/** The numbers of invoices a text names, as people and banks spell them, each once: `INV-000012`, `inv 12`. */
export function numbersIn(text: string): bigint[] {
  const found = text.matchAll(/(?<![A-Za-z0-9])INV[\s./-]{0,3}([0-9]{1,15})(?![0-9])/gi);
  return [...new Set([...found].map(([, number = '0']) => BigInt(number)))];
}

/** Micro-units in the smallest unit of a currency that is paid: 10,000 for EUR. */
export function minorUnit(currency: string): bigint {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return microPerMinorUnit(maximumFractionDigits ?? 2);
}

/** Rounds down to minor units, also below zero: what is left over is a fraction that is still owed. */
export function roundDown(micro: bigint, unit: bigint): bigint {
  const rest = ((micro % unit) + unit) % unit;
  return micro - rest;
}

export function stateOf(openMicro: bigint, totalMicro: bigint): InvoiceState {
  if (openMicro === 0n) return 'settled';
  return openMicro === totalMicro ? 'open' : 'partly-paid';
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
