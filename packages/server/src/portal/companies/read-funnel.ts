import { closedUntil, signedPeople } from '../../campaign/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { turnover } from '../../ledger/index.ts';
import { licensors } from '../../licensing/index.ts';
import { worksByStanding } from '../../offers/index.ts';
import { peopleAmong } from '../../parties/index.ts';
import { shareholders } from '../../works/index.ts';

export const STEPS = ['signed', 'registered', 'licensable', 'licensed', 'paid'] as const;
export type FunnelStep = (typeof STEPS)[number];

/** People at one step: of those who signed, and all. */
export type FunnelRow = {
  readonly step: FunnelStep;
  readonly ofSigned: number;
  /** Those who never signed too; undefined for the first step. */
  readonly all: number | undefined;
};

export type Funnel = {
  readonly rows: readonly FunnelRow[];
  /** Beside the way, and as complete a result: people whose works say no to every AI use. */
  readonly refused: { readonly ofSigned: number; readonly all: number };
};

/** The way from a signature to a payment, from records alone; each person counts once at each step. */
export async function readFunnel(k: Kernel): Promise<Funnel> {
  const [signed, standing] = await Promise.all([signedPeople(k), worksByStanding(k)]);
  const [registered, licensable, refused, licensed, paid] = await Promise.all([
    shareholders(k),
    shareholders(k, standing.licensable),
    shareholders(k, standing.refused),
    licensors(k),
    paidHolders(k),
  ]);
  const everybody = [...new Set([...registered, ...licensed, ...paid])];
  const people = new Map(
    (await peopleAmong(k, everybody)).map(({ partyId, userId }) => [partyId, userId] as const),
  );
  const signers = new Set(signed.userIds);
  const count = (partyIds: readonly string[]) => {
    const mine = partyIds.filter((id) => people.has(id));
    const signedToo = mine.filter((id) => {
      const userId = people.get(id);
      return userId != null && signers.has(userId);
    });
    return { ofSigned: signedToo.length, all: mine.length };
  };
  return {
    rows: [
      { step: 'signed', ofSigned: (await closedUntil(k)) ? 0 : signed.people, all: undefined },
      { step: 'registered', ...count(registered) },
      { step: 'licensable', ...count(licensable) },
      { step: 'licensed', ...count(licensed) },
      { step: 'paid', ...count(paid) },
    ],
    refused: count(refused),
  };
}

/** To whom a record of the bank shows a payout that did not come back. */
async function paidHolders(k: Kernel): Promise<string[]> {
  const rows = await turnover(k, {
    accounts: ['payable', 'in-payout'],
    journals: ['payout-paid', 'payout-returned'],
  });
  return [...new Set(rows.filter(({ amountMicro }) => amountMicro < 0n).map(({ owner }) => owner))];
}
