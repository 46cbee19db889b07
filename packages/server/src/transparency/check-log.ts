import {
  bytesEqual,
  canonicalBytes,
  concat,
  leafHash,
  nodeHash,
  rootHash,
  tileNodeReader,
  toHex,
} from '@clearway/protocol';
import type { Db } from '../kernel/index.ts';
import { readTree } from './read-tree.ts';
import { selectCheckpoint, selectLeafRange, selectTile } from './store.ts';

const FULL = 256;

/** The log in one line: name, size and root of the latest checkpoint; null while it has no leaf. */
export type LogState = { readonly origin: string; readonly size: number; readonly root: string } | null;

/**
 * Computes the whole log anew from its leaves, tile by tile up to the root, and compares with what is stored. Answers
 * its state; throws with the first place that does not fit. The log grows while it is read: where a sequencer runs, hand
 * over a transaction that sees one moment (repeatable read).
 */
export async function checkLog(db: Db): Promise<LogState> {
  const checkpoint = await selectCheckpoint(db);
  if (!checkpoint) return null;
  const { origin, size, root } = checkpoint;
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / FULL)) {
    for (let index = 0; index * FULL < count; index += 1) {
      const width = Math.min(FULL, count - index * FULL);
      const stored = (await selectTile(db, level, index)) ?? new Uint8Array();
      const computed = await (level === 0 ? hashLeaves : hashTiles)(db, level, index * FULL, width);
      if (!bytesEqual(stored, computed))
        throw new Error(`Tile ${level}/${index} of the public log is not what its leaves give.`);
    }
  }
  const computed = await rootHash(size, readTree(db, size));
  if (!bytesEqual(root, computed))
    throw new Error(`The checkpoint of ${size} leaves is not what its tiles give.`);
  return { origin, size, root: toHex(root) };
}

async function hashLeaves(db: Db, _level: number, first: number, width: number): Promise<Uint8Array> {
  const leaves = await selectLeafRange(db, first, first + width);
  return concat(...(await Promise.all(leaves.map((leaf) => leafHash(canonicalBytes(leaf))))));
}

/** The hashes over full tiles of the level below. */
async function hashTiles(db: Db, level: number, first: number, width: number): Promise<Uint8Array> {
  const hashes: Uint8Array[] = [];
  for (let index = first; index < first + width; index += 1) {
    const below = (await selectTile(db, level - 1, index)) ?? new Uint8Array();
    const halves = await tileNodeReader(
      FULL,
      async () => below,
    )([
      { level: 7, index: 0 },
      { level: 7, index: 1 },
    ]);
    hashes.push(await nodeHash(halves[0]!, halves[1]!));
  }
  return concat(...hashes);
}
