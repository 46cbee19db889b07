import type { Kernel } from '../kernel/index.ts';
import { showWord } from './assign-entry.ts';
import { readEntry } from './read-entry.ts';
import { shownWords } from './store-payments.ts';

/**
 * Money for an invoice that operators gave their word on, and that a statement shows now, is one payment, not two. Only the
 * same amount with the number of that invoice is taken for it; anything else is for a person to say.
 */
export async function showWords(t: Kernel, entryIds: readonly string[], actor: string): Promise<void> {
  const used = new Set<string>();
  for (const { paymentId, entryId, number, remittance } of await shownWords(t.db, entryIds)) {
    if (used.has(paymentId) || used.has(entryId) || !names(remittance, number)) continue;
    await showWord(t, await readEntry(t, entryId), { paymentId, actor });
    used.add(paymentId).add(entryId);
  }
}

/** Whether a text names a number by itself: `CW-1` is not in `CW-12`. */
function names(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at !== -1; at = text.indexOf(number, at + 1)) {
    const around = (text[at - 1] ?? ' ') + (text[at + number.length] ?? ' ');
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}
