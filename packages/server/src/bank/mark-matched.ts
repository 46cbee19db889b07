import type { Kernel } from '../kernel/index.ts';
import { failBank } from './problems.ts';
import { readEntry } from './read-entry.ts';
import { insertMatch, lockEntry } from './store.ts';

/**
 * Notes what an entry, or a part of it, was for; `to` is `<kind>:<id>`, such as `invoice:…`. The size of the amount counts,
 * not its sign. Whoever calls books the money out of the account `unidentified` of the entry in the same transaction.
 * The same once more changes nothing. Throws `bank-entry-unknown`, `bank-entry-matched`.
 */
export async function markMatched(
  t: Kernel,
  input: { entryId: string; to: string; amountMicro: bigint; actor?: string },
): Promise<void> {
  const { entryId, to } = input;
  const amountMicro = input.amountMicro < 0n ? -input.amountMicro : input.amountMicro;
  await readEntry(t, entryId);
  await lockEntry(t.db, entryId);
  const entry = await readEntry(t, entryId);
  const before = entry.matches.find((match) => match.to === to);
  if (before?.amountMicro === amountMicro) return;
  const open = entry.openMicro < 0n ? -entry.openMicro : entry.openMicro;
  if (before || amountMicro === 0n || amountMicro > open)
    throw failBank('bank-entry-matched', { detail: entry.matchedTo ?? to });
  await insertMatch(t.db, {
    entryId,
    target: to,
    amountMicro,
    at: t.clock.now(),
    actor: input.actor ?? null,
  });
}
