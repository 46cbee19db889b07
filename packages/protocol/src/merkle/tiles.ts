import type { Bytes } from '../bytes.ts';
import { concat } from '../bytes.ts';
import { ProtocolError } from '../problem.ts';
import { nodeHash } from './hash.ts';
import type { NodeId, NodeReader } from './tree.ts';
import { checkSize, readTreeNodes } from './tree.ts';

/**
 * A tile of C2SP tlog-tiles: `width` hashes (1 to 256) of tree level `8 * level`, the first being number `index * 256`;
 * or, for level `entries`, the bundle of the leaves themselves.
 */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

const FULL = 256;
const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/**
 * The path of a tile under the log's prefix (C2SP tlog-tiles): index in groups of three digits, `.p/<width>` when partial.
 *
 * Throws `tile-path` for a tile that cannot exist.
 *
 * @example
 * tilePath({ level: 0, index: 1234067, width: 256 }) // => 'tile/0/x001/x234/067'
 * tilePath({ level: 'entries', index: 0, width: 5 }) // => 'tile/entries/000.p/5'
 */
export function tilePath(tile: Tile): string {
  const levelOk = tile.level === 'entries' || (isCount(tile.level) && tile.level < 64);
  if (!levelOk || !isCount(tile.index) || !isCount(tile.width) || tile.width < 1 || tile.width > FULL) {
    throw new ProtocolError('tile-path', 'There is no such tile.');
  }
  const digits = String(tile.index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g)!;
  const index = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${tile.level}/${index}${tile.width < FULL ? `.p/${tile.width}` : ''}`;
}

/**
 * Reads a tile path; only the one spelling that `tilePath` writes is accepted. Throws `tile-path`.
 *
 * @example
 * parseTilePath('tile/1/000.p/7') // => { level: 1, index: 0, width: 7 }
 * parseTilePath('tile/0/x000/001') // => throws tile-path
 */
export function parseTilePath(path: string): Tile {
  const match = PATH.exec(path);
  if (!match) throw new ProtocolError('tile-path', 'The path has not the form of a tile path.');
  const [, level, index = '', width] = match;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? FULL : Number(width),
  };
  if (tilePath(tile) !== path)
    throw new ProtocolError('tile-path', 'The path has another, canonical spelling.');
  return tile;
}

/**
 * The tiles and entry bundles to write when a log grows from `oldSize` to `newSize` leaves: the full ones that were
 * completed and the partial one at the right edge, per level. From 0, it is all tiles of the log.
 *
 * @example
 * changedTiles(0, 257).map(tilePath) // => ['tile/entries/000','tile/entries/001.p/1','tile/0/000','tile/0/001.p/1','tile/1/000.p/1']
 */
export function changedTiles(oldSize: number, newSize: number): Tile[] {
  checkSize(oldSize);
  checkSize(newSize);
  const tiles: Tile[] = edgeTiles('entries', oldSize, newSize);
  for (let level = 0, span = 1; span <= newSize; level += 1, span *= FULL) {
    tiles.push(...edgeTiles(level, Math.floor(oldSize / span), Math.floor(newSize / span)));
  }
  return tiles;
}

/**
 * The bytes of a tile (not of an entry bundle): its hashes, one after the other.
 *
 * Throws `tile-path`, `tree-node-missing`.
 *
 * @example
 * const nodes = createNodeMap()
 * nodes.add(await appendLeaves(0, [await leafHash(utf8('a'))], nodes.read))
 * (await buildTile({ level: 0, index: 0, width: 1 }, nodes.read)).length // => 32
 */
export async function buildTile(tile: Tile, readNodes: NodeReader): Promise<Bytes> {
  const { level } = tile;
  if (level === 'entries') throw new ProtocolError('tile-path', 'An entry bundle is built of entries.');
  const ids = Array.from({ length: tile.width }, (_, i): NodeId => {
    return { level: 8 * level, index: tile.index * FULL + i };
  });
  return concat(...(await readTreeNodes(ids, readNodes)).map((node) => node.hash));
}

/**
 * A node reader over the tiles of a log of `size` leaves: what a stranger needs to build proofs from the public files.
 * `readTile` gives the bytes of a tile. Throws `tree-node-missing` when they are too short.
 *
 * @example
 * const nodes = createNodeMap()
 * nodes.add(await appendLeaves(0, [await leafHash(utf8('a')), await leafHash(utf8('b'))], nodes.read))
 * const reader = tileNodeReader(2, (tile) => buildTile(tile, nodes.read))
 * toHex(await rootHash(2, reader)) === toHex(await rootHash(2, nodes.read)) // => true
 */
export function tileNodeReader(size: number, readTile: (tile: Tile) => Promise<Uint8Array>): NodeReader {
  checkSize(size);
  return async (ids) => {
    const loaded = new Map<string, Promise<Uint8Array>>();
    const hashes: Uint8Array[] = [];
    for (const id of ids) {
      const level = Math.floor(id.level / 8);
      const count = 2 ** (id.level - 8 * level);
      const first = id.index * count;
      const index = Math.floor(first / FULL);
      const width = Math.min(FULL, Math.floor(size / FULL ** level) - index * FULL);
      const tile = { level, index, width };
      const path = tilePath(tile);
      const bytes = await (loaded.get(path) ?? remember(loaded, path, readTile(tile)));
      const from = (first - index * FULL) * 32;
      hashes.push(await subtreeHash(bytes.subarray(from, from + count * 32), count));
    }
    return hashes;
  };
}

/**
 * The bytes of an entry bundle: each leaf after its length in two bytes, big-endian (C2SP tlog-tiles).
 *
 * Throws `tile-entry` for no or more than 256 entries, or one over 65,535 bytes.
 *
 * @example
 * toHex(buildEntryBundle([utf8('a'), utf8('bc')])) // => '00016100026263'
 */
export function buildEntryBundle(entries: readonly Uint8Array[]): Bytes {
  if (entries.length < 1 || entries.length > FULL || entries.some((entry) => entry.length > 0xffff)) {
    throw new ProtocolError('tile-entry', 'These entries do not fit a bundle.');
  }
  return concat(
    ...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]),
  );
}

/**
 * The entries of a bundle. Throws `tile-entry` when the bytes end early or hold none or more than 256.
 *
 * @example
 * parseEntryBundle(fromHex('00016100026263')).map(decodeUtf8) // => ['a','bc']
 */
export function parseEntryBundle(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) throw new ProtocolError('tile-entry', 'The bundle ends within an entry.');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length < 1 || entries.length > FULL) {
    throw new ProtocolError('tile-entry', `The bundle has ${entries.length} entries.`);
  }
  return entries;
}

function edgeTiles(level: Tile['level'], oldCount: number, newCount: number): Tile[] {
  const tiles: Tile[] = [];
  if (newCount <= oldCount) return tiles;
  const full = Math.floor(newCount / FULL);
  for (let index = Math.floor(oldCount / FULL); index < full; index += 1)
    tiles.push({ level, index, width: FULL });
  if (newCount % FULL > 0) tiles.push({ level, index: full, width: newCount % FULL });
  return tiles;
}

async function subtreeHash(bytes: Uint8Array, count: number): Promise<Uint8Array> {
  // Too short a slice is left to the caller, who checks every hash he is given.
  if (count === 1 || bytes.length !== count * 32)
    return bytes.length === count * 32 ? bytes : new Uint8Array();
  const middle = bytes.length / 2;
  return nodeHash(
    await subtreeHash(bytes.subarray(0, middle), count / 2),
    await subtreeHash(bytes.subarray(middle), count / 2),
  );
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value);
  return value;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
