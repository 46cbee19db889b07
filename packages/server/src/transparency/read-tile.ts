import {
  buildEntryBundle,
  canonicalBytes,
  ProtocolError,
  parseTilePath,
  type Tile,
} from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { selectCheckpoint, selectLeafRange, selectTile } from './store.ts';

const FULL = 256;

/**
 * The bytes of a tile or entry bundle by its path, `tile/…` (C2SP tlog-tiles); undefined when the latest checkpoint does
 * not reach so far, or the path is none. What it answers for a path never changes.
 */
export async function readTile(k: Kernel, path: string): Promise<Uint8Array | undefined> {
  const tile = parsePath(path);
  const size = (await selectCheckpoint(k.db))?.size ?? 0;
  if (!tile || !reaches(size, tile)) return undefined;
  if (tile.level !== 'entries') {
    return (await selectTile(k.db, tile.level, tile.index))?.subarray(0, tile.width * 32);
  }
  const first = tile.index * FULL;
  const leaves = await selectLeafRange(k.db, first, first + tile.width);
  return buildEntryBundle(leaves.map((leaf) => canonicalBytes(leaf)));
}

function parsePath(path: string): Tile | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function reaches(size: number, { level, index, width }: Tile): boolean {
  const count = level === 'entries' ? size : Math.floor(size / FULL ** level);
  return index * FULL + width <= count;
}
