import { inTx, type Kernel } from '../kernel/index.ts';
import type { JournalInput, PostedJournal } from './model.ts';
import { failLedger } from './problems.ts';
import { insertJournals } from './store.ts';

/** The most journals of one call. */
export const MOST_JOURNALS = 5_000;

/**
 * Books one journal; its accounts are opened as needed. Kind and reference are an idempotency key that never ends: the same
 * lines again book nothing and answer the journal of the first time. Without `effectiveAt` it takes effect now, in the
 * open period. Joins the open transaction; book all that one makes with one call of `postJournals`.
 *
 * Throws `journal-unbalanced`, `journal-differs`, `period-closed` (an `effectiveAt` before what is closed) and
 * `balance-too-low` (`prepaid` below its holds; `in-payout`, `refund-due` below zero).
 */
export async function postJournal(t: Kernel, journal: JournalInput): Promise<PostedJournal> {
  const [posted] = await postJournals(t, [journal]);
  return posted!;
}

/**
 * Books up to 5,000 journals, all or none, in one statement; answers in their order. Otherwise as `postJournal`.
 * Throws `RangeError` for more.
 */
export async function postJournals(
  t: Kernel,
  journals: readonly JournalInput[],
): Promise<readonly PostedJournal[]> {
  if (journals.length > MOST_JOURNALS) throw new RangeError(`at most ${MOST_JOURNALS} journals at once`);
  if (journals.length === 0) return [];
  const given = journals.map((journal) => ({ ...journal, id: t.ids.id() }));
  return inTx(t, (tx) => asProblems(insertJournals(tx.db, tx.clock.now(), given)));
}

const CODES: { readonly [sqlstate: string]: Parameters<typeof failLedger>[0] } = {
  LE001: 'journal-unbalanced',
  LE002: 'journal-differs',
  LE003: 'period-closed',
  LE004: 'balance-too-low',
  LE005: 'journal-reversed',
};

/** What the posting function refuses, as problems. */
export async function asProblems<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, constraint, detail } = error as { code?: string; constraint?: string; detail?: string };
    if (constraint === 'never_below_minimum') throw failLedger('balance-too-low', { cause: error });
    const known = code === undefined ? undefined : CODES[code];
    if (known) throw failLedger(known, { ...(detail === undefined ? {} : { detail }), cause: error });
    throw error;
  }
}
