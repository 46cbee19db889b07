import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { integrityChecks } from '../app.ts';
import { listEntries } from '../bank/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { drain } from '../testing/drain.ts';
import type { Person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { approveBatch, discardBatch, endToEndIdOf, listBatches, proposeBatch, readBatch } from './index.ts';
import { openBank, openPayoutsWorld, payee } from './testing/payouts-world.ts';

let k: TestKernel;
let first: Person;
let second: Person;
beforeAll(async () => {
  k = await createTestKernel();
  ({ first, second } = await openPayoutsWorld(k));
});
afterAll(() => k.close());

class Crash extends Error {}

/** A kernel whose n-th query never gets to the database. */
function crashingAt(n: number): { k: Kernel; crashed: () => boolean } {
  let left = n;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      left -= 1;
      if (left === 0) throw new Crash(`query ${n}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { k: { ...k, db: k.db.withPlugin(plugin) }, crashed: () => left <= 0 };
}

/** Does something with a crash at each of its queries in turn, until it passes; answers how many there were. */
async function sweep(work: (k: Kernel) => Promise<unknown>, after: () => Promise<void>): Promise<number> {
  for (let n = 1; ; n += 1) {
    const { k: crashing, crashed } = crashingAt(n);
    const error = await work(crashing).catch((error: unknown) => error);
    if (!crashed()) {
      if (error instanceof Error) throw error;
      return n - 1;
    }
    expect(error).toBeInstanceOf(Crash);
    await after();
  }
}

async function mustBeSound(): Promise<void> {
  for (const check of integrityChecks) {
    expect((await check.run(k)).filter(({ ok }) => !ok)).toEqual([]);
  }
}

it('leaves nothing half-done wherever it stops, and goes on from there', async () => {
  const people = [await payee(k, 5_000_000n), await payee(k, 7_654_321n)];
  const proposed = await sweep(
    (crashing) => proposeBatch(crashing, { currency: 'EUR', actor: first.user.id }),
    async () => expect(await listBatches(k)).toEqual([]),
  );
  const [batch] = await listBatches(k);
  const ordered = await sweep(
    (crashing) => approveBatch(crashing, { batchId: batch!.id, actor: second.user.id }),
    async () => {
      expect(await listBatches(k)).toMatchObject([{ state: 'proposed' }]);
      await mustBeSound();
    },
  );
  expect(proposed).toBeGreaterThan(5);
  expect(ordered).toBeGreaterThan(8);
  await mustBeSound();

  const bank = openBank(k, first.user.id);
  await bank.state(
    people.map((who, at) => ({
      amountMicro: at === 0 ? -5_000_000n : -7_650_000n,
      endToEndId: endToEndIdOf(batch!.id, who.party.id),
    })),
  );
  await drain(k);
  expect((await listEntries(k, { state: 'open' })).entries).toEqual([]);
  expect(await listBatches(k)).toMatchObject([{ counts: { paid: 2 } }]);
  const left = await balances(k, { kind: 'payable' });
  expect(left.map(({ balanceMicro }) => balanceMicro).filter((micro) => micro !== 0n)).toEqual([4_321n]);
  await mustBeSound();
});

it('discards whole or not at all', async () => {
  await payee(k, 5_000_000n);
  const { id: batchId } = await proposeBatch(k, { currency: 'EUR', actor: first.user.id });
  await sweep(
    (crashing) => discardBatch(crashing, { batchId, actor: first.user.id }),
    async () => expect(await readBatch(k, batchId)).toMatchObject({ state: 'proposed' }),
  );
  expect(await readBatch(k, batchId)).toMatchObject({ state: 'discarded' });
});
