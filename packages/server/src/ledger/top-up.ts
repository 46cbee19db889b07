import type { Kernel } from '../kernel/index.ts';
import { ensureAccount, postJournal } from './store.ts';

/**
 * Books money that came in as a party's prepaid balance. The reference names the event, such as a line of a bank
 * statement: the same one again books nothing and answers false. Amounts are micro-units above zero.
 */
export async function topUp(
  t: Kernel,
  input: { partyId: string; currency: string; amountMicro: bigint; reference: string },
): Promise<boolean> {
  const { partyId, currency, amountMicro, reference } = input;
  if (amountMicro <= 0n) throw new RangeError('a top-up is above zero');
  const at = t.clock.now();
  const prepaid = await ensureAccount(t.db, t.ids.id(), { kind: 'prepaid', ownerId: partyId, currency }, at);
  const received = await ensureAccount(t.db, t.ids.id(), { kind: 'received', ownerId: null, currency }, at);
  return postJournal(t.db, {
    id: t.ids.id(),
    kind: 'top-up',
    reference,
    at,
    lines: [
      { account: prepaid, amountMicro },
      { account: received, amountMicro: -amountMicro },
    ],
  });
}
