import type { Bytes } from '../bytes.ts';
import { sha256, toHex, utf8 } from '../bytes.ts';
import { canonicalBytes } from '../canonical-json/canonicalize.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { formatVerifierKey } from '../keys.ts';
import { makeLeaf } from '../leaf.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import type { NoteSigner } from '../note.ts';
import { signNote } from '../note.ts';
import { ProtocolError } from '../problem.ts';
import type { Manifest, ManifestFile, RecordFile } from './format.ts';
import {
  checkPaths,
  FORMAT,
  isInstant,
  isRecordPath,
  MANIFEST,
  manifestNoteText,
  SIGNATURE,
} from './format.ts';

/** A record with all that proves its place in the log. */
export type ProvenRecord = {
  readonly type: string;
  readonly record: unknown;
  readonly salt: Uint8Array;
  readonly index: number;
  readonly inclusionProof: readonly Uint8Array[];
};

/** What a proof folder is made of. `signer.name` is the log's origin; `createdAt` is UTC, like `2030-01-31T12:00:00Z`. */
export type FolderContents = {
  readonly instance: string;
  readonly createdAt: string;
  readonly checkpoint: string;
  readonly signer: NoteSigner;
  readonly records: readonly ProvenRecord[];
  readonly files?: ReadonlyMap<string, Uint8Array>;
};

/**
 * Builds the files of a proof folder: path → bytes. The caller stores them, and hands the verifier key over elsewhere.
 *
 * The format, `clearway-proof-1` (all JSON is canonical, RFC 8785; byte strings are lower-case hexadecimal):
 *
 * - `manifest.json`: `{format, instance, createdAt, verifierKey, checkpoint, files}`; `checkpoint` is the signed note of the
 *   log; `files` lists every other file but the signature as `{path, sha256, bytes}`, sorted by code unit.
 * - `manifest.sig`: a C2SP signed note by the log's key over two lines: `clearway-proof-1 manifest` and
 *   `sha256 <hash of manifest.json>`; exactly one signature.
 * - `records/<n>.json`, n from 1: `{type, record, salt, leaf, index, inclusionProof}`, see `makeLeaf` and `proveInclusion`.
 * - any other files, such as terms or works, with plain ASCII names.
 *
 * Every record is checked against the checkpoint first, so a folder that would not verify is never written.
 * Throws `proof-folder-record`, `proof-folder-path`, `proof-folder-malformed` and the codes of `openCheckpoint`, `makeLeaf`.
 *
 * @example
 * const signer = { name: 'example.org/log', ...(await generateKeyPair()) }
 * const root = await rootHash(0, () => [])
 * const checkpoint = await signNote(formatCheckpoint({ origin: signer.name, size: 0, rootHash: root }), signer)
 * const contents = { instance: 'https://example.org', createdAt: '2030-01-31T12:00:00Z', checkpoint, signer, records: [] }
 * const folder = await writeFolder({ ...contents, files: new Map([['terms.txt', utf8('No.')]]) })
 * [...folder.keys()] // => ['terms.txt', 'manifest.json', 'manifest.sig']
 */
export async function writeFolder(contents: FolderContents): Promise<Map<string, Bytes>> {
  const { signer, checkpoint, instance, createdAt } = contents;
  if (!isInstant(createdAt)) {
    throw new ProtocolError('proof-folder-malformed', 'The time must be like 2030-01-31T12:00:00Z.');
  }
  const verifierKey = await formatVerifierKey(signer.name, signer.publicKey);
  const { size, rootHash } = await openCheckpoint(checkpoint, signer.name, [verifierKey]);
  const folder = new Map<string, Bytes>();
  for (const [path, bytes] of contents.files ?? []) {
    if (isRecordPath(path)) {
      throw new ProtocolError('proof-folder-path', 'Records are given as records, not as files.');
    }
    folder.set(path, new Uint8Array(bytes));
  }
  for (const [i, given] of contents.records.entries()) {
    const { type, record, salt, index, inclusionProof: proof } = given;
    const { leaf, hash } = await makeLeaf(given);
    if (!(await verifyInclusion({ index, size, leafHash: hash, proof, rootHash }))) {
      throw new ProtocolError('proof-folder-record', `Record ${i + 1} is not in the log at ${index}.`);
    }
    const file: RecordFile = {
      type,
      record,
      salt: toHex(salt),
      leaf,
      index,
      inclusionProof: proof.map(toHex),
    };
    folder.set(`records/${i + 1}.json`, canonicalBytes(file));
  }
  const paths = [...folder.keys()].sort();
  checkPaths(paths);
  const files: ManifestFile[] = [];
  for (const path of paths) {
    const bytes = folder.get(path)!;
    files.push({ path, sha256: toHex(await sha256(bytes)), bytes: bytes.length });
  }
  const manifest: Manifest = { format: FORMAT, instance, createdAt, verifierKey, checkpoint, files };
  const manifestBytes = canonicalBytes(manifest);
  folder.set(MANIFEST, manifestBytes);
  folder.set(SIGNATURE, utf8(await signNote(manifestNoteText(await sha256(manifestBytes)), signer)));
  return folder;
}
