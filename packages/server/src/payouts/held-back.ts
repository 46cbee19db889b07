import type { Kernel } from '../kernel/index.ts';

/** What open objections hold back of what is payable, by party, in micro-units. */
export async function heldBack(
  _k: Kernel,
  _partyIds: readonly string[],
  _currency: string,
): Promise<Map<string, bigint>> {
  return new Map();
}
