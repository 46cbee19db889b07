import { MatchError } from '../match-error.ts';
import { SHINGLE, ShingleReader } from './shingle-reader.ts';
import { fromHex, hashWords, toHex, utf8 } from './text-key.ts';

/** Texts with fewer words are recognised as a whole only. */
export const MIN_WORDS = 30;

/** What the index needs of one text. Holds no words: hashes of 7-word shingles, and 4 bits of each shingle. */
export type TextPrint = {
  readonly words: number;
  /** See `textKey`. */
  readonly textKey: string;
  /** Per fingerprint: two lanes of the hash, and the word at which its shingle begins. Empty for short texts. */
  readonly lane1: Uint32Array;
  readonly lane2: Uint32Array;
  readonly position: Uint32Array;
  /** Four bits per word: of the shingle that begins there. Low half of a byte first. Empty for short texts. */
  readonly checks: Uint8Array;
};

/** Of a shingle that comes again and again, such as a refrain, so many places are kept. */
const SAME_SHINGLE = 16;
const MAGIC = 0x50545743; // CWTP
const VERSION = 1;
const HEAD = 48;

/**
 * The fingerprint of a text: what an index is built from.
 *
 * @example
 * const print = printText('How doth the little crocodile improve his shining tail')
 * print.words // => 9
 * print.lane1.length // => 0
 */
export function printText(text: string | Uint8Array): TextPrint {
  const bytes = utf8(text);
  const lane1: number[] = [];
  const lane2: number[] = [];
  const position: number[] = [];
  let checks = new Uint8Array(Math.ceil(bytes.length / 8) + 16);
  const seen = new Map<number, number>();
  const reader = new ShingleReader((block) => {
    for (let i = block.fresh; i < block.shingles; i++) {
      const word = block.first + i;
      const at = word >>> 1;
      if (at >= checks.length) checks = grown(checks, at);
      checks[at]! |= (block.lane1[i]! & 15) << ((word & 1) * 4);
    }
    for (let i = 0; i < block.selectedCount; i++) {
      const at = block.selected[i]!;
      const hash = (block.lane1[at]! >>> 0) * 0x200000 + (block.lane2[at]! >>> 11);
      const before = seen.get(hash) ?? 0;
      if (before === SAME_SHINGLE) continue;
      seen.set(hash, before + 1);
      lane1.push(block.lane1[at]! >>> 0);
      lane2.push(block.lane2[at]! >>> 0);
      position.push(block.first + at);
    }
  });
  reader.push(bytes);
  reader.end();
  const { words } = reader;
  const key = toHex(hashWords(bytes));
  if (words < MIN_WORDS) {
    const none = new Uint32Array(0);
    return { words, textKey: key, lane1: none, lane2: none, position: none, checks: new Uint8Array(0) };
  }
  return {
    words,
    textKey: key,
    lane1: Uint32Array.from(lane1),
    lane2: Uint32Array.from(lane2),
    position: Uint32Array.from(position),
    checks: grown(checks, 0).slice(0, Math.ceil(words / 2)),
  };
}

function grown(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, at + 1));
  larger.set(bytes);
  return larger;
}

/**
 * A print as bytes, for storing: magic `CWTP`, version, words, count, key (32 bytes), then lane1, lane2 and position as
 * little-endian 32-bit numbers, then the checks.
 *
 * @example
 * encodePrint(printText('The sea')).length // => 48
 */
export function encodePrint(print: TextPrint): Uint8Array {
  const count = print.lane1.length;
  const out = new Uint8Array(HEAD + 12 * count + print.checks.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, print.words, true);
  view.setUint32(12, count, true);
  out.set(fromHex(print.textKey), 16);
  for (const [which, lane] of [print.lane1, print.lane2, print.position].entries()) {
    for (let i = 0; i < count; i++) view.setUint32(HEAD + 4 * (which * count + i), lane[i]!, true);
  }
  out.set(print.checks, HEAD + 12 * count);
  return out;
}

/**
 * Reads {@link encodePrint}. Throws MatchError `print-invalid`.
 *
 * @example
 * decodePrint(encodePrint(printText('The sea'))).words // => 2
 * decodePrint(new Uint8Array(9)) // => throws print-invalid
 */
export function decodePrint(bytes: Uint8Array): TextPrint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD || view.getUint32(0, true) !== MAGIC)
    throw new MatchError('print-invalid', 'it is not a stored text print');
  if (view.getUint32(4, true) !== VERSION)
    throw new MatchError('print-invalid', `version ${view.getUint32(4, true)} is not ${VERSION}`);
  const words = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  const checks = words < MIN_WORDS ? 0 : Math.ceil(words / 2);
  if (bytes.length !== HEAD + 12 * count + checks)
    throw new MatchError('print-invalid', `${bytes.length} bytes do not fit ${count} fingerprints`);
  const lane = (which: number) =>
    Uint32Array.from({ length: count }, (_, i) => view.getUint32(HEAD + 4 * (which * count + i), true));
  const position = lane(2);
  if (position.some((at) => at + SHINGLE > words))
    throw new MatchError('print-invalid', 'a fingerprint lies behind the end of the text');
  return {
    words,
    textKey: toHex(bytes.subarray(16, HEAD)),
    lane1: lane(0),
    lane2: lane(1),
    position,
    checks: bytes.slice(HEAD + 12 * count),
  };
}
