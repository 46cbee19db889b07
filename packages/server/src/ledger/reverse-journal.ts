import { inTx, type Kernel } from '../kernel/index.ts';
import type { PostedJournal } from './model.ts';
import { asProblems } from './post-journals.ts';
import { failLedger } from './problems.ts';
import { insertJournals, selectLines } from './store.ts';

/**
 * Takes a journal back: books every line of it negated, in the open period. A journal is taken back at most once; the same
 * reference again answers the reversal of the first time.
 *
 * Throws `journal-unknown`, `journal-reversed` (under another reference), `journal-differs`, `balance-too-low`.
 */
export async function reverseJournal(
  t: Kernel,
  input: { journalId: string; reference: string; actor?: string; cause?: string },
): Promise<PostedJournal> {
  const { journalId, ...rest } = input;
  return inTx(t, async (tx) => {
    const lines = await selectLines(tx.db, journalId);
    if (!lines) throw failLedger('journal-unknown', { detail: journalId });
    const reversal = {
      ...rest,
      id: tx.ids.id(),
      kind: 'reversal',
      reverses: journalId,
      lines: lines.map((line) => ({ ...line, amountMicro: -line.amountMicro })),
    };
    const [posted] = await asProblems(insertJournals(tx.db, tx.clock.now(), [reversal]));
    return posted!;
  });
}
