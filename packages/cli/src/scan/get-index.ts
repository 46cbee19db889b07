import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { type MatchIndex, readIndex } from '@clearway/match';
import { checkIndex, type IndexKeys, keysFrom } from './check-index.ts';
import { writeWhole } from './write-result.ts';

/** An index with the hash of its file, which reports name. */
export type LoadedIndex = {
  readonly index: MatchIndex;
  readonly sha256: string;
  /** Name of the key the description was signed with; undefined for a file nobody vouches for. */
  readonly signedBy: string | undefined;
};

export type IndexSource = {
  /** Read from here; with an instance also where it is kept. */
  readonly file?: string | undefined;
  readonly instance?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Verifier keys, got elsewhere, one a line; without them the instance is asked for its own. */
  readonly key?: string | undefined;
  /** Take the file as it is when it is there: a scan that was stopped goes on with the index it began with. */
  readonly keep?: boolean | undefined;
};

/** The description of an index lies beside it, so that it can be checked without a network. */
const SEALED = '.jws';
const ATTEMPTS = 3;

/**
 * Reads an index from a file or from an instance; with both, the file is brought up to date and kept for the next time.
 * What comes from an instance must be what it signed; with a key that is checked of a file as well. Throws where the index
 * is damaged, is not what was signed, or cannot be had.
 */
export async function getIndex(source: IndexSource): Promise<LoadedIndex> {
  const { file, instance, key, keep } = source;
  const pinned = key === undefined ? undefined : await keysFrom(key);
  const there = file !== undefined && existsSync(file);
  if (instance === undefined || (there && keep)) return fromFile(file!, pinned);
  for (let attempt = 1; ; attempt++) {
    const known = there ? readFileSync(file) : undefined;
    const bytes = await download(source.fetch, instance, known);
    const sealed = await describe(source.fetch, instance);
    const keys = pinned ?? (await keysFrom(await publishedKeys(source.fetch, instance)));
    const loaded = await load(bytes, sealed, keys);
    // The works may have changed between the two answers.
    if (!loaded && attempt < ATTEMPTS) continue;
    if (!loaded)
      throw new Error(`${instance} gives another index than it signed. Do not use it; ask who runs it.`);
    if (file !== undefined) {
      if (bytes !== known) writeWhole(file, bytes);
      writeWhole(`${file}${SEALED}`, sealed);
    }
    return loaded;
  }
}

/** Removes an index that was kept for one scan. */
export function removeIndex(file: string): void {
  for (const path of [file, `${file}${SEALED}`]) rmSync(path, { force: true });
}

async function fromFile(file: string, pinned: IndexKeys | undefined): Promise<LoadedIndex> {
  const bytes = readFileSync(file);
  if (!pinned) return { ...read(bytes), signedBy: undefined };
  if (!existsSync(`${file}${SEALED}`))
    throw new Error(
      `${file}${SEALED} is missing, so the key cannot be compared. Fetch the index with --instance and --index.`,
    );
  const loaded = await load(bytes, readFileSync(`${file}${SEALED}`, 'utf8').trim(), pinned);
  if (!loaded) throw new Error(`${file} is not the index that was signed. Fetch it again.`);
  return loaded;
}

/** Undefined where the description is of another file. */
async function load(bytes: Uint8Array, sealed: string, keys: IndexKeys): Promise<LoadedIndex | undefined> {
  const loaded = read(bytes);
  const { about, signedBy } = await checkIndex(sealed, keys);
  return about.sha256 === loaded.sha256 ? { ...loaded, signedBy } : undefined;
}

function read(bytes: Uint8Array): { index: MatchIndex; sha256: string } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { index: readIndex(bytes, { sha256: digest }), sha256 };
}

async function download(
  fetch: typeof globalThis.fetch,
  instance: string,
  known: Uint8Array | undefined,
): Promise<Uint8Array> {
  const tag = known && `"${createHash('sha256').update(known).digest('hex')}"`;
  const answer = await fetch(new URL('/api/match-index', instance).href, {
    headers: tag === undefined ? {} : { 'If-None-Match': tag },
  });
  if (answer.status === 304 && known) return known;
  if (!answer.ok) throw new Error(`${instance} gives no index of its works: status ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function describe(fetch: typeof globalThis.fetch, instance: string): Promise<string> {
  const answer = await fetch(new URL('/api/match-index.json', instance).href);
  if (!answer.ok) throw new Error(`${instance} does not sign its index: status ${answer.status}.`);
  const { sealed } = (await answer.json()) as { sealed?: unknown };
  return typeof sealed === 'string' ? sealed : '';
}

async function publishedKeys(fetch: typeof globalThis.fetch, instance: string): Promise<string> {
  const answer = await fetch(new URL('/api/keys', instance).href);
  if (!answer.ok)
    throw new Error(`${instance} publishes no keys: status ${answer.status}. Name yours with --key.`);
  return answer.text();
}

function digest(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
