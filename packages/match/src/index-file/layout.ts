/** The first four bytes of an index: `CWMI`, read as a little-endian number. */
export const MAGIC = 0x494d5743;
export const VERSION = 1;
export const HEADER_BYTES = 128;
export const ENTRY_BYTES = 32;
export const KEY_BYTES = 40;
/** Where the header keeps the SHA-256 of everything else. */
export const HASH_AT = 96;
export const WITHDRAWN = 1;

/** Which exact hash of a work a key is. The order is part of the format. */
export const KEY_KINDS = ['bytes', 'text', 'pixels', 'audio'] as const;

/** What counts as equal: the bytes, the words of a text, the pixels of an image, or the samples or frames of a recording. */
export type KeyKind = (typeof KEY_KINDS)[number];

/** An exact hash of a file. */
export type ExactKey = { readonly kind: KeyKind; readonly sha256: string };

export type Counts = {
  readonly entries: number;
  readonly keys: number;
  /** Words of all texts together. */
  readonly words: number;
  readonly postings: number;
  readonly bucketBits: number;
};

/** Where each part begins; each begins at a multiple of eight. */
export function layoutOf({ entries, keys, words, postings, bucketBits }: Counts) {
  const entriesAt = HEADER_BYTES;
  const keysAt = entriesAt + entries * ENTRY_BYTES;
  const checksAt = keysAt + keys * KEY_BYTES;
  const bucketsAt = checksAt + upToEight(Math.ceil(words / 2));
  const tagsAt = bucketsAt + upToEight(4 * (2 ** bucketBits + 1));
  const placesAt = tagsAt + upToEight(4 * postings);
  return {
    entriesAt,
    keysAt,
    checksAt,
    bucketsAt,
    tagsAt,
    placesAt,
    end: placesAt + upToEight(4 * postings),
  };
}

function upToEight(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** About two fingerprints in a bucket. */
export function bucketBitsFor(postings: number): number {
  return Math.min(28, Math.max(8, Math.ceil(Math.log2(Math.max(1, postings / 2)))));
}
