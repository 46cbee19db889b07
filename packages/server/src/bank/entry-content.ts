import { createHash } from 'node:crypto';
import type { StatementEntry } from './model.ts';

/** What an entry says, as it is stored and hashed. */
export function contentOf(entry: StatementEntry): string {
  const { amountMicro, ...rest } = entry;
  const { bookedOn, valueDate, reference, endToEndId, remittance } = rest;
  const { counterpartyName, counterpartyIban, returnReason, reversal } = rest;
  return JSON.stringify({
    amountMicro: amountMicro.toString(),
    bookedOn,
    valueDate,
    reference,
    endToEndId,
    remittance,
    counterpartyName,
    counterpartyIban,
    returnReason,
    reversal,
  });
}

/** Tells an entry from all others of its account. */
export function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
