import { type Bytes, type ProvenRecord, writeFolder } from '@clearway/protocol';
import type { Kernel } from './kernel/index.ts';
import { exportRecords, logSigner, logVerifierKey } from './transparency/index.ts';

/**
 * Everything this instance put into its log and still has on record, as the files of a proof folder that a stranger
 * checks with `clearway verify`; the key goes beside the folder, never into its trust. Throws while the log is empty.
 */
export async function exportProof(
  k: Kernel,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ folder: Map<string, Bytes>; verifierKey: string; records: number }> {
  const exported = await exportRecords(k);
  if (!exported) throw new Error('The log holds nothing yet.');
  const records: ProvenRecord[] = [];
  for await (const { type, record, salt, index, inclusionProof } of exported.records) {
    records.push({ type, record, salt, index, inclusionProof });
  }
  const folder = await writeFolder({
    instance: k.site.baseUrl,
    createdAt: k.clock.now().toISOString(),
    checkpoint: exported.checkpoint.note,
    signer: await logSigner(k),
    records,
    files,
  });
  return { folder, verifierKey: await logVerifierKey(k), records: records.length };
}
