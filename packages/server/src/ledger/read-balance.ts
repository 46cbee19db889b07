import type { Kernel } from '../kernel/index.ts';
import type { Balance } from './model.ts';
import { selectAccount } from './store.ts';

/** Where the prepaid balance of a party stands; all zero where nothing was paid yet. */
export async function balanceOf(k: Kernel, key: { partyId: string; currency: string }): Promise<Balance> {
  const { partyId, currency } = key;
  const found = await selectAccount(k.db, { kind: 'prepaid', ownerId: partyId, currency });
  const postedMicro = found?.posted_micro ?? 0n;
  const heldMicro = found?.held_micro ?? 0n;
  return { currency, postedMicro, heldMicro, availableMicro: postedMicro - heldMicro };
}
