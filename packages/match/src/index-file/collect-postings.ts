import type { TextPrint } from '../text/text-print.ts';
import { bucketBitsFor } from './layout.ts';

/** One text of a work, or a work without a text to compare; `first` is its first word among those of all texts. */
export type Entry = {
  readonly id: string;
  readonly withdrawn: boolean;
  readonly first: number;
  readonly print?: TextPrint;
};

export type PostingOptions = {
  readonly commonAt?: number;
  readonly isBackground?: (lane1: number, lane2: number) => boolean;
};

export type Postings = {
  readonly bucketBits: number;
  /** How many there were before common ones were left out. */
  readonly all: number;
  readonly kept: {
    /** Where each bucket begins, and the end. */
    readonly buckets: Uint32Array;
    readonly tags: Uint32Array;
    readonly places: Uint32Array;
  };
};

/** The default of `commonAt`. */
export const COMMON_AT = 16;
const SMALL = 24;

/** Words an entry takes in the numbering of all words: an even number, so that its checks begin at a byte. */
export function wordsIn({ print }: Entry): number {
  return print ? print.words + (print.words & 1) : 0;
}

/** Sorts all fingerprints into buckets by `lane2`, in them by `lane1` and place, and leaves out the common ones. */
export function collectPostings(entries: readonly Entry[], options: PostingOptions): Postings {
  const all = entries.reduce((sum, { print }) => sum + (print?.lane1.length ?? 0), 0);
  const bucketBits = bucketBitsFor(all);
  const shift = 32 - bucketBits;
  const starts = new Uint32Array(2 ** bucketBits + 1);
  for (const { print } of entries) {
    if (print) for (const lane2 of print.lane2) starts[(lane2 >>> shift) + 1]!++;
  }
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const next = starts.slice();
  const tags = new Uint32Array(all);
  const places = new Uint32Array(all);
  const texts = new Uint32Array(all);
  const textNumbers = new Map<string, number>();
  for (const { first, print } of entries) {
    if (!print) continue;
    // Copies of one text are one text: registering it again must not make it common.
    const text = textNumbers.get(print.textKey) ?? textNumbers.size;
    textNumbers.set(print.textKey, text);
    for (let i = 0; i < print.lane1.length; i++) {
      const at = next[print.lane2[i]! >>> shift]!++;
      tags[at] = print.lane1[i]!;
      places[at] = first + print.position[i]!;
      texts[at] = text;
      if (options.isBackground?.(print.lane1[i]!, print.lane2[i]!)) texts[at] = BACKGROUND;
    }
  }
  const kept = { buckets: new Uint32Array(starts.length), tags, places };
  let count = 0;
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const [from, to] = [starts[bucket]!, starts[bucket + 1]!];
    kept.buckets[bucket] = count;
    sortBucket(tags, places, texts, from, to);
    for (let at = from; at < to; ) {
      let end = at + 1;
      while (end < to && tags[end] === tags[at]) end++;
      if (!isCommon(texts, at, end, options.commonAt ?? COMMON_AT)) {
        for (let i = at; i < end; i++) {
          tags[count] = tags[i]!;
          places[count++] = places[i]!;
        }
      }
      at = end;
    }
  }
  kept.buckets[starts.length - 1] = count;
  return {
    bucketBits,
    all,
    kept: { ...kept, tags: tags.subarray(0, count), places: places.subarray(0, count) },
  };
}

const BACKGROUND = 0xffffffff;

function isCommon(texts: Uint32Array, from: number, to: number, commonAt: number): boolean {
  if (texts[from] === BACKGROUND) return true;
  if (to - from < commonAt) return false;
  return new Set(texts.subarray(from, to)).size >= commonAt;
}

function sortBucket(
  tags: Uint32Array,
  places: Uint32Array,
  texts: Uint32Array,
  from: number,
  to: number,
): void {
  if (to - from > SMALL) {
    const order = Array.from({ length: to - from }, (_, i) => from + i);
    order.sort((a, b) => tags[a]! - tags[b]! || places[a]! - places[b]!);
    for (const array of [tags, places, texts])
      array.set(
        order.map((i) => array[i]!),
        from,
      );
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const [tag, place, text] = [tags[i]!, places[i]!, texts[i]!];
    let at = i;
    for (; at > from && (tags[at - 1]! > tag || (tags[at - 1] === tag && places[at - 1]! > place)); at--) {
      tags[at] = tags[at - 1]!;
      places[at] = places[at - 1]!;
      texts[at] = texts[at - 1]!;
    }
    tags[at] = tag;
    places[at] = place;
    texts[at] = text;
  }
}
