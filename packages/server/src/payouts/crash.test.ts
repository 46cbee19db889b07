import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx, type Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { failEveryQuery } from '../testing/fail-queries.ts';
import type { Person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  approveBatch,
  type Batch,
  discardBatch,
  endToEndIdOf,
  listBatches,
  payoutsChecks,
  payoutsOf,
  payoutsSubscribers,
  proposeBatch,
  readBatchFile,
  rejectItem,
} from './index.ts';
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

const MICRO = 5_430_000n;
type Round = { readonly who: Person; readonly batch: Batch };

const propose = (on: Kernel) => proposeBatch(on, { currency: 'EUR', actor: first.user.id });
const approve = (on: Kernel, batchId: string) => approveBatch(on, { batchId, actor: second.user.id });
/** Who presses the button again after it did work is told so. */
const done = (code: string) => (error: unknown) => {
  if ((error as { code?: string }).code !== code) throw error;
};
async function proposed(): Promise<Round> {
  const who = await payee(k, MICRO);
  return { who, batch: await propose(k) };
}
async function ordered(): Promise<Round> {
  const round = await proposed();
  await approve(k, round.batch.id);
  return round;
}
async function holds({ who }: Round, wanted: { payable: bigint; 'in-payout': bigint }): Promise<void> {
  for (const kind of ['payable', 'in-payout'] as const) {
    const [found] = await balances(k, { kind, owner: who.party.id, currency: 'EUR' });
    expect([kind, found?.balanceMicro ?? 0n]).toEqual([kind, wanted[kind]]);
  }
  for (const check of payoutsChecks) expect((await check.run(k)).filter(({ ok }) => !ok)).toEqual([]);
}
const stateOf = async ({ who }: Round) => (await payoutsOf(k, who.party.id)).map(({ state }) => state);

it('proposes one batch, whenever the connection is lost', { timeout: 60_000 }, async () => {
  const who = await payee(k, MICRO);
  const queries = await failEveryQuery(k, {
    prepare: async () => (await listBatches(k)).length,
    run: (on) => propose(on).catch(done('batch-waiting')),
    check: async (before) => {
      const batches = await listBatches(k);
      expect(batches).toHaveLength(before + 1);
      const [waiting, another] = batches.filter(({ state }) => state === 'proposed');
      expect([waiting?.items, waiting?.totalMicro, another]).toEqual([1, MICRO, undefined]);
      await discardBatch(k, { batchId: waiting!.id, actor: first.user.id });
      expect(await payoutsOf(k, who.party.id)).toEqual([]);
    },
  });
  expect(queries).toBeGreaterThan(5);
  await approve(k, (await propose(k)).id);
});

it('orders each payment once, whenever the connection is lost', { timeout: 60_000 }, async () => {
  const queries = await failEveryQuery(k, {
    prepare: proposed,
    run: (on, { batch }) => approve(on, batch.id).catch(done('batch-decided')),
    check: async (round) => {
      expect(await stateOf(round)).toEqual(['ordered']);
      expect((await readBatchFile(k, round.batch.id)).text).toContain('<CtrlSum>5.43</CtrlSum>');
      await holds(round, { payable: 0n, 'in-payout': MICRO });
    },
  });
  expect(queries).toBeGreaterThan(8);
});

it('takes in what the bank says once, whenever the connection is lost', { timeout: 60_000 }, async () => {
  const queries = await failEveryQuery(k, {
    prepare: async () => {
      const round = await ordered();
      const endToEndId = endToEndIdOf(round.batch.id, round.who.party.id);
      const [out, back] = await bank.record([
        { amountMicro: -MICRO, endToEndId },
        { amountMicro: MICRO, endToEndId, returned: { code: 'AC04' } },
      ]);
      return { ...round, entries: [out!, back!] };
    },
    run: async (on, { entries }) => {
      for (const entryId of entries)
        for (const { handle } of payoutsSubscribers) await inTx(on, (t) => handle(t, { entryId }));
    },
    check: async (round) => {
      expect(await stateOf(round)).toEqual(['returned']);
      await holds(round, { payable: MICRO, 'in-payout': 0n });
      await approve(k, (await propose(k)).id);
    },
  });
  expect(queries).toBeGreaterThan(15);
});

it('takes an order back once, whenever the connection is lost', { timeout: 60_000 }, async () => {
  await failEveryQuery(k, {
    prepare: async () => {
      const round = await ordered();
      const [item] = await payoutsOf(k, round.who.party.id);
      return { ...round, itemId: item!.id };
    },
    run: (on, { itemId }) =>
      rejectItem(on, { itemId, reason: 'RJCT', actor: first.user.id }).catch(done('payout-final')),
    check: async (round) => {
      expect(await stateOf(round)).toEqual(['rejected']);
      await holds(round, { payable: MICRO, 'in-payout': 0n });
      await approve(k, (await propose(k)).id);
    },
  });
});
