import type { Kernel } from '../kernel/index.ts';
import { postJournal } from './post-journals.ts';

/**
 * Books money that came in as a party's prepaid balance. The reference names the event, such as a line of a bank
 * statement: the same one again books nothing and answers false. Amounts are micro-units above zero.
 *
 * Throws `journal-differs` when the reference was used for another party or amount.
 */
export async function topUp(
  t: Kernel,
  input: { partyId: string; currency: string; amountMicro: bigint; reference: string },
): Promise<boolean> {
  const { partyId, currency, amountMicro, reference } = input;
  if (amountMicro <= 0n) throw new RangeError('a top-up is above zero');
  const { booked } = await postJournal(t, {
    kind: 'top-up',
    reference,
    lines: [
      { kind: 'prepaid', owner: partyId, currency, amountMicro },
      { kind: 'received', owner: '', currency, amountMicro: -amountMicro },
    ],
  });
  return booked;
}
