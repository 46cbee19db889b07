import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type MatchIndex, readIndex } from '@clearway/match';

/** An index with the hash of its file, which reports name. */
export type LoadedIndex = { readonly index: MatchIndex; readonly sha256: string };

/** Reads an index from a file or from an instance. Throws where it is damaged or cannot be had. */
export async function getIndex(
  from: { readonly file: string } | { readonly instance: string; readonly fetch: typeof globalThis.fetch },
): Promise<LoadedIndex> {
  const bytes = 'file' in from ? readFileSync(from.file) : await download(from.fetch, from.instance);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { index: readIndex(bytes, { sha256: digest }), sha256 };
}

async function download(fetch: typeof globalThis.fetch, instance: string): Promise<Uint8Array> {
  const answer = await fetch(new URL('/api/match-index', instance).href);
  if (!answer.ok) throw new Error(`${instance} gives no index of its works: status ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

function digest(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
