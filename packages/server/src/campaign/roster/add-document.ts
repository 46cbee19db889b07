import { recordActivity } from '../../identity/index.ts';
import { failCommon, inTx, type Kernel, type UploadedFile } from '../../kernel/index.ts';
import { lockOwn } from './find-roster.ts';
import { MAX_DOCUMENT_BYTES } from './model.ts';
import { fail } from './roster-problems.ts';
import { updateRoster } from './store-rosters.ts';

/** By its first bytes: what a browser may show to a moderator, and nothing that runs. */
const KINDS = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
] as const;

/**
 * Adds the document that shows the authority or the consent; it replaces an earlier one, until the list is decided.
 * Throws `roster-unknown`, `roster-state`, `roster-document-kind`, `body-too-large`.
 */
export async function addDocument(
  k: Kernel,
  about: { id: string; partyId: string; userId: string; file: UploadedFile },
): Promise<void> {
  const { file } = about;
  if (file.bytes > MAX_DOCUMENT_BYTES)
    throw failCommon('body-too-large', { detail: `${MAX_DOCUMENT_BYTES} bytes` });
  const type = await kindOf(file);
  if (!type) throw fail('roster-document-kind');
  await inTx(k, async (t) => {
    const roster = await lockOwn(t, about);
    if (roster.state !== 'checked' && roster.state !== 'waiting') throw fail('roster-state');
    const { sha256 } = await t.blobs.put(file.open(), MAX_DOCUMENT_BYTES);
    const name = file.filename.replace(/[^\p{L}\p{N}. _-]/gu, '').slice(-120) || 'document';
    await updateRoster(t.db, roster.id, {
      document_sha256: sha256,
      document_name: name,
      document_type: type,
    });
    const subject = `roster:${roster.id}`;
    await recordActivity(t, { actor: about.userId, action: 'campaign.roster-document-added', subject });
  });
}

async function kindOf(file: UploadedFile): Promise<string | undefined> {
  for await (const head of file.open())
    return KINDS.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
  return undefined;
}
