import { type ProvenRecord, parseStrict, proveInclusion } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import type { LogCheckpoint } from './model.ts';
import { readTree } from './read-tree.ts';
import { selectCheckpoint, selectRecords } from './store.ts';

/** A record as a proof folder takes it, with what our own side knows it by. */
export type ExportedRecord = ProvenRecord & { readonly id: string; readonly subject: string };

const PAGE = 200;

/**
 * Everything that is still on record, with salts and proofs against the latest checkpoint, in the order of the log.
 * Records erased while it is read are left out. Undefined while the log has no leaf. For whoever may see it all.
 */
export async function exportRecords(
  k: Kernel,
): Promise<
  { readonly checkpoint: LogCheckpoint; readonly records: AsyncIterable<ExportedRecord> } | undefined
> {
  const checkpoint = await selectCheckpoint(k.db);
  return checkpoint && { checkpoint, records: readRecords(k, checkpoint.size) };
}

async function* readRecords(k: Kernel, size: number): AsyncGenerator<ExportedRecord> {
  const tree = readTree(k.db, size);
  for (let from = 0; ; ) {
    const page = await selectRecords(k.db, from, size, PAGE);
    for (const { id, type, subject, index, salt, recordText } of page) {
      if (index === undefined || salt === undefined || recordText === undefined) continue;
      const inclusionProof = await proveInclusion(index, size, tree);
      yield { id, type, subject, record: parseStrict(recordText), salt, index, inclusionProof };
      from = index + 1;
    }
    if (page.length < PAGE) return;
  }
}
