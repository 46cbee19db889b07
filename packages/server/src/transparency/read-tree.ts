import { type NodeId, type NodeReader, tileNodeReader } from '@clearway/protocol';
import type { Db } from '../kernel/index.ts';
import { selectTile } from './store.ts';

/** More than the proofs of neighbouring leaves share: their tiles' inner nodes and two tiles on each level. */
const NODES = 4_096;
const TILES = 24;

/**
 * Reads the tree as it was with `size` leaves: tiles only ever grow, so the beginning of each is what it was then, and
 * what was read or computed once may be remembered.
 */
export function readTree(db: Db, size: number): NodeReader {
  const tiles = new Map<string, Uint8Array>();
  const read = tileNodeReader(size, async ({ level, index, width }) => {
    if (level === 'entries') throw new Error('A tree has no entries.');
    const key = `${level}/${index}`;
    const hashes = tiles.get(key) ?? (await selectTile(db, level, index)) ?? new Uint8Array();
    remember(tiles, TILES, key, hashes);
    return hashes.subarray(0, width * 32);
  });
  const nodes = new Map<string, Uint8Array>();
  const keyOf = ({ level, index }: NodeId) => `${level}/${index}`;
  return async (ids) => {
    const missing = ids.filter((id) => !nodes.has(keyOf(id)));
    const fresh = new Map(zip(missing.map(keyOf), await read(missing)));
    const answer = ids.map((id) => nodes.get(keyOf(id)) ?? fresh.get(keyOf(id)) ?? new Uint8Array());
    for (const [key, hash] of fresh) remember(nodes, NODES, key, hash);
    return answer;
  };
}

function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.map((item, i) => [item, right[i]!]);
}

function remember<T>(memory: Map<string, T>, limit: number, key: string, value: T): void {
  if (memory.size >= limit) memory.clear();
  memory.set(key, value);
}
