import { decodeUtf8, sha256, toHex } from '../bytes.ts';
import { canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { attempt, type FolderCheck, openChecks, Refusal, unwrap } from '../checking.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { fingerprint, parseVerifierKey } from '../keys.ts';
import { makeLeaf } from '../leaf.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import { openNote } from '../note.ts';
import type { Manifest } from './format.ts';
import {
  isRecordPath,
  MANIFEST,
  manifestNoteText,
  quote,
  readManifest,
  readRecordFile,
  SIGNATURE,
} from './format.ts';

/** How a folder is read: relative paths with "/"; `listFiles` names every file, also those nobody expects. */
export type FolderReader = {
  readonly readFile: (path: string) => Promise<Uint8Array> | Uint8Array;
  readonly listFiles: () => Promise<readonly string[]> | readonly string[];
  /** The key to trust, got elsewhere. Without it nothing is proved: the folder is only checked against itself. */
  readonly verifierKey?: string;
};

/**
 * The result: `ok` only when every check is, the key's included. `keyGiven: false` with all other checks ok means "nothing
 * changed since it was signed by the key with this fingerprint, whoever that is".
 */
export type FolderVerdict = {
  readonly ok: boolean;
  readonly keyGiven: boolean;
  readonly keyName?: string;
  readonly fingerprint?: string;
  readonly checks: readonly FolderCheck[];
};

/**
 * Verifies a proof folder (format: see `writeFolder`), offline: signature, no file missing, added or changed, checkpoint,
 * and each record's commitment and place in the log.
 *
 * Checks, in order: `key`, `manifest`, `signature`, `files`, `contents`, `checkpoint`, then `record <path>` for each record.
 * A bad folder never throws; what went wrong is in the details.
 *
 * @example
 * const signer = { name: 'example.org/log', ...(await generateKeyPair()) }
 * const root = await rootHash(0, () => [])
 * const checkpoint = await signNote(formatCheckpoint({ origin: signer.name, size: 0, rootHash: root }), signer)
 * const instance = 'https://example.org'
 * const folder = await writeFolder({ instance, createdAt: '2030-01-31T12:00:00Z', checkpoint, signer, records: [] })
 * const reader = { readFile: (path) => folder.get(path), listFiles: () => [...folder.keys()] }
 * const verifierKey = await formatVerifierKey(signer.name, signer.publicKey)
 * (await verifyFolder({ ...reader, verifierKey })).ok // => true
 * (await verifyFolder(reader)).keyGiven // => false
 */
export async function verifyFolder(folder: FolderReader): Promise<FolderVerdict> {
  const { checks, check } = openChecks();
  const manifestFile = await attempt(async () => folder.readFile(MANIFEST));
  const parsed = await attempt(async () => parseManifest(unwrap(manifestFile)));
  const keyText = folder.verifierKey ?? (parsed.ok ? parsed.value.verifierKey : '');
  const key = await attempt(() => parseVerifierKey(keyText));
  const print = key.ok ? await fingerprint(key.value.publicKey) : undefined;

  await check('key', async () => {
    const { name } = unwrap(key);
    if (folder.verifierKey === undefined) {
      throw new Refusal(`No key was given. The folder says it is signed by ${name}, fingerprint ${print}.`);
    }
    return [undefined, `${name}, fingerprint ${print}`];
  });
  const manifest = await check('manifest', async () => {
    const value = unwrap(parsed);
    return [value, `${value.files.length} files of ${quote(value.instance)}, written ${value.createdAt}`];
  });
  await check('signature', async () => {
    const expected = manifestNoteText(await sha256(unwrap(manifestFile)));
    const note = decodeUtf8(await folder.readFile(SIGNATURE));
    const { text, signatures } = await openNote(note, [keyText]);
    if (text !== expected) throw new Refusal('The signature is of another manifest.');
    if (note.split('\n').length !== text.split('\n').length + 2) {
      throw new Refusal('The signature file has more than one signature.');
    }
    return [undefined, `signed by ${signatures[0]!.name}`];
  });
  if (manifest) {
    await check('files', () => checkList(folder, manifest));
    await check('contents', () => checkContents(folder, manifest));
    const checkpoint = await check('checkpoint', async () => {
      const value = await openCheckpoint(manifest.checkpoint, unwrap(key).name, [keyText]);
      return [value, `${value.origin} with ${value.size} leaves, root ${toHex(value.rootHash)}`];
    });
    for (const { path } of manifest.files.filter((file) => isRecordPath(file.path))) {
      await check(`record ${path}`, () => checkRecord(folder, path, checkpoint));
    }
  }
  return {
    ok: checks.every(({ ok }) => ok),
    keyGiven: folder.verifierKey !== undefined,
    ...(key.ok ? { keyName: key.value.name } : {}),
    ...(print === undefined ? {} : { fingerprint: print }),
    checks,
  };
}

function parseManifest(bytes: Uint8Array): Manifest {
  const text = decodeUtf8(bytes);
  const value = parseStrict(text);
  if (canonicalize(value) !== text) throw new Refusal('The manifest is not canonical JSON.');
  return readManifest(value);
}

async function checkList(folder: FolderReader, manifest: Manifest): Promise<readonly [undefined, string]> {
  const found = new Set(await folder.listFiles());
  const expected = new Set([MANIFEST, SIGNATURE, ...manifest.files.map((file) => file.path)]);
  const extra = [...found].filter((path) => !expected.has(path)).sort();
  const missing = [...expected].filter((path) => !found.has(path)).sort();
  if (extra.length > 0 || missing.length > 0) {
    throw new Refusal(`Missing: ${listed(missing)}. Not in the manifest: ${listed(extra)}.`);
  }
  return [undefined, `${found.size} files, none missing, none added`];
}

async function checkContents(
  folder: FolderReader,
  manifest: Manifest,
): Promise<readonly [undefined, string]> {
  const changed: string[] = [];
  let total = 0;
  for (const file of manifest.files) {
    const content = await attempt(async () => folder.readFile(file.path));
    const same =
      content.ok && content.value.length === file.bytes && toHex(await sha256(content.value)) === file.sha256;
    if (!same) changed.push(file.path);
    total += file.bytes;
  }
  if (changed.length > 0) throw new Refusal(`Changed or not readable: ${listed(changed)}.`);
  return [undefined, `${total} bytes in ${manifest.files.length} files, each with its SHA-256`];
}

async function checkRecord(
  folder: FolderReader,
  path: string,
  checkpoint: Checkpoint | undefined,
): Promise<readonly [undefined, string]> {
  if (!checkpoint) throw new Refusal('Without a good checkpoint its place cannot be checked.');
  const file = readRecordFile(parseStrict(decodeUtf8(await folder.readFile(path))));
  const { type, record, saltBytes: salt, index, proof } = file;
  const { leaf, hash } = await makeLeaf({ type, record, salt });
  if (leaf.type !== file.leaf.type || leaf.commitment !== file.leaf.commitment) {
    throw new Refusal('The leaf is not the one of this record and salt.');
  }
  const { size, rootHash } = checkpoint;
  if (!(await verifyInclusion({ index, size, leafHash: hash, proof, rootHash }))) {
    throw new Refusal(`The log does not have this record at ${index}.`);
  }
  return [undefined, `${type} is leaf ${index} of ${size}`];
}

function listed(paths: readonly string[]): string {
  if (paths.length === 0) return 'none';
  const more = paths.length > 10 ? ` and ${paths.length - 10} more` : '';
  return paths.slice(0, 10).map(quote).join(', ') + more;
}
