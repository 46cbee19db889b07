import type { MoneyWorld } from '../../packages/server/src/testing/money-world.ts';
import type { BankBook } from './bank-book.ts';
import type { Answer, Person } from './person.ts';
import type { Random } from './random.ts';

/** What the instance acknowledged: an answer that was received in full. */
export type MoneyNotes = {
  /** By gate: the last record it was told is counted. */
  readonly counted: Map<string, number>;
  /** Periods that are closed, with their invoices. */
  readonly closed: Map<string, readonly string[]>;
  /** By id of the invoice, credit note or statement: the hash of what was signed. */
  readonly signed: Map<string, string>;
  readonly bankFiles: Set<string>;
  readonly entries: Set<string>;
  /** Payments by hand two operators confirmed. */
  readonly confirmed: Set<string>;
  /** Entries an operator said the purpose of, or named the payout of. */
  readonly assigned: Set<string>;
  readonly batches: Set<string>;
  readonly discarded: Set<string>;
  /** The payment file of each batch that was ordered. */
  readonly ordered: Map<string, string>;
  /** End-to-end ids the bank has confirmed, returned; ids of payouts it refused. */
  readonly paid: Set<string>;
  readonly returned: Set<string>;
  readonly rejected: Set<string>;
  readonly objections: Set<string>;
};

export function createNotes(): MoneyNotes {
  const sets = () => new Set<string>();
  return {
    counted: new Map(),
    closed: new Map(),
    signed: new Map(),
    bankFiles: sets(),
    entries: sets(),
    confirmed: sets(),
    assigned: sets(),
    batches: sets(),
    discarded: sets(),
    ordered: new Map(),
    paid: sets(),
    returned: sets(),
    rejected: sets(),
    objections: sets(),
  };
}

/** Where money moves and who moves it. */
export type MoneyPlay = {
  readonly world: MoneyWorld;
  readonly notes: MoneyNotes;
  readonly bank: BankBook;
  readonly first: Person;
  readonly second: Person;
  readonly holder: Person;
  readonly objector: Person;
  readonly anyone: Person;
  readonly random: Random;
  busy(): boolean;
};

/** The answer if it has the status; otherwise throws what came instead. */
export async function answered<T extends Answer>(sent: Promise<T>, ...statuses: number[]): Promise<T> {
  const answer = await sent;
  if (statuses.includes(answer.status)) return answer;
  throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text.slice(0, 600)}`);
}
