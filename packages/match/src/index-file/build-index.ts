import { MatchError } from '../match-error.ts';
import { Sha256 } from '../sha256.ts';
import { SHINGLE, WINDOW } from '../text/shingle-reader.ts';
import { fromHex } from '../text/text-key.ts';
import { MIN_WORDS } from '../text/text-print.ts';
import { keysOf } from './collect-keys.ts';
import { COMMON_AT, collectPostings, type Entry, wordsIn } from './collect-postings.ts';
import type { IndexWork } from './index-work.ts';
import { ENTRY_BYTES, HASH_AT, KEY_BYTES, layoutOf, MAGIC, VERSION, WITHDRAWN } from './layout.ts';

export type BuildOptions = {
  /** When the index is made; the same works and time give the same bytes. */
  readonly created: Date;
  /** A fingerprint in so many different texts belongs to none of them and is left out. Default 16. */
  readonly commonAt?: number;
  /** Fingerprints of what is no work: licence texts, notices, scripture. Answers whether one is known there. */
  readonly isBackground?: (lane1: number, lane2: number) => boolean;
};

export type BuiltIndex = {
  readonly bytes: Uint8Array;
  readonly works: number;
  readonly fingerprints: number;
  /** Fingerprints left out because they are common. */
  readonly common: number;
};

const MAX_WORDS = 0xffffffff;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Builds the file by which works are recognised: fingerprints of texts and exact hashes of files, no text. The format is in
 * docs/reference/match-index.md. Throws TypeError for an id that is no UUID, and MatchError `index-too-large` beyond
 * 2^32 - 1 words.
 *
 * @example
 * const id = '00000000-0000-4000-8000-000000000001'
 * const text = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
 * const { bytes } = buildIndex([{ id, texts: [printText(text)] }], { created: new Date(0) })
 * matchText(readIndex(bytes), `Someone wrote: ${text}`)[0].words // => 40
 */
export function buildIndex(works: Iterable<IndexWork>, options: BuildOptions): BuiltIndex {
  const sorted = [...works].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const entries = entriesOf(sorted);
  const last = entries.at(-1);
  const words = last ? last.first + wordsIn(last) : 0;
  if (words > MAX_WORDS) throw new MatchError('index-too-large', `${words} words`);
  const { bucketBits, kept, all } = collectPostings(entries, options);
  const keys = keysOf(sorted, entries);
  const postings = kept.places.length;
  const counts = { entries: entries.length, keys: keys.length, words, postings, bucketBits };
  const layout = layoutOf(counts);
  const bytes = new Uint8Array(layout.end);
  const view = new DataView(bytes.buffer);

  writeHeader(view, counts, sorted.length, options);
  for (const [i, entry] of entries.entries()) {
    const at = layout.entriesAt + i * ENTRY_BYTES;
    bytes.set(fromHex(entry.id.replaceAll('-', '')), at);
    view.setUint32(at + 16, entry.first, true);
    view.setUint32(at + 20, entry.print?.words ?? 0, true);
    view.setUint32(at + 24, entry.withdrawn ? WITHDRAWN : 0, true);
  }
  for (const [i, key] of keys.entries()) {
    const at = layout.keysAt + i * KEY_BYTES;
    bytes.set(fromHex(key.sha256), at);
    view.setUint32(at + 32, key.kind, true);
    view.setUint32(at + 36, key.entry, true);
  }
  writeChecks(bytes, layout.checksAt, entries);
  for (let i = 0; i < kept.buckets.length; i++)
    view.setUint32(layout.bucketsAt + 4 * i, kept.buckets[i]!, true);
  for (let i = 0; i < postings; i++) {
    view.setUint32(layout.tagsAt + 4 * i, kept.tags[i]!, true);
    view.setUint32(layout.placesAt + 4 * i, kept.places[i]!, true);
  }
  const hash = new Sha256().update(bytes.subarray(0, HASH_AT)).update(bytes.subarray(HASH_AT + 32));
  bytes.set(hash.digest(), HASH_AT);
  return { bytes, works: sorted.length, fingerprints: postings, common: all - postings };
}

function writeHeader(
  view: DataView,
  { entries, keys, words, postings, bucketBits }: Parameters<typeof layoutOf>[0],
  works: number,
  { created, commonAt = COMMON_AT }: BuildOptions,
): void {
  const numbers = [
    MAGIC,
    VERSION,
    SHINGLE,
    WINDOW,
    4,
    bucketBits,
    MIN_WORDS,
    commonAt,
    works,
    entries,
    keys,
    words,
    postings,
  ];
  for (const [i, number] of numbers.entries()) view.setUint32(4 * i, number, true);
  view.setBigUint64(56, BigInt(created.getTime()), true);
}

function entriesOf(works: readonly IndexWork[]): Entry[] {
  const entries: Entry[] = [];
  let first = 0;
  for (const [i, { id, withdrawn = false, texts = [] }] of works.entries()) {
    if (!UUID.test(id)) throw new TypeError(`not a UUID in lower case: ${id}`);
    if (works[i - 1]?.id === id) throw new TypeError(`given twice: ${id}`);
    const long = texts.filter((print) => print.words >= MIN_WORDS);
    for (const print of long) {
      entries.push({ id, withdrawn, first, print });
      first += print.words + (print.words & 1);
    }
    if (long.length === 0) entries.push({ id, withdrawn, first });
  }
  return entries;
}

function writeChecks(bytes: Uint8Array, checksAt: number, entries: readonly Entry[]): void {
  for (const { first, print } of entries) if (print) bytes.set(print.checks, checksAt + first / 2);
}
