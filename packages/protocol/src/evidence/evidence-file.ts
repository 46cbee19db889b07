import type { Bytes } from '../bytes.ts';
import { decodeUtf8, sha256, toHex, utf8 } from '../bytes.ts';
import { canonicalBytes, canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { NoteSigner } from '../note.ts';
import { ProtocolError } from '../problem.ts';
import { integer, list, matching, object, oneOf, readShape, text } from '../shape.ts';
import {
  EVIDENCE_FORMAT,
  EVIDENCE_MAX_LENGTH,
  type EvidenceDocument,
  evidenceShape,
  whole,
} from './document.ts';

/** The form of a sealed evidence document. */
export const evidenceKind: DocumentKind<EvidenceDocument> = {
  typ: EVIDENCE_FORMAT,
  shape: evidenceShape,
  malformed: 'evidence-malformed',
  maxLength: EVIDENCE_MAX_LENGTH,
};

/**
 * What is handed on: the document signed with the key of the instance's log (`evidence`, a compact JWS), that key, and the
 * place of the document in the log. Byte strings are lower-case hexadecimal.
 */
export type EvidenceFile = {
  readonly format: 'clearway-evidence-file-1';
  readonly verifierKey: string;
  readonly evidence: string;
  readonly log: {
    readonly salt: string;
    readonly index: number;
    readonly inclusionProof: readonly string[];
    readonly checkpoint: string;
  };
};

/** The format of an evidence file. */
export const EVIDENCE_FILE_FORMAT = 'clearway-evidence-file-1';
/** The longest evidence file, in bytes. */
export const EVIDENCE_FILE_MAX_BYTES: number = EVIDENCE_MAX_LENGTH + 200_000;
/** The type of the leaf under which a sealed document is put on record. */
export const EVIDENCE_LEAF_TYPE = 'evidence-sealed';

const hex = matching(/^[0-9a-f]{64}$/, '32 bytes in hexadecimal');
const fileShape = object<EvidenceFile>({
  format: oneOf(EVIDENCE_FILE_FORMAT),
  verifierKey: text(400),
  evidence: text(EVIDENCE_MAX_LENGTH),
  log: object<EvidenceFile['log']>({
    salt: hex,
    index: integer(0),
    inclusionProof: list(hex, { max: 64 }),
    checkpoint: whole(65_536),
  }),
});

/**
 * Signs an evidence document with the key of the log: a compact JWS of its canonical JSON; the key id is the log's name.
 * Throws `evidence-malformed`, `sealed-too-long`.
 *
 * @example
 * await sealEvidence({ format: 'other' }, { name: 'example.org/log', ...(await generateKeyPair()) }) // => throws evidence-malformed
 */
export async function sealEvidence(document: EvidenceDocument, signer: NoteSigner): Promise<string> {
  return sealDocument(evidenceKind, document, { ...signer, kid: signer.name });
}

/**
 * Opens a sealed evidence document with the key of the log: its signature and its form, and nothing of what it says.
 * Throws `sealed-*`, `evidence-malformed`.
 *
 * @example
 * await openEvidence('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openEvidence(sealed: string, keys: KeyLookup): Promise<EvidenceDocument> {
  return openDocument(evidenceKind, sealed, keys);
}

/**
 * The record that puts a sealed document into the log: the case and the SHA-256 of the sealed text.
 *
 * @example
 * (await evidenceLeafRecord('case-1', 'a.b.c')).case // => 'case-1'
 */
export async function evidenceLeafRecord(
  caseId: string,
  sealed: string,
): Promise<{ case: string; sha256: string }> {
  return { case: caseId, sha256: toHex(await sha256(utf8(sealed))) };
}

/**
 * The bytes of an evidence file: canonical JSON. Throws `evidence-malformed`.
 *
 * @example
 * writeEvidenceFile({ format: 'other' }) // => throws evidence-malformed
 */
export function writeEvidenceFile(file: EvidenceFile): Bytes {
  return canonicalBytes(readShape(fileShape, file, 'evidence-malformed'));
}

/**
 * Reads an evidence file in its one spelling; nothing in it is checked yet. Throws `evidence-malformed`, `json-*`,
 * `text-not-well-formed`.
 *
 * @example
 * readEvidenceFile(utf8('{}')) // => throws evidence-malformed
 */
export function readEvidenceFile(bytes: Uint8Array): EvidenceFile {
  if (bytes.length > EVIDENCE_FILE_MAX_BYTES) {
    throw new ProtocolError('json-too-long', `The file has ${bytes.length} bytes.`);
  }
  const content = decodeUtf8(bytes);
  const value = parseStrict(content, { maxLength: EVIDENCE_FILE_MAX_BYTES });
  const file = readShape(fileShape, value, 'evidence-malformed');
  if (canonicalize(value) !== content) {
    throw new ProtocolError('evidence-malformed', 'The file is not in its canonical spelling (RFC 8785).');
  }
  return file;
}
