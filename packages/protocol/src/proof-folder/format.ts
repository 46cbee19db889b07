import { fromHex, toHex } from '../bytes.ts';
import type { Leaf } from '../leaf.ts';
import { ProtocolError } from '../problem.ts';

/** One file as the manifest lists it. */
export type ManifestFile = { readonly path: string; readonly sha256: string; readonly bytes: number };

/** What `manifest.json` says. */
export type Manifest = {
  readonly format: typeof FORMAT;
  readonly instance: string;
  readonly createdAt: string;
  readonly verifierKey: string;
  readonly checkpoint: string;
  readonly files: readonly ManifestFile[];
};

/** What one `records/<n>.json` says; byte strings are lower-case hexadecimal. */
export type RecordFile = {
  readonly type: string;
  readonly record: unknown;
  readonly salt: string;
  readonly leaf: Leaf;
  readonly index: number;
  readonly inclusionProof: readonly string[];
};

export const FORMAT = 'clearway-proof-1';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const RECORD = /^records\/[1-9][0-9]{0,8}\.json$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** The text that `manifest.sig` signs: its first line keeps it from ever being read as a checkpoint. */
export function manifestNoteText(manifestHash: Uint8Array): string {
  return `${FORMAT} manifest\nsha256 ${toHex(manifestHash)}\n`;
}

/** Whether a path may be listed: relative, plain names, and below `records/` only records. */
export function isListedPath(path: string): boolean {
  if (path === MANIFEST || path === SIGNATURE || path.length > 500) return false;
  if (!path.split('/').every((segment) => SEGMENT.test(segment))) return false;
  return !path.toLowerCase().startsWith('records/') || isRecordPath(path);
}

export function isRecordPath(path: string): boolean {
  return RECORD.test(path);
}

export function isInstant(text: string): boolean {
  return TIME.test(text);
}

/** Checks the shape of a parsed manifest; throws `proof-folder-malformed` or `proof-folder-path`. */
export function readManifest(value: unknown): Manifest {
  if (!isShape(value, ['format', 'instance', 'createdAt', 'verifierKey', 'checkpoint', 'files'])) {
    return malformed('The manifest has not the members it should have.');
  }
  const { format, instance, createdAt, verifierKey, checkpoint, files } = value;
  if (format !== FORMAT) return malformed(`The manifest is not of the format ${FORMAT}.`);
  if (typeof instance !== 'string' || typeof verifierKey !== 'string' || typeof checkpoint !== 'string') {
    return malformed('Instance, verifier key and checkpoint must be texts.');
  }
  if (typeof createdAt !== 'string' || !isInstant(createdAt)) {
    return malformed('The time must be like 2030-01-31T12:00:00Z.');
  }
  if (!Array.isArray(files) || !files.every(isManifestFile)) {
    return malformed('Each file needs path, sha256 and bytes, and nothing else.');
  }
  checkPaths(files.map((file) => file.path));
  return { format: FORMAT, instance, createdAt, verifierKey, checkpoint, files };
}

/** Checks the shape of a parsed record file; throws `proof-folder-malformed`, `encoding-invalid`. */
export function readRecordFile(value: unknown): RecordFile & { saltBytes: Uint8Array; proof: Uint8Array[] } {
  if (!isShape(value, ['type', 'record', 'salt', 'leaf', 'index', 'inclusionProof'])) {
    return malformed('The record file has not the members it should have.');
  }
  const { type, record, salt, leaf, index, inclusionProof } = value;
  if (typeof type !== 'string' || typeof salt !== 'string' || typeof index !== 'number') {
    return malformed('Type and salt must be texts, index a number.');
  }
  if (!isShape(leaf, ['type', 'commitment']) || typeof leaf.type !== 'string') {
    return malformed('The leaf needs type and commitment, and nothing else.');
  }
  if (typeof leaf.commitment !== 'string' || !isTexts(inclusionProof)) {
    return malformed('Commitment and hashes must be texts.');
  }
  return {
    type,
    record,
    salt,
    leaf: { type: leaf.type, commitment: leaf.commitment },
    index,
    inclusionProof,
    saltBytes: fromHex(salt),
    proof: inclusionProof.map(fromHex),
  };
}

/** Refuses paths that are unusable, unsorted, listed twice, or one name on systems that ignore case. */
export function checkPaths(paths: readonly string[]): void {
  for (const [i, path] of paths.entries()) {
    if (!isListedPath(path))
      throw new ProtocolError('proof-folder-path', `A file is listed as ${quote(path)}.`);
    if (i > 0 && paths[i - 1]! >= path) {
      throw new ProtocolError('proof-folder-path', `${quote(path)} is not in its place in the list.`);
    }
  }
  if (new Set(paths.map((path) => path.toLowerCase())).size < paths.length) {
    throw new ProtocolError('proof-folder-path', 'Two paths differ in case only.');
  }
}

/** A path as it may be shown: short, and without anything that would steer a terminal. */
export function quote(path: string): string {
  return JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}…` : path).replaceAll(
    /[^\x20-\x7e…]/g,
    '?',
  );
}

function isManifestFile(value: unknown): value is ManifestFile {
  return (
    isShape(value, ['path', 'sha256', 'bytes']) &&
    typeof value.path === 'string' &&
    typeof value.sha256 === 'string' &&
    SHA256.test(value.sha256) &&
    Number.isSafeInteger(value.bytes)
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isShape<Key extends string>(value: unknown, keys: readonly Key[]): value is Record<Key, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function malformed(detail: string): never {
  throw new ProtocolError('proof-folder-malformed', detail);
}
