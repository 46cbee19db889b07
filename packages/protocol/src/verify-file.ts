import { EVIDENCE_FILE_FORMAT } from './evidence/evidence-file.ts';
import { verifyEvidence } from './evidence/verify-evidence.ts';
import type { FolderVerdict } from './proof-folder/verify-folder.ts';
import { SIGNATURE_LIST_FILE_FORMAT } from './signature-list/signature-list.ts';
import { verifySignatureList } from './signature-list/verify-signature-list.ts';
import { STATEMENT_FILE_FORMAT } from './statement/statement-file.ts';
import { verifyStatement } from './statement/verify-statement.ts';

/** The files that `verifyFile` knows. */
export const verifiableFormats = [
  STATEMENT_FILE_FORMAT,
  EVIDENCE_FILE_FORMAT,
  SIGNATURE_LIST_FILE_FORMAT,
] as const;

/** The result of the file's own check, with the format that the file says it has. */
export type SignedFileVerdict = FolderVerdict & { readonly format?: (typeof verifiableFormats)[number] };

/**
 * Verifies a signed file, whichever it is: a statement, evidence or a public list of signatures. The file is not believed what it is; its own check
 * refuses it when it is something else. `key` may hold several verifier keys, one a line: the one the file names counts.
 * A bad file never throws; a file of no known format fails the check `format`.
 *
 * @example
 * (await verifyFile(utf8('{}'))).checks[0].name // => 'format'
 */
export async function verifyFile(
  bytes: Uint8Array,
  options: { readonly key?: string | undefined } = {},
): Promise<SignedFileVerdict> {
  // Bytes need not be UTF-8 to be looked at: only whether the mark of a format is among them.
  const text = new TextDecoder('latin1').decode(bytes);
  const format = verifiableFormats.find((name) => text.includes(`"format":"${name}"`));
  const { key } = options;
  if (format === STATEMENT_FILE_FORMAT) {
    const { statement: _statement, sha256: _sha256, ...verdict } = await verifyStatement(bytes, { key });
    return { ...verdict, format };
  }
  if (format === EVIDENCE_FILE_FORMAT) {
    const { document: _document, ...verdict } = await verifyEvidence(bytes, { key });
    return { ...verdict, format };
  }
  if (format === SIGNATURE_LIST_FILE_FORMAT) {
    const { seal: _seal, ...verdict } = await verifySignatureList(bytes, { key });
    return { ...verdict, format };
  }
  const detail = `This is no file that can be verified; known are ${verifiableFormats.join(', ')}.`;
  return { ok: false, keyGiven: key !== undefined, checks: [{ name: 'format', ok: false, detail }] };
}
