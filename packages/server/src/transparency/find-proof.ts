import { parseStrict, proveInclusion } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import type { LeafProof } from './model.ts';
import { readTree } from './read-tree.ts';
import { selectCheckpoint, selectLeaf } from './store.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A leaf with record, salt and the proof that it is in the log of the latest checkpoint; undefined when there is no such
 * leaf. While it waits for the sequencer `index` is undefined and there is no proof yet; after erasure `record` and
 * `salt` are undefined, and the proof still holds.
 */
export async function findProof(k: Kernel, leafId: string): Promise<LeafProof | undefined> {
  if (!UUID.test(leafId)) return undefined;
  const leaf = await selectLeaf(k.db, leafId);
  if (!leaf) return undefined;
  // Read after the leaf: a checkpoint is never older than the leaves it covers.
  const checkpoint = await selectCheckpoint(k.db);
  const { recordText, ...info } = leaf;
  const record = recordText === undefined ? undefined : parseStrict(recordText);
  if (info.index === undefined || !checkpoint) {
    return { ...info, record, size: undefined, inclusionProof: [], checkpoint: undefined };
  }
  const { size, note } = checkpoint;
  const inclusionProof = await proveInclusion(info.index, size, readTree(k.db, size));
  return { ...info, record, size, inclusionProof, checkpoint: note };
}
