import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { integrityChecks } from '../app.ts';
import type { WrittenEntry } from '../bank/index.ts';
import { balances } from '../ledger/index.ts';
import type { Person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { verifyBooks } from '../verify-books.ts';
import { approveBatch, endToEndIdOf, type Item, payoutsOf, proposeBatch, rejectItem } from './index.ts';
import { payableCents } from './model.ts';
import { openBank, openPayoutsWorld, payee } from './testing/payouts-world.ts';

let k: TestKernel;
let first: Person;
let second: Person;
let bank: ReturnType<typeof openBank>;
beforeAll(async () => {
  k = await createTestKernel();
  ({ first, second } = await openPayoutsWorld(k));
  bank = openBank(k, first.user.id);
});
afterAll(() => k.close());

it('pays out whole cents, never more than there is, and leaves less than a cent', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (micro) => {
      const paid = payableCents(micro);
      expect(paid % 10_000n).toBe(0n);
      expect(paid <= micro).toBe(true);
      if (paid < 999_999_999_990_000n) expect(micro - paid < 10_000n).toBe(true);
    }),
  );
});

type Said = 'paid' | 'returned' | 'odd' | 'rejected' | 'nothing';
const said = fc.constantFrom<Said>('paid', 'returned', 'odd', 'rejected', 'nothing');
/** What the bank says about each of three payments, in up to three statements. */
const story = fc.array(fc.tuple(said, said, said), { minLength: 1, maxLength: 3 });

function entryOf(what: Said, item: Item): Omit<WrittenEntry, 'reference'> | undefined {
  const { endToEndId, amountMicro } = item;
  switch (what) {
    case 'paid':
      return { amountMicro: -amountMicro, endToEndId };
    case 'returned':
      return { amountMicro, endToEndId, returned: { code: 'AC04' } };
    case 'odd':
      return { amountMicro: -amountMicro - 10_000n, endToEndId };
    default:
      return undefined;
  }
}

it('whatever the bank says in whatever order, every cent is in one account', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(story, async (statements) => {
      const amounts = [3_000_000n, 4_567_890n, 12_340_001n];
      const people = await Promise.all(amounts.map((micro) => payee(k, micro)));
      const { id } = await proposeBatch(k, { currency: 'EUR', actor: first.user.id });
      await approveBatch(k, { batchId: id, actor: second.user.id });
      const itemOf = async ({ party }: Person) =>
        (await payoutsOf(k, party.id)).find(({ endToEndId }) => endToEndId === endToEndIdOf(id, party.id))!;
      // What the account of the bank must then say about each.
      const expected = amounts.map(() => ({ out: false, back: false, refused: false }));
      for (const statement of statements) {
        const entries = [];
        for (const [at, what] of statement.entries()) {
          const item = await itemOf(people[at]!);
          if (what === 'rejected' && item.state === 'ordered') {
            await rejectItem(k, { itemId: item.id, reason: 'RJCT', actor: first.user.id });
            expected[at]!.refused = true;
          }
          if (what === 'paid') expected[at]!.out = true;
          if (what === 'returned') expected[at]!.back = true;
          entries.push(entryOf(what, item));
        }
        await bank.state(entries.filter((entry) => entry !== undefined));
      }
      for (const [at, who] of people.entries()) {
        const { out, back, refused } = expected[at]!;
        const micro = amounts[at]!;
        const paid = payableCents(micro);
        const way = !out && !refused ? paid : 0n;
        const gone = (out ? paid : 0n) - (back ? paid : 0n);
        const found = new Map(
          (await balances(k, { owner: who.party.id })).map((one) => [one.kind, one.balanceMicro]),
        );
        expect(found.get('in-payout') ?? 0n).toBe(way);
        expect(found.get('payable') ?? 0n).toBe(micro - way - gone);
        const state = back ? 'returned' : out ? 'paid' : refused ? 'rejected' : 'ordered';
        expect((await itemOf(who)).state).toBe(state);
      }
      expect((await verifyBooks(k, integrityChecks)).filter(({ ok }) => !ok)).toEqual([]);
      // What came back is sent again, so that the next story begins with nothing owed.
      const left = await proposeBatch(k, { currency: 'EUR', actor: first.user.id }).catch(() => undefined);
      if (left) await approveBatch(k, { batchId: left.id, actor: second.user.id });
    }),
    { numRuns: 15 },
  );
});
