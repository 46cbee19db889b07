import type { Kernel } from '../kernel/index.ts';
import type { Hold } from './model.ts';
import { insertHold, lockAccount } from './store.ts';

/**
 * Keeps part of a party's prepaid balance for a promise. `choose` says how much of what is available, in micro-units;
 * 0 or more than there is means no hold, and undefined is answered. Others wait, so holds never exceed the balance.
 * The reference is used once.
 */
export async function placeHold(
  t: Kernel,
  input: {
    partyId: string;
    currency: string;
    reference: string;
    expiresAt: Date;
    choose: (availableMicro: bigint) => bigint;
  },
): Promise<Hold | undefined> {
  const { partyId, currency, reference, expiresAt } = input;
  const account = await lockAccount(t.db, { kind: 'prepaid', owner: partyId, currency });
  if (!account) return undefined;
  const available = account.posted_micro - account.held_micro;
  const amountMicro = input.choose(available);
  if (amountMicro <= 0n || amountMicro > available) return undefined;
  const id = t.ids.id();
  await insertHold(t.db, {
    id,
    accountId: account.id,
    amountMicro,
    reference,
    at: t.clock.now(),
    expiresAt,
  });
  return { id, amountMicro, expiresAt };
}
