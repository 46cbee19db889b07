import type { Bytes } from '../bytes.ts';
import { ProtocolError } from '../problem.ts';
import type { NodeReader } from './tree.ts';
import { checkSize, coveringNodes, foldNodes, readTreeNodes } from './tree.ts';

type Range = readonly [from: number, to: number];

/**
 * The proof that the leaf at `index` is in the tree of the first `size` leaves (RFC 6962 section 2.1.1): hashes from the
 * leaf's neighbour upwards. Check it with `verifyInclusion`.
 *
 * Throws `tree-range` unless 0 ≤ index < size, `tree-node-missing`.
 *
 * @example
 * const hashes = [await leafHash(utf8('a')), await leafHash(utf8('b'))]
 * const nodes = createNodeMap()
 * nodes.add(await appendLeaves(0, hashes, nodes.read))
 * const proof = await proveInclusion(0, 2, nodes.read)
 * await verifyInclusion({ index: 0, size: 2, leafHash: hashes[0], proof, rootHash: await rootHash(2, nodes.read) }) // => true
 */
export async function proveInclusion(index: number, size: number, readNodes: NodeReader): Promise<Bytes[]> {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new ProtocolError('tree-range', `A tree of ${size} leaves has no leaf ${index}.`);
  }
  return hashRanges(inclusionRanges(index, 0, size), readNodes);
}

/**
 * The proof that the tree of the first `oldSize` leaves is the beginning of the tree of `newSize` leaves (RFC 6962
 * section 2.1.2); empty when the sizes are equal or the old tree is empty. Check it with `verifyConsistency`.
 *
 * Throws `tree-range` unless 0 ≤ oldSize ≤ newSize, `tree-node-missing`.
 *
 * @example
 * (await proveConsistency(0, 0, () => [])).length // => 0
 */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  readNodes: NodeReader,
): Promise<Bytes[]> {
  checkSize(oldSize);
  checkSize(newSize);
  if (oldSize > newSize) {
    throw new ProtocolError('tree-range', `A tree of ${newSize} leaves never had ${oldSize}.`);
  }
  if (oldSize === 0) return [];
  return hashRanges(consistencyRanges(oldSize, 0, newSize, true), readNodes);
}

function inclusionRanges(index: number, from: number, to: number): Range[] {
  if (to - from === 1) return [];
  const middle = split(from, to);
  return index < middle
    ? [...inclusionRanges(index, from, middle), [middle, to]]
    : [...inclusionRanges(index, middle, to), [from, middle]];
}

function consistencyRanges(oldSize: number, from: number, to: number, oldRootKnown: boolean): Range[] {
  if (oldSize === to) return oldRootKnown ? [] : [[from, to]];
  const middle = split(from, to);
  return oldSize <= middle
    ? [...consistencyRanges(oldSize, from, middle, oldRootKnown), [middle, to]]
    : [...consistencyRanges(oldSize, middle, to, false), [from, middle]];
}

/** Where a subtree divides: after the largest power of two smaller than its width. */
function split(from: number, to: number): number {
  let width = 1;
  while (width * 2 < to - from) width *= 2;
  return from + width;
}

async function hashRanges(ranges: readonly Range[], readNodes: NodeReader): Promise<Bytes[]> {
  const groups = ranges.map(([from, to]) => coveringNodes(from, to));
  // One read for the whole proof: a reader may be a database or a network.
  const nodes = await readTreeNodes(groups.flat(), readNodes);
  const proof: Bytes[] = [];
  let at = 0;
  for (const group of groups) {
    proof.push(await foldNodes(nodes.slice(at, at + group.length)));
    at += group.length;
  }
  return proof;
}
