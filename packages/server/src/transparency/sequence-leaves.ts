import {
  appendLeaves,
  canonicalBytes,
  concat,
  formatCheckpoint,
  leafHash,
  rootHash,
  signNote,
  type TreeNode,
} from '@clearway/protocol';
import { inTx, type Kernel } from '../kernel/index.ts';
import { BATCH } from './model.ts';
import { logSigner } from './read-checkpoint.ts';
import { readTree } from './read-tree.ts';
import {
  anyPending,
  growTile,
  insertCheckpoint,
  selectCheckpoint,
  selectPending,
  setIndices,
  takeSequencerLock,
} from './store.ts';

/**
 * Lets all waiting leaves into the log, in order of creation, and signs a checkpoint for each batch. Answers how many
 * went in. Only one runs at a time: where another is at it, answers 0, and that one takes what waits.
 */
export async function sequence(k: Kernel): Promise<number> {
  let total = 0;
  while (await anyPending(k.db)) {
    const count = await inTx(k, sequenceBatch);
    total += count;
    if (count === 0) break;
  }
  return total;
}

/** Indices, tiles and checkpoint are one transaction: a crash anywhere leaves the last checkpoint and its tree. */
async function sequenceBatch(t: Kernel): Promise<number> {
  if (!(await takeSequencerLock(t.db))) return 0;
  const before = (await selectCheckpoint(t.db))?.size ?? 0;
  const leaves = await selectPending(t.db, BATCH);
  if (leaves.length === 0) return 0;
  const hashes = await Promise.all(
    leaves.map(({ type, commitment }) => leafHash(canonicalBytes({ type, commitment }))),
  );
  const nodes = await appendLeaves(before, hashes, readTree(t.db, before));
  await setIndices(
    t.db,
    leaves.map((leaf) => leaf.id),
    before,
  );
  for (const { hashes: added, ...tile } of tilesOf(nodes)) await growTile(t.db, tile, concat(...added));

  const size = before + leaves.length;
  const root = await rootHash(size, readTree(t.db, size));
  const signer = await logSigner(t);
  const origin = signer.name;
  const note = await signNote(formatCheckpoint({ origin, size, rootHash: root }), signer);
  await insertCheckpoint(t.db, { origin, size, root, note, createdAt: t.clock.now() });
  return leaves.length;
}

type Growth = { level: number; index: number; width: number; hashes: Uint8Array[] };

/** What the new nodes add to which tile, and how many hashes it had. Only every eighth level of the tree is stored. */
function tilesOf(nodes: readonly TreeNode[]): Growth[] {
  const tiles = new Map<string, Growth>();
  for (const node of nodes) {
    if (node.level % 8 !== 0) continue;
    const level = node.level / 8;
    const index = Math.floor(node.index / 256);
    const key = `${level}/${index}`;
    const tile = tiles.get(key) ?? { level, index, width: node.index % 256, hashes: [] };
    tile.hashes.push(node.hash);
    tiles.set(key, tile);
  }
  return [...tiles.values()];
}
