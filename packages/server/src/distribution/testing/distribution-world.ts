import { creditInvoice, linesOfInvoice } from '../../billing/index.ts';
import { type BillingWorld, openBillingWorld, reprice } from '../../billing/testing/billing-world.ts';
import { inTx } from '../../kernel/index.ts';
import { ledgerChecks, topUp } from '../../ledger/index.ts';
import { drain } from '../../testing/drain.ts';
import { type Person, person, tokensFor } from '../../testing/register-works.ts';
import { acceptInvitation, changeShares, claimsOf, requireWork } from '../../works/index.ts';
import { distributionChecks } from '../index.ts';

/** A world in which invoices are paid and divided. */
export type DistributionWorld = BillingWorld & {
  /** So many fetches at a price, billed and paid from the prepaid balance; nothing is divided yet. */
  paid(fetches: number, price: bigint): Promise<{ invoiceId: string; lineId: string }>;
  credit(invoiceId: string, lineId: string, amountMicro: bigint): Promise<void>;
  /** All jobs and events. */
  drain(): Promise<void>;
  /** The shares of the work, drawn up anew by its registrant; her own comes first. */
  share(ownPpm: number, others: readonly { name: string; sharePpm: number }[]): Promise<void>;
  accept(name: string): Promise<Person>;
  payable(who: Person): Promise<bigint>;
  /** What is wrong with the books. */
  findings(): Promise<string[]>;
};

const MINE = { answer: 'mine', holderKind: null, holderName: null } as const;
let tops = 0;

export async function openDistributionWorld(): Promise<DistributionWorld> {
  const w = await openBillingWorld();
  const { k } = w;
  return {
    ...w,
    async paid(fetches, price) {
      await reprice(w, price, 1n);
      const licensee = { partyId: w.company.licenseeId, currency: 'EUR' };
      const amountMicro = BigInt(fetches) * price + 10_000n;
      await inTx(k, (t) => topUp(t, { ...licensee, amountMicro, reference: `money ${tops++}` }));
      await w.fetches(fetches);
      const [invoice] = (await w.close()).invoices;
      const [line] = await linesOfInvoice(k, invoice!.id);
      return { invoiceId: invoice!.id, lineId: line!.id };
    },
    async credit(invoiceId, lineId, amountMicro) {
      const lines = [{ lineId, amountMicro }];
      await creditInvoice(k, { invoiceId, lines, reason: 'too much', actor: w.actor });
    },
    drain: () => drain(k),
    async share(ownPpm, others) {
      const claims = (await claimsOf(k, w.holder.party.id)).filter(({ workId }) => workId === w.workId);
      const { version } = await requireWork(k, w.workId);
      const mine = { sharePpm: ownPpm, role: 'composer' } as const;
      await changeShares(k, {
        workId: w.workId,
        party: w.holder.party,
        actor: w.holder.user.id,
        locale: 'en',
        version,
        shares: [
          claims[0] ? { claimId: claims[0].id, ...mine } : { me: true as const, ...mine },
          ...others.map(({ name, sharePpm }) => ({
            me: false as const,
            name,
            email: `${name.toLowerCase()}@example.org`,
            role: 'lyricist' as const,
            sharePpm,
          })),
        ],
      });
    },
    async accept(name) {
      const [token] = await tokensFor(k, `${name.toLowerCase()}@example.org`);
      await acceptInvitation(k, { token: token!, locale: 'en', authority: MINE });
      return person(k, name);
    },
    payable: (who) => w.balance('payable', who.party.id),
    async findings() {
      const found: string[] = [];
      for (const check of [...ledgerChecks, ...distributionChecks])
        for (const { ok, detail } of await check.run(k)) if (!ok) found.push(`${check.name}: ${detail}`);
      return found;
    },
  };
}
