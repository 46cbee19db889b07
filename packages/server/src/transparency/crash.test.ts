import type { KyselyPlugin } from 'kysely';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx, type Kernel } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { appendLeaf } from './append-leaf.ts';
import { findProof } from './find-proof.ts';
import { currentCheckpoint } from './read-checkpoint.ts';
import { sequence } from './sequence-leaves.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

/** The same kernel, whose nth statement from now on is never reached. */
function failingAt(nth: number): Kernel {
  let seen = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      seen += 1;
      if (seen === nth) throw new Error(`crash at statement ${nth}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ...k, db: k.db.withPlugin(plugin) };
}

const append = (count: number) =>
  inTx(k, async (t) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push(await appendLeaf(t, { type: 'thing.made', record: { i }, subject: 'thing:1' }));
    return ids;
  });
/** A digest of everything the log stores. */
const tables = async () =>
  (
    await sql<{ leaves: string; tiles: string; checkpoints: string }>`select
      (select md5(json_agg(l order by l.arrival)::text) from transparency.leaves l) as leaves,
      (select md5(json_agg(t order by t.level, t.tile_index)::text) from transparency.tiles t) as tiles,
      (select md5(json_agg(c order by c.size)::text) from transparency.checkpoints c) as checkpoints`.execute(
      k.db,
    )
  ).rows[0]!;

it('leaves the last checkpoint and its tree, wherever it is interrupted', async () => {
  await k.keys.signing('log');
  await append(255);
  await sequence(k);
  // Fills one tile, begins the next and a level above: every kind of statement happens.
  const ids = await append(3);
  const before = await tables();
  const after: (typeof before)[] = [];
  for (let done = false; !done; ) {
    const nth = after.length + 1;
    done = await sequence(failingAt(nth)).then(
      () => true,
      (error: Error) => error.message !== `crash at statement ${nth}` && Promise.reject(error),
    );
    after.push(await tables());
  }
  // All or nothing: until some statement everything is as before, from then on everything is in.
  const committed = after.findIndex((state) => state.checkpoints !== before.checkpoints);
  expect(committed).toBeGreaterThan(8);
  for (const [i, state] of after.entries()) {
    expect(state, `crash at statement ${i + 1}`).toEqual(i < committed ? before : after.at(-1));
  }
  expect((await currentCheckpoint(k))?.size).toBe(258);
  expect((await Promise.all(ids.map((id) => findProof(k, id)))).map((found) => found?.index)).toEqual([
    255, 256, 257,
  ]);
});

it('refuses to build on a tile that is not what it should be', async () => {
  await append(1);
  await sql`update transparency.tiles set hashes = substr(hashes, 1, 32) where level = 0 and tile_index = 1`.execute(
    k.db,
  );
  const before = await tables();
  await expect(sequence(k)).rejects.toThrow();
  expect(await tables()).toEqual(before);
});
