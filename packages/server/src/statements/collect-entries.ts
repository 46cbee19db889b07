import type { Kernel } from '../kernel/index.ts';
import { type Account, type Entry, entriesOf } from '../ledger/index.ts';

const PAGE = 5_000;

/**
 * The postings of an account behind a version that took effect before `to`, without a gap: from the first one that belongs
 * to a later time on, everything is for the next statement, also what is booked in between.
 */
export async function collectEntries(
  t: Kernel,
  account: Account,
  { behind, to }: { behind: bigint; to: Date },
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let version = behind;
  for (;;) {
    const page = await entriesOf(t, account, { before: to, afterVersion: version, limit: PAGE });
    for (const entry of page) {
      if (entry.version !== version + 1n) return entries;
      entries.push(entry);
      version = entry.version;
    }
    if (page.length < PAGE) return entries;
  }
}

/** The run whose result a posting is. */
export function runOf({ kind, cause }: Entry): string | undefined {
  return kind === 'distribution' ? /^run:(.+)$/.exec(cause ?? '')?.[1] : undefined;
}

/** Payouts and corrections of both accounts, one for each journal, in the order of booking. */
export function movementsOf(payable: readonly Entry[], inPayout: readonly Entry[]) {
  const movements = new Map<string, { entry: Entry; payable: bigint; inPayout: bigint }>();
  const add = (entry: Entry, side: 'payable' | 'inPayout') => {
    const known = movements.get(entry.journalId) ?? { entry, payable: 0n, inPayout: 0n };
    movements.set(entry.journalId, { ...known, [side]: known[side] + entry.amountMicro });
  };
  for (const entry of payable) if (runOf(entry) === undefined) add(entry, 'payable');
  for (const entry of inPayout) add(entry, 'inPayout');
  return [...movements.values()]
    .sort(
      ({ entry: a }, { entry: b }) =>
        a.effectiveAt.getTime() - b.effectiveAt.getTime() || (a.journalId < b.journalId ? -1 : 1),
    )
    .map(({ entry, payable: owed, inPayout: way }) => ({
      journal: entry.journalId,
      kind: entry.kind,
      reference: entry.reference,
      at: entry.effectiveAt.toISOString(),
      payable: owed.toString(),
      inPayout: way.toString(),
    }));
}
