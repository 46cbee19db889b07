import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { type Manifestation, openAnyFile, publicWork } from '../works/index.ts';
import { type Agreement, agreementState } from './model.ts';
import { failLicensing } from './problems.ts';
import { type AgreementDetail, readAgreement } from './read-agreement.ts';
import { requireSigner } from './require-signer.ts';
import { insertDeclaration, selectDeclarations } from './store-declarations.ts';

/** One licensed file or fingerprint, as the manifest lists it. */
export type ManifestFile = {
  readonly workId: string;
  readonly title: string;
  readonly sha256: string;
  readonly bytes: bigint | null;
  readonly mediaType: string | null;
  /** Where it can be downloaded; null where only the fingerprint is known here. */
  readonly path: string | null;
  /** The licensee declared that it holds a copy. */
  readonly declared: boolean;
};

type Who = { readonly agreementId: string; readonly licenseeId: string };

/**
 * The files of an agreement with their checksums: only bytes it pinned. Throws `agreement-unknown`,
 * `agreement-not-in-force`.
 */
export async function readManifest(
  k: Kernel,
  who: Who,
): Promise<{ agreement: Agreement; files: ManifestFile[] }> {
  const { agreement, works } = await requireInForce(k, who);
  const declared = new Set(await selectDeclarations(k.db, agreement.id));
  const files: ManifestFile[] = [];
  for (const { workId, title, sha256s } of works) {
    const { manifestations } = await publicWork(k, workId);
    for (const sha256 of sha256s) {
      const same = manifestations.filter((one) => one.sha256 === sha256);
      const file = same.find(({ kind }) => kind === 'file');
      const known = file ?? same[0];
      files.push({
        workId,
        title,
        sha256,
        bytes: known?.bytes ?? null,
        mediaType: known?.mediaType ?? null,
        path: file ? `/api/agreements/${agreement.id}/works/${workId}/files/${file.id}` : null,
        declared: declared.has(`${workId} ${sha256}`),
      });
    }
  }
  return { agreement, files };
}

/** The bytes of a licensed file. Throws as `readManifest`, and `file-unknown`. */
export async function openLicensedFile(
  k: Kernel,
  input: Who & { workId: string; fileId: string; actor: string },
): Promise<{ file: Omit<Manifestation, 'filename'>; content: AsyncIterable<Uint8Array> }> {
  const { agreement, works } = await requireInForce(k, input);
  const work = works.find(({ workId }) => workId === input.workId);
  if (!work) throw failLicensing('file-unknown');
  const { manifestations } = await publicWork(k, work.workId);
  const file = manifestations.find(({ id }) => id === input.fileId);
  const licensed = file?.kind === 'file' && file.sha256 !== null && work.sha256s.includes(file.sha256);
  if (!licensed) throw failLicensing('file-unknown');
  const { content } = await openAnyFile(k, { workId: work.workId, fileId: file.id });
  await inTx(k, (t) =>
    recordActivity(t, {
      actor: input.actor,
      action: 'licensing.file-downloaded',
      subject: `agreement:${agreement.id}`,
      detail: { work: work.workId, file: file.id },
    }),
  );
  return { file, content };
}

/**
 * Records the licensee's word that it holds exact copies of licensed works, by their SHA-256; the same again changes
 * nothing. Throws as `readManifest`, and `licensee-needed`, `not-a-signer`, `copy-not-in-license`.
 */
export async function declareCopies(
  k: Kernel,
  input: Who & { userId: string; sha256s: readonly string[] },
): Promise<void> {
  await inTx(k, async (t) => {
    await requireSigner(t, input);
    const { agreement, works } = await requireInForce(t, input);
    const at = t.clock.now();
    for (const sha256 of new Set(input.sha256s)) {
      const holding = works.filter((work) => work.sha256s.includes(sha256));
      if (holding.length === 0) throw failLicensing('copy-not-in-license', { detail: sha256 });
      for (const { workId } of holding) {
        await insertDeclaration(t.db, { agreementId: agreement.id, workId, sha256, by: input.userId, at });
      }
    }
    const subject = `agreement:${agreement.id}`;
    await recordActivity(t, { actor: input.userId, action: 'licensing.copies-declared', subject });
  });
}

async function requireInForce(k: Kernel, who: Who): Promise<AgreementDetail> {
  const { agreementId, licenseeId } = who;
  const found = await readAgreement(k, { agreementId, licenseeId });
  if (agreementState(found.agreement, k.clock.now()) !== 'in-force')
    throw failLicensing('agreement-not-in-force');
  return found;
}
