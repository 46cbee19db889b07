import type { Kernel } from '../kernel/index.ts';
import type { BankEntry } from './model.ts';
import { failBank } from './problems.ts';
import { type EntryRow, selectEntries, selectEntry } from './store.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An entry on record. Throws `bank-entry-unknown`. */
export async function readEntry(k: Kernel, entryId: string): Promise<BankEntry> {
  const row = UUID.test(entryId) ? await selectEntry(k.db, entryId) : undefined;
  if (!row) throw failBank('bank-entry-unknown');
  return entryOf(row);
}

/**
 * Entries, the last recorded first, at most 200; `before` is `next` of the page before. `state` open: a part of them is
 * for nothing known yet.
 */
export async function listEntries(
  k: Kernel,
  about: { state?: 'open' | 'matched'; before?: string; limit?: number } = {},
): Promise<{ entries: BankEntry[]; next: string | null }> {
  const { before, limit = 200, state } = about;
  const size = Math.min(Math.max(limit, 1), 200);
  const rows = await selectEntries(k.db, {
    limit: size,
    ...(state === undefined ? {} : { state }),
    ...(before === undefined ? {} : { before: BigInt(before) }),
  });
  const last = rows.at(-1);
  return { entries: rows.map(entryOf), next: rows.length === size && last ? last.seq.toString() : null };
}

export function entryOf(row: EntryRow): BankEntry {
  const matches = row.matches.map(({ to, amount }) => ({ to, amountMicro: BigInt(amount) }));
  const matched = matches.reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
  const openMicro = row.amount_micro < 0n ? row.amount_micro + matched : row.amount_micro - matched;
  const { valueDate, endToEndId, remittance, reference, counterpartyName, counterpartyIban } = row.content;
  return {
    id: row.id,
    source: row.source,
    amountMicro: row.amount_micro,
    currency: row.currency,
    bookedAt: row.booked_on,
    valueDate,
    endToEndId,
    remittance: row.assigned ?? remittance,
    written: remittance,
    reference,
    counterpartyName,
    counterpartyIban,
    returnReason: row.content.returnReason,
    reversal: row.content.reversal,
    state: openMicro === 0n ? 'matched' : 'open',
    matches,
    matchedTo: matches.length === 0 ? null : matches.map(({ to }) => to).join(', '),
    openMicro,
    recordedAt: row.recorded_at,
  };
}
