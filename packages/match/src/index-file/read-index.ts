import { MatchError } from '../match-error.ts';
import { Sha256 } from '../sha256.ts';
import { SHINGLE, WINDOW } from '../text/shingle-reader.ts';
import { fromHex } from '../text/text-key.ts';
import { MIN_WORDS } from '../text/text-print.ts';
import {
  type Counts,
  ENTRY_BYTES,
  type ExactKey,
  HASH_AT,
  HEADER_BYTES,
  KEY_BYTES,
  KEY_KINDS,
  type KeyKind,
  layoutOf,
  MAGIC,
  VERSION,
  WITHDRAWN,
} from './layout.ts';

/** One text of a work in the index, or a work that is known by exact hashes only (`words` is 0). */
export type IndexEntry = {
  readonly workId: string;
  readonly withdrawn: boolean;
  /** Number of its first word among those of all texts. */
  readonly first: number;
  readonly words: number;
};

/** A match index in memory; made by {@link readIndex}. */
export type MatchIndex = {
  readonly created: Date;
  readonly works: number;
  readonly fingerprints: number;
  /** SHA-256 of the content, as in the header. The hash of the whole file is in the signed description. */
  readonly contentSha256: string;
  readonly commonAt: number;
  readonly entries: readonly IndexEntry[];
  /** Four bits per word, low half first. */
  readonly checks: Uint8Array;
  readonly bucketShift: number;
  readonly buckets: Uint32Array;
  readonly tags: Uint32Array;
  readonly places: Uint32Array;
  readonly keys: KeyTable;
  /** Of the entries with words: their first words, ascending, and which entries they are. */
  readonly texts: { readonly first: Uint32Array; readonly entry: Uint32Array };
};

type KeyTable = { readonly bytes: Uint8Array; readonly view: DataView; readonly count: number };

export type ReadIndexOptions = {
  /** A faster SHA-256 than ours, such as `(parts) => { const h = createHash('sha256'); … }` of Node. */
  readonly sha256?: (parts: readonly Uint8Array[]) => Uint8Array;
};

/**
 * Reads and checks an index. Nothing in it is believed: its size, hash, order and every reference are checked first.
 * The bytes are used as they are, so do not change them.
 *
 * Throws MatchError `index-foreign`, `index-version`, `index-truncated`, `index-altered` or `index-contradictory`.
 *
 * @example
 * const index = readIndex(buildIndex([], { created: new Date(0) }).bytes)
 * index.works // => 0
 */
export function readIndex(given: Uint8Array, options: ReadIndexOptions = {}): MatchIndex {
  // Views on 32-bit numbers need an aligned start.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== MAGIC)
    throw new MatchError('index-foreign', 'it does not begin with CWMI');
  if (bytes.length < HEADER_BYTES) throw new MatchError('index-truncated', `${bytes.length} bytes`);
  const [
    ,
    version,
    shingle,
    window,
    checkBits,
    bucketBits,
    minWords,
    commonAt,
    works,
    entries,
    keys,
    words,
    postings,
  ] = Array.from({ length: 13 }, (_, i) => view.getUint32(4 * i, true)) as Thirteen;
  if (version !== VERSION) throw new MatchError('index-version', `version ${version}`);
  if (shingle !== SHINGLE || window !== WINDOW || checkBits !== 4 || minWords !== MIN_WORDS)
    throw new MatchError('index-version', `shingles of ${shingle} in windows of ${window}`);
  if (bucketBits < 1 || bucketBits > 28)
    throw new MatchError('index-contradictory', `${bucketBits} bucket bits`);
  const counts: Counts = { entries, keys, words, postings, bucketBits };
  const layout = layoutOf(counts);
  if (layout.end !== bytes.length)
    throw new MatchError('index-truncated', `${bytes.length} bytes instead of ${layout.end}`);
  const stored = bytes.subarray(HASH_AT, HASH_AT + 32);
  const parts = [bytes.subarray(0, HASH_AT), bytes.subarray(HASH_AT + 32)];
  const actual = (options.sha256 ?? sha256)(parts);
  if (stored.some((byte, i) => byte !== actual[i])) throw new MatchError('index-altered', 'SHA-256 differs');

  const numbers = (at: number, length: number) =>
    new Uint32Array(bytes.buffer, bytes.byteOffset + at, length);
  const all = readEntries(bytes, view, layout.entriesAt, entries);
  const long = all.flatMap((entry, i) => (entry.words > 0 ? [i] : []));
  const index: MatchIndex = {
    created: new Date(Number(view.getBigUint64(56, true))),
    works,
    fingerprints: postings,
    contentSha256: hex(stored),
    commonAt,
    entries: all,
    texts: { first: Uint32Array.from(long, (i) => all[i]!.first), entry: Uint32Array.from(long) },
    checks: bytes.subarray(layout.checksAt, layout.bucketsAt),
    bucketShift: 32 - bucketBits,
    buckets: numbers(layout.bucketsAt, 2 ** bucketBits + 1),
    tags: numbers(layout.tagsAt, postings),
    places: numbers(layout.placesAt, postings),
    keys: {
      bytes: bytes.subarray(layout.keysAt, layout.checksAt),
      view: new DataView(bytes.buffer, bytes.byteOffset + layout.keysAt, keys * KEY_BYTES),
      count: keys,
    },
  };
  checkContent(index, words);
  return index;
}

type Thirteen = [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

function sha256(parts: readonly Uint8Array[]): Uint8Array {
  const hash = new Sha256();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function readEntries(bytes: Uint8Array, view: DataView, at: number, count: number): IndexEntry[] {
  return Array.from({ length: count }, (_, i) => {
    const entryAt = at + i * ENTRY_BYTES;
    const id = hex(bytes.subarray(entryAt, entryAt + 16));
    return {
      workId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
      first: view.getUint32(entryAt + 16, true),
      words: view.getUint32(entryAt + 20, true),
      withdrawn: (view.getUint32(entryAt + 24, true) & WITHDRAWN) !== 0,
    };
  });
}

/** A hash proves only that its maker meant it: what is followed while matching must stay within the file. */
function checkContent({ entries, buckets, places, keys, works }: MatchIndex, words: number): void {
  const wrong = (detail: string) => new MatchError('index-contradictory', detail);
  let first = 0;
  let ids = 0;
  for (const [i, entry] of entries.entries()) {
    const before = entries[i - 1]?.workId ?? '';
    if (entry.workId < before) throw wrong(`entry ${i} is out of order`);
    if (entry.workId !== before) ids++;
    if (entry.first !== first) throw wrong(`entry ${i} does not begin where the one before ends`);
    first += entry.words + (entry.words & 1);
  }
  if (first !== words) throw wrong('the texts do not make up all words');
  if (ids !== works) throw wrong(`${ids} works instead of ${works}`);
  let last = 0;
  for (const start of buckets) {
    if (start < last) throw wrong('a bucket ends before it begins');
    last = start;
  }
  if (buckets[0] !== 0 || last !== places.length) throw wrong('the buckets do not hold all fingerprints');
  for (const place of places) if (place >= words) throw wrong('a fingerprint lies behind the last word');
  for (let i = 0; i < keys.count; i++) {
    const kind = keys.view.getUint32(i * KEY_BYTES + 32, true);
    const entry = keys.view.getUint32(i * KEY_BYTES + 36, true);
    if (kind >= KEY_KINDS.length || entry >= entries.length) throw wrong(`key ${i} points nowhere`);
    if (i > 0 && compare(keys.bytes, (i - 1) * KEY_BYTES, keys.bytes, i * KEY_BYTES) > 0)
      throw wrong(`key ${i} is out of order`);
  }
}

/** A work one of whose files is exactly this one. */
export type ExactMatch = { readonly workId: string; readonly withdrawn: boolean; readonly kind: KeyKind };

/**
 * Works that have one of these exact hashes; each work once per kind.
 *
 * @example
 * const keys = exactKeys(new TextEncoder().encode('The sea'))
 * const id = '00000000-0000-4000-8000-000000000001'
 * const index = readIndex(buildIndex([{ id, keys }], { created: new Date(0) }).bytes)
 * exactMatches(index, keys)[0].kind // => 'bytes'
 */
export function exactMatches({ keys, entries }: MatchIndex, wanted: readonly ExactKey[]): ExactMatch[] {
  const found: ExactMatch[] = [];
  for (const { kind, sha256 } of wanted) {
    const hash = fromHex(sha256);
    let low = 0;
    let high = keys.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(keys.bytes, middle * KEY_BYTES, hash, 0) < 0) low = middle + 1;
      else high = middle;
    }
    for (; low < keys.count && compare(keys.bytes, low * KEY_BYTES, hash, 0) === 0; low++) {
      if (keys.view.getUint32(low * KEY_BYTES + 32, true) !== KEY_KINDS.indexOf(kind)) continue;
      const { workId, withdrawn } = entries[keys.view.getUint32(low * KEY_BYTES + 36, true)]!;
      found.push({ workId, withdrawn, kind });
    }
  }
  return found;
}

/**
 * Whether any work is known by this kind of hash; where none is, decoding pictures or recordings finds nothing.
 *
 * @example
 * hasKeys(readIndex(buildIndex([], { created: new Date(0) }).bytes), 'pixels') // => false
 */
export function hasKeys({ keys }: MatchIndex, kind: KeyKind): boolean {
  const wanted = KEY_KINDS.indexOf(kind);
  for (let i = 0; i < keys.count; i++)
    if (keys.view.getUint32(i * KEY_BYTES + 32, true) === wanted) return true;
  return false;
}

function compare(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): number {
  for (let i = 0; i < 32; i++) {
    const difference = a[aAt + i]! - b[bAt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
