import type { Bytes } from '../bytes.ts';
import { sha256 } from '../bytes.ts';
import { ProtocolError } from '../problem.ts';
import { nodeHash } from './hash.ts';

/** A complete subtree: `level` 0 is a leaf; it covers leaves `index * 2^level` up to `(index + 1) * 2^level`. */
export type NodeId = { readonly level: number; readonly index: number };

/** A complete subtree with its hash: never changes once it exists, so it can be stored for good. */
export type TreeNode = NodeId & { readonly hash: Uint8Array };

/** Reads stored hashes, in the order asked. */
export type NodeReader = (ids: readonly NodeId[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/**
 * The nodes to store when leaves are appended to a tree of `size` leaves, new leaves included, in the order they come
 * to be. Reads at most log2(size) stored nodes, once.
 *
 * Throws `tree-range`, `tree-node-missing`.
 *
 * @example
 * const nodes = createNodeMap()
 * nodes.add(await appendLeaves(0, [await leafHash(utf8('a')), await leafHash(utf8('b'))], nodes.read))
 * nodes.count() // => 3
 */
export async function appendLeaves(
  size: number,
  leafHashes: readonly Uint8Array[],
  readNodes: NodeReader,
): Promise<TreeNode[]> {
  checkSize(size + leafHashes.length);
  const frontier = await readTreeNodes(coveringNodes(0, size), readNodes);
  const added: TreeNode[] = [];
  for (const [offset, hash] of leafHashes.entries()) {
    let node: TreeNode = { level: 0, index: size + offset, hash };
    added.push(node);
    for (let left = frontier.at(-1); left?.level === node.level; left = frontier.at(-1)) {
      frontier.pop();
      node = {
        level: node.level + 1,
        index: (node.index - 1) / 2,
        hash: await nodeHash(left.hash, node.hash),
      };
      added.push(node);
    }
    frontier.push(node);
  }
  return added;
}

/**
 * The root hash of the tree of the first `size` leaves (RFC 6962 section 2.1); of no leaves, SHA-256 of nothing.
 *
 * Throws `tree-range`, `tree-node-missing`.
 *
 * @example
 * toHex(await rootHash(0, () => [])).slice(0, 8) // => 'e3b0c442'
 */
export async function rootHash(size: number, readNodes: NodeReader): Promise<Bytes> {
  checkSize(size);
  if (size === 0) return sha256(new Uint8Array());
  return foldNodes(await readTreeNodes(coveringNodes(0, size), readNodes));
}

/**
 * Stored nodes in memory: for tests, small logs and proofs.
 *
 * @example
 * const nodes = createNodeMap()
 * nodes.count() // => 0
 */
export function createNodeMap(): {
  add(nodes: readonly TreeNode[]): void;
  read: NodeReader;
  count(): number;
} {
  const stored = new Map<string, Uint8Array>();
  return {
    add(nodes) {
      for (const node of nodes) stored.set(`${node.level}/${node.index}`, node.hash);
    },
    read(ids) {
      return ids.map((id) => stored.get(`${id.level}/${id.index}`) ?? new Uint8Array());
    },
    count: () => stored.size,
  };
}

/** The complete subtrees that cover leaves [from, to), left to right; `from` must be aligned to the range's own subtree. */
export function coveringNodes(from: number, to: number): NodeId[] {
  const ids: NodeId[] = [];
  for (let at = from; at < to; ) {
    let width = 1;
    let level = 0;
    while (width * 2 <= to - at) {
      width *= 2;
      level += 1;
    }
    ids.push({ level, index: at / width });
    at += width;
  }
  return ids;
}

/** Reads nodes and makes sure that every hash is there and is a hash. */
export async function readTreeNodes(ids: readonly NodeId[], readNodes: NodeReader): Promise<TreeNode[]> {
  if (ids.length === 0) return [];
  const hashes = await readNodes(ids);
  return ids.map((id, i) => {
    const hash = hashes[i];
    if (hash?.length !== 32) {
      throw new ProtocolError(
        'tree-node-missing',
        `Node ${id.index} of level ${id.level} is missing or broken.`,
      );
    }
    return { ...id, hash };
  });
}

/** The hash over neighbouring subtrees, from the right, where they are smallest. */
export async function foldNodes(nodes: readonly TreeNode[]): Promise<Bytes> {
  let hash = nodes.at(-1)!.hash;
  for (const left of nodes.slice(0, -1).reverse()) hash = await nodeHash(left.hash, hash);
  return new Uint8Array(hash);
}

/** Refuses what is not a count that a double keeps exactly. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new ProtocolError('tree-range', `${size} is not a tree size.`);
  }
}
