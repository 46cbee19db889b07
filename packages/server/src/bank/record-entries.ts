import { emit, type Kernel, requireInstance } from '../kernel/index.ts';
import { booksClosedTo, MOST_JOURNALS, postJournals } from '../ledger/index.ts';
import { contentOf, hashOf } from './entry-content.ts';
import type { EntrySource, StatementEntry } from './model.ts';
import { endOfDays, insertEntries, type NewEntry } from './store.ts';

type Recorded = {
  readonly source: EntrySource;
  readonly statementId: string | null;
  readonly iban: string | null;
  readonly currency: string;
  readonly actor: string;
  readonly approver?: string;
};

/**
 * Puts entries on record: rows, one journal each, and the event that lets others look what they are for. Money nobody
 * has identified yet is owed to nobody known: it waits in an account of its own.
 */
export async function recordEntries(
  t: Kernel,
  entries: readonly StatementEntry[],
  about: Recorded,
): Promise<string[]> {
  const { actor, approver, ...rest } = about;
  const rows: NewEntry[] = entries.map((entry) => {
    const content = contentOf(entry);
    const { amountMicro, bookedOn } = entry;
    return { ...rest, id: t.ids.id(), amountMicro, bookedOn, content, sha256: hashOf(content) };
  });
  const now = t.clock.now();
  const { zone } = await requireInstance(t);
  const ends = await endOfDays(
    t.db,
    rows.map(({ bookedOn }) => bookedOn),
    { zone, now },
  );
  const closedTo = await booksClosedTo(t);
  // What a bank tells late belongs to the open period.
  const effectOf = (day: string) => {
    const at = ends.get(day);
    return at === undefined || (closedTo && at < closedTo) ? {} : { effectiveAt: at };
  };
  const kept = about.source === 'statement' ? 'bank' : 'word';
  for (let at = 0; at < rows.length; at += MOST_JOURNALS) {
    const chunk = rows.slice(at, at + MOST_JOURNALS);
    await insertEntries(t.db, chunk, now);
    await postJournals(
      t,
      chunk.map(({ id, amountMicro, currency, bookedOn }) => ({
        kind: kept === 'bank' ? 'bank-entry' : 'operator-word',
        reference: id,
        ...effectOf(bookedOn),
        cause: `bank-entry:${id}`,
        actor,
        ...(approver === undefined ? {} : { approver }),
        lines: [
          { kind: kept, owner: '', currency, amountMicro: -amountMicro },
          { kind: 'unidentified', owner: id, currency, amountMicro },
        ],
      })),
    );
  }
  for (const { id } of rows) await emit(t, 'bank.entry-recorded', { entryId: id });
  return rows.map(({ id }) => id);
}
