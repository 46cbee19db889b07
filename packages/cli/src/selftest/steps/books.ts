import { ledger, verifyBooks } from '@clearway/server';
import { expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

/** Step 16: the books add up, and every check of what was written holds. */
export const books: Step<SelftestWorld> = {
  number: 16,
  title: 'Ledger: balanced journals, sums of zero in each currency, every stored row as it was written',
  async run(world) {
    const accounts = await ledger.balances(world.instance.k, {});
    const sums = new Map<string, bigint>();
    for (const { currency, balanceMicro } of accounts)
      sums.set(currency, (sums.get(currency) ?? 0n) + balanceMicro);
    expectThat(
      accounts.length > 0 && [...sums.values()].every((sum) => sum === 0n),
      `all accounts together are zero: ${[...sums].map(([currency, sum]) => `${sum} ${currency}`)}`,
    );
    const checks = await expectSound(world);
    return `${accounts.length} accounts, ${checks} findings`;
  },
};

/** Every check of the books holds; answers how many findings there are. */
export async function expectSound(world: SelftestWorld): Promise<number> {
  const findings = await verifyBooks(world.instance.k);
  const wrong = findings.filter(({ ok }) => !ok);
  expectThat(wrong.length === 0, `the books are sound: ${JSON.stringify(wrong)}`);
  return findings.length;
}
