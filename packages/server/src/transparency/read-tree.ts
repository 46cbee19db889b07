import { type NodeReader, tileNodeReader } from '@clearway/protocol';
import type { Db } from '../kernel/index.ts';
import { selectTile } from './store.ts';

/** Reads the tree as it was with `size` leaves: tiles only ever grow, so the beginning of each is what it was then. */
export function readTree(db: Db, size: number): NodeReader {
  return tileNodeReader(size, async ({ level, index, width }) => {
    const hashes = typeof level === 'number' ? await selectTile(db, level, index) : undefined;
    return hashes?.subarray(0, width * 32) ?? new Uint8Array();
  });
}
