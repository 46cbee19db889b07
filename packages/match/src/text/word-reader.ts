import { classOf, DROPPED, foldOf, GRAM, LETTER, MARK, SEPARATOR, wordsOf } from './characters.ts';

/** A word is cut after so many bytes; base64 and the like are no words, and memory stays bounded. */
export const MAX_WORD_BYTES = 1024;

/** Room kept in the sink: one word of the bytes can become several when normalised. */
const RESERVE = 2 * MAX_WORD_BYTES;

const SEED_1 = 0x811c9dc5 | 0;
const SEED_2 = 0x2545f491;
const STEP_1 = 0x01000193;
const STEP_2 = 0x85ebca6b | 0;

// ASCII: 0 separates, 1 to 127 the folded character; then what is looked at more closely.
const ASCII_DROPPED = 128;
const NOT_ASCII = 129;
const table = new Uint8Array(256).fill(NOT_ASCII, 128);
for (let code = 0; code < 128; code++) {
  const found = classOf(code);
  table[code] = found === LETTER ? foldOf(code) : found === DROPPED ? ASCII_DROPPED : 0;
}

/** Words as two 32-bit hashes each, and the bytes they came from. */
export type WordSink = {
  readonly capacity: number;
  count: number;
  readonly hash1: Int32Array;
  readonly hash2: Int32Array;
  /** First byte and the byte after the last, counted from the start of the document. */
  readonly from: Float64Array;
  readonly to: Float64Array;
};

/** One lane of 32 bits spread over all bits (the finalizer of MurmurHash3). */
export function spread(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/**
 * Reads words from UTF-8 into the sink until it is full (with room for what one piece of text can become) or the bytes end.
 * Answers how far it read. Unless `final`, a word that touches the end is left for the next call with more bytes. Invalid UTF-8 separates.
 */
export function readWords(
  bytes: Uint8Array,
  start: number,
  final: boolean,
  offset: number,
  sink: WordSink,
): number {
  const end = bytes.length;
  const full = sink.capacity - RESERVE;
  const { hash1, hash2, from, to } = sink;
  let at = start;
  let count = sink.count;
  while (at < end) {
    const first = table[bytes[at]!]!;
    if (first === 0 || first === ASCII_DROPPED) {
      at++;
      continue;
    }
    if (count >= full) break;
    const begin = at;
    const limit = end - begin > MAX_WORD_BYTES ? begin + MAX_WORD_BYTES : end;
    let lane1 = SEED_1;
    let lane2 = SEED_2;
    let wordEnd = begin;
    let cut = false;
    let complex = false;
    while (at < limit) {
      const value = table[bytes[at]!]!;
      if (value < ASCII_DROPPED) {
        if (value === 0) break;
        lane1 = Math.imul(lane1 ^ value, STEP_1);
        lane2 = Math.imul(lane2 ^ value, STEP_2);
        wordEnd = ++at;
        continue;
      }
      if (value === ASCII_DROPPED) {
        at++;
        continue;
      }
      const length = sequenceLength(bytes, at, end);
      if (length === 0) {
        cut = true;
        break;
      }
      if (at + length > begin + MAX_WORD_BYTES) break;
      const code = length === 1 ? 0xfffd : decode(bytes, at, length);
      const found = classOf(code);
      if (found === SEPARATOR) break;
      if (found === DROPPED) {
        at += length;
        continue;
      }
      if (found === GRAM) {
        if (wordEnd !== begin) break;
        at += length;
        wordEnd = at;
        const after = marksAfter(bytes, at, end, final);
        if (after < 0) cut = true;
        else if (after > at || code > 0xffff) {
          complex = true;
          at = wordEnd = after;
        } else {
          lane1 = Math.imul(lane1 ^ foldOf(code), STEP_1);
          lane2 = Math.imul(lane2 ^ foldOf(code), STEP_2);
        }
        break;
      }
      at += length;
      if (found === MARK && wordEnd === begin) continue;
      wordEnd = at;
      if (found === LETTER) {
        const folded = foldOf(code);
        lane1 = Math.imul(lane1 ^ folded, STEP_1);
        lane2 = Math.imul(lane2 ^ folded, STEP_2);
      } else complex = true;
    }
    if ((cut || (at === end && at - begin < MAX_WORD_BYTES)) && !final) {
      sink.count = count;
      return begin;
    }
    // Nothing but marks, dropped characters or a broken sequence.
    if (wordEnd === begin) {
      at = at === begin ? at + Math.max(1, sequenceLength(bytes, at, end)) : at;
      continue;
    }
    if (!complex) {
      hash1[count] = spread(lane1);
      hash2[count] = spread(lane2);
      from[count] = offset + begin;
      to[count++] = offset + wordEnd;
      continue;
    }
    for (const word of wordsOf(textOf(bytes, begin, wordEnd))) {
      lane1 = SEED_1;
      lane2 = SEED_2;
      for (let i = 0; i < word.length; i++) {
        lane1 = Math.imul(lane1 ^ word.charCodeAt(i), STEP_1);
        lane2 = Math.imul(lane2 ^ word.charCodeAt(i), STEP_2);
      }
      hash1[count] = spread(lane1);
      hash2[count] = spread(lane2);
      from[count] = offset + begin;
      to[count++] = offset + wordEnd;
    }
  }
  sink.count = count;
  return at;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a stretch of bytes; what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** Bytes of the character at a place (1 for what is not UTF-8), or 0 when the bytes end inside it. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead >= 0xf5) return 1;
  for (let i = 1; i < length; i++) {
    if (at + i >= end) return 0;
    if ((bytes[at + i]! & 0xc0) !== 0x80) return 1;
  }
  const second = bytes[at + 1]!;
  const invalid =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second >= 0xa0) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second >= 0x90);
  return invalid ? 1 : length;
}

function decode(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at]!;
  if (length === 2) return ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
  const two = ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
  if (length === 3) return ((lead & 0x0f) << 12) | two;
  return ((lead & 0x07) << 18) | (two << 6) | (bytes[at + 3]! & 0x3f);
}

/** Where the marks that follow a character end; -1 when more bytes could bring more of them. */
function marksAfter(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  const limit = Math.min(end, at + MAX_WORD_BYTES / 2);
  let next = at;
  let marked = at;
  while (next < limit) {
    const length = sequenceLength(bytes, next, end);
    if (length === 0) break;
    const lead = bytes[next]!;
    const found = length > 1 ? classOf(decode(bytes, next, length)) : lead < 0x80 ? classOf(lead) : SEPARATOR;
    if (found !== MARK && found !== DROPPED) return marked;
    next += length;
    if (found === MARK) marked = next;
  }
  return final || limit < end ? marked : -1;
}
