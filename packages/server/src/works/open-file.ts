import type { Kernel } from '../kernel/index.ts';
import type { Manifestation } from './model.ts';
import { fail } from './problems.ts';
import { isId, requireWork } from './read-work.ts';
import { selectManifestations } from './store.ts';

/**
 * The file of a work, for the person who handed it over and nobody else. Throws `work-unknown`.
 */
export async function openFile(
  k: Kernel,
  { workId, fileId, partyId }: { workId: string; fileId: string; partyId: string },
): Promise<{ file: Manifestation; content: AsyncIterable<Uint8Array> }> {
  const work = await requireWork(k, workId);
  if (work.registrantId !== partyId) throw fail('work-unknown');
  return openAnyFile(k, { workId: work.id, fileId });
}

/** The file of a work, for a caller who has checked the right to have it. Throws `work-unknown`. */
export async function openAnyFile(
  k: Kernel,
  { workId, fileId }: { workId: string; fileId: string },
): Promise<{ file: Manifestation; content: AsyncIterable<Uint8Array> }> {
  const work = await requireWork(k, workId);
  if (!isId(fileId)) throw fail('work-unknown');
  const file = (await selectManifestations(k.db, work.id)).find(({ id }) => id === fileId);
  const content = file?.kind === 'file' && file.sha256 ? await k.blobs.get(file.sha256) : undefined;
  if (!file || !content) throw fail('work-unknown');
  return { file, content };
}
