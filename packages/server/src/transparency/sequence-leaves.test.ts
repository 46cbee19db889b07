import {
  leafHash,
  makeLeaf,
  openCheckpoint,
  proveConsistency,
  verifyConsistency,
  verifyInclusion,
} from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { appendLeaf } from './append-leaf.ts';
import { eraseRecords } from './erase-records.ts';
import { findProof } from './find-proof.ts';
import { leavesOf } from './list-leaves.ts';
import { currentCheckpoint, logVerifierKey } from './read-checkpoint.ts';
import { readTree } from './read-tree.ts';
import { sequence } from './sequence-leaves.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

const append = (n: number, subject = `thing:${n}`) =>
  inTx(k, (t) => appendLeaf(t, { type: 'thing.made', record: { n, name: 'Ada' }, subject }));
const indices = async () =>
  (
    await sql<{
      leaf_index: bigint | null;
    }>`select leaf_index from transparency.leaves order by arrival`.execute(k.db)
  ).rows.map((row) => row.leaf_index);

async function proves(id: string): Promise<boolean> {
  const found = (await findProof(k, id))!;
  const key = await logVerifierKey(k);
  const { size, rootHash } = await openCheckpoint(found.checkpoint!, 'localhost:4000/log', [key]);
  const { type, commitment } = found;
  const hash = await leafHash(new TextEncoder().encode(JSON.stringify({ commitment, type })));
  return verifyInclusion({
    index: found.index!,
    size,
    leafHash: hash,
    proof: found.inclusionProof,
    rootHash,
  });
}

describe('the log', () => {
  it('has no checkpoint while it has no leaf', async () => {
    expect(await sequence(k)).toBe(0);
    expect(await currentCheckpoint(k)).toBeUndefined();
    expect(await logVerifierKey(k)).toMatch(/^localhost:4000\/log\+/);
  });

  it('takes a leaf exactly if its transaction commits', async () => {
    await expect(
      inTx(k, async (t) => {
        await appendLeaf(t, { type: 'thing.made', record: { n: -1 }, subject: 'thing:-1' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await sequence(k)).toBe(0);
    await expect(appendLeaf(k, { type: 'thing.made', record: {}, subject: 'x:1' })).rejects.toThrow(
      'transaction',
    );
  });

  it('shows a leaf as waiting first, and proves it after', async () => {
    const id = await append(0);
    expect(await findProof(k, id)).toMatchObject({
      index: undefined,
      checkpoint: undefined,
      record: { n: 0, name: 'Ada' },
    });
    expect(await sequence(k)).toBe(1);
    const found = (await findProof(k, id))!;
    expect(found).toMatchObject({ index: 0, size: 1, inclusionProof: [], erased: false });
    const made = await makeLeaf({ type: 'thing.made', record: { n: 0, name: 'Ada' }, salt: found.salt! });
    expect(made.leaf.commitment).toBe(found.commitment);
    expect(await proves(id)).toBe(true);
  });

  it('knows nothing of leaves that are none', async () => {
    expect(await findProof(k, 'nothing')).toBeUndefined();
    expect(await findProof(k, k.ids.id())).toBeUndefined();
  });

  it('gives consecutive places under four appenders and two sequencers at once', async () => {
    const appender = async (lane: number) => {
      const ids: string[] = [];
      for (let i = 0; i < 75; i++) ids.push(await append(lane * 1_000 + i));
      return ids;
    };
    let busy = true;
    const sequencer = async () => {
      while (busy) await sequence(k);
    };
    const running = [sequencer(), sequencer()];
    const lanes = await Promise.all([1, 2, 3, 4].map(appender));
    busy = false;
    await Promise.all(running);
    await sequence(k);
    const places = (await indices()).map(Number).sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 301 }, (_, i) => i));
    for (const ids of lanes) {
      const own = await Promise.all(ids.map(async (id) => (await findProof(k, id))!.index!));
      expect(own).toEqual([...own].sort((a, b) => a - b));
      expect(await proves(ids[37]!)).toBe(true);
    }
  });

  it('is the beginning of every later log', async () => {
    const rows = await sql<{ size: bigint; root: Buffer; note: string }>`
      select size, root, note from transparency.checkpoints order by size`.execute(k.db);
    expect(rows.rows.length).toBeGreaterThan(2);
    const key = await logVerifierKey(k);
    for (const [i, { size, root, note }] of rows.rows.entries()) {
      const opened = await openCheckpoint(note, 'localhost:4000/log', [key]);
      expect(opened.size).toBe(Number(size));
      const next = rows.rows[i + 1];
      if (!next) continue;
      const newSize = Number(next.size);
      const proof = await proveConsistency(opened.size, newSize, readTree(k.db, newSize));
      const claim = { oldSize: opened.size, newSize, oldRoot: root, newRoot: next.root, proof };
      expect(await verifyConsistency(claim)).toBe(true);
    }
  });

  it('keeps its name when the instance moves', async () => {
    const moved = { ...k, site: { ...k.site, baseUrl: 'https://licences.example.org' } };
    await append(9_000);
    await sequence(moved);
    expect((await currentCheckpoint(k))?.origin).toBe('localhost:4000/log');
    expect(await logVerifierKey(moved)).toMatch(/^localhost:4000\/log\+/);
  });

  it('still proves what was erased, and tells nobody what it was', async () => {
    const id = await append(9_001, 'person:7');
    await append(9_002, 'person:8');
    await sequence(k);
    const { commitment } = (await findProof(k, id))!;
    expect(await inTx(k, (t) => eraseRecords(t, 'person:7'))).toBe(1);
    expect(await leavesOf(k, 'person:7')).toEqual([
      expect.objectContaining({ id, commitment, erased: true, index: expect.any(Number) }),
    ]);
    expect(await findProof(k, id)).toMatchObject({ record: undefined, salt: undefined });
    expect(await proves(id)).toBe(true);
    const salts = await sql<{ salt: Buffer }>`select salt from transparency.records`.execute(k.db);
    for (const { salt } of salts.rows) {
      // Even with the record known and every salt that is left, the commitment cannot be found again.
      const guess = await makeLeaf({ type: 'thing.made', record: { n: 9_001, name: 'Ada' }, salt });
      expect(guess.leaf.commitment).not.toBe(commitment);
    }
    expect(await leavesOf(k, 'person:8')).toMatchObject([{ erased: false }]);
  });
});
