import { parseStrict, proveInclusion } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import type { LeafProof, LogCheckpoint } from './model.ts';
import { readTree } from './read-tree.ts';
import { selectCheckpoint, selectLeaf } from './store.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A leaf with record, salt and the proof that it is in the log of the latest checkpoint; undefined when there is no such
 * leaf. While it waits for the sequencer `index` is undefined and there is no proof yet; after erasure `record` and
 * `salt` are undefined, and the proof still holds.
 */
export async function findProof(k: Kernel, leafId: string): Promise<LeafProof | undefined> {
  return (await findProofs(k, [leafId]))[0];
}

/** As `findProof` for several leaves, all against one checkpoint; leaves that there are not are left out. */
export async function findProofs(k: Kernel, leafIds: readonly string[]): Promise<LeafProof[]> {
  const leaves: KeptLeaf[] = [];
  for (const id of leafIds.filter((one) => UUID.test(one))) {
    const leaf = await selectLeaf(k.db, id);
    if (leaf) leaves.push(leaf);
  }
  // Read after the leaves: a checkpoint is never older than the leaves it covers.
  const checkpoint = await selectCheckpoint(k.db);
  const proofs: LeafProof[] = [];
  for (const leaf of leaves) proofs.push(await prove(k, leaf, checkpoint));
  return proofs;
}

type KeptLeaf = NonNullable<Awaited<ReturnType<typeof selectLeaf>>>;

async function prove(
  k: Kernel,
  { recordText, ...info }: KeptLeaf,
  checkpoint: LogCheckpoint | undefined,
): Promise<LeafProof> {
  const record = recordText === undefined ? undefined : parseStrict(recordText);
  if (info.index === undefined || !checkpoint) {
    return { ...info, record, size: undefined, inclusionProof: [], checkpoint: undefined };
  }
  const { size, note } = checkpoint;
  const inclusionProof = await proveInclusion(info.index, size, readTree(k.db, size));
  return { ...info, record, size, inclusionProof, checkpoint: note };
}
