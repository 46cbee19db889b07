import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { appendLeaf, checkLog, currentCheckpoint, sequence } from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

it('computes the log anew and finds what was changed behind its back', async () => {
  expect(await checkLog(k.db)).toBeNull();
  await inTx(k, async (t) => {
    for (let n = 0; n < 600; n++)
      await appendLeaf(t, { type: 'thing.made', record: { n }, subject: 'thing:1' });
  });
  await sequence(k);
  const { origin, size, root } = (await currentCheckpoint(k))!;
  expect(await checkLog(k.db)).toEqual({ origin, size, root: Buffer.from(root).toString('hex') });

  const tampered = [
    sql`update transparency.leaves set type = 'thing.lost' where leaf_index = 300`,
    sql`delete from transparency.tiles where level = 0 and tile_index = 2`,
    sql`update transparency.tiles set hashes = set_byte(hashes, 40, 1 - get_byte(hashes, 40) % 2) where level = 1`,
    sql`update transparency.checkpoints set root = set_byte(root, 0, 1 - get_byte(root, 0) % 2)`,
  ];
  for (const change of tampered) {
    const undone = inTx(k, async (t) => {
      await change.execute(t.db);
      await checkLog(t.db);
    });
    await expect(undone).rejects.toThrow(/public log|checkpoint/);
  }
  expect(await checkLog(k.db)).toMatchObject({ size: 600 });
});
