import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { balanceOf, placeHold, releaseEndedHolds, releaseHold, topUp } from './index.ts';

let k: TestKernel;
let parties = 0;
let references = 0;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

const newParty = async () => (await person(k, `Payer${parties++}`)).party.id;
const reference = () => `event-${references++}`;
const later = (ms: number) => new Date(k.clock.now().getTime() + ms);
const hold = (partyId: string, wanted: bigint, expiresAt = later(60_000)) =>
  inTx(k, (t) =>
    placeHold(t, { partyId, currency: 'EUR', reference: reference(), expiresAt, choose: () => wanted }),
  );

it('books a payment once, however often it is told', async () => {
  const partyId = await newParty();
  const paid = { partyId, currency: 'EUR', amountMicro: 5_000_000n, reference: reference() };
  expect(await inTx(k, (t) => topUp(t, paid))).toBe(true);
  expect(await inTx(k, (t) => topUp(t, paid))).toBe(false);
  expect(await balanceOf(k, { partyId, currency: 'EUR' })).toEqual({
    currency: 'EUR',
    postedMicro: 5_000_000n,
    heldMicro: 0n,
    availableMicro: 5_000_000n,
  });
  expect((await balanceOf(k, { partyId, currency: 'USD' })).availableMicro).toBe(0n);
});

it('gives back a hold once, by hand or when its time is over', async () => {
  const partyId = await newParty();
  await inTx(k, (t) => topUp(t, { partyId, currency: 'EUR', amountMicro: 100n, reference: reference() }));
  const first = await hold(partyId, 60n);
  expect(await hold(partyId, 41n)).toBeUndefined();
  await hold(partyId, 40n);
  expect(await inTx(k, (t) => releaseHold(t, first!.id))).toBe(true);
  expect(await inTx(k, (t) => releaseHold(t, first!.id))).toBe(false);
  expect((await balanceOf(k, { partyId, currency: 'EUR' })).availableMicro).toBe(60n);
  k.clock.advance(60_000);
  expect(await releaseEndedHolds(k)).toBe(1);
  expect((await balanceOf(k, { partyId, currency: 'EUR' })).availableMicro).toBe(100n);
});

it('never promises more than there is, whoever comes at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: 1n, max: 1_000n }),
      fc.array(fc.bigInt({ min: 1n, max: 400n }), { minLength: 1, maxLength: 12 }),
      async (balance, wishes) => {
        const partyId = await newParty();
        await inTx(k, (t) =>
          topUp(t, { partyId, currency: 'EUR', amountMicro: balance, reference: reference() }),
        );
        const placed = await Promise.all(wishes.map((wish) => hold(partyId, wish)));
        const kept = placed.reduce((sum, one) => sum + (one?.amountMicro ?? 0n), 0n);
        expect(kept <= balance).toBe(true);
        expect((await balanceOf(k, { partyId, currency: 'EUR' })).heldMicro).toBe(kept);
        // What was refused would really have been too much.
        wishes.forEach((wish, i) => {
          if (!placed[i]) expect(wish > balance - kept).toBe(true);
        });
      },
    ),
    { numRuns: 20 },
  );
});

it('refuses every change of what is booked', async () => {
  const partyId = await newParty();
  await inTx(k, (t) => topUp(t, { partyId, currency: 'EUR', amountMicro: 10n, reference: reference() }));
  await hold(partyId, 10n);
  const refused = [
    sql`update ledger.postings set amount_micro = 1`,
    sql`delete from ledger.journals`,
    sql`truncate ledger.postings`,
    sql`update ledger.holds set amount_micro = 1`,
    sql`delete from ledger.holds`,
    sql`update ledger.accounts set owner = 'other'`,
    sql`delete from ledger.accounts`,
  ];
  for (const attempt of refused) await expect(attempt.execute(k.db)).rejects.toThrow();
  const sums = await sql<{ wrong: number }>`select count(*)::int as wrong from ledger.accounts a
    where posted_micro <> (select coalesce(sum(amount_micro), 0) from ledger.postings where account_id = a.id)
      or held_micro <> (select coalesce(sum(amount_micro), 0) from ledger.holds
        where account_id = a.id and released_at is null)`.execute(k.db);
  expect(sums.rows).toEqual([{ wrong: 0 }]);
});
