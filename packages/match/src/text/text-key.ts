import { Sha256 } from '../sha256.ts';
import { wordsOf } from './characters.ts';
import { MAX_WORD_BYTES, readWords, textOf, type WordSink } from './word-reader.ts';

const CAPACITY = 8192;

/**
 * SHA-256 of the words of a text in UTF-8 with one space between them: equal for texts that differ in case, punctuation,
 * apostrophes, spacing and composition only. Lower-case hexadecimal.
 *
 * Unlike `textFingerprint`, punctuation does not count: it is the exact tier of the text matcher, and all there is for
 * texts shorter than 30 words.
 *
 * @example
 * textKey('The Sea, the sea!') === textKey('the sea -- THE SEA') // => true
 */
export function textKey(text: string | Uint8Array): string {
  return toHex(hashWords(utf8(text)));
}

/** The same as {@link textKey}, as bytes. */
export function hashWords(bytes: Uint8Array): Uint8Array {
  const sink: WordSink = {
    capacity: CAPACITY,
    count: 0,
    hash1: new Int32Array(CAPACITY),
    hash2: new Int32Array(CAPACITY),
    from: new Float64Array(CAPACITY),
    to: new Float64Array(CAPACITY),
  };
  const hash = new Sha256();
  let out = new Uint8Array(1 << 16);
  let filled = 0;
  const encoder = new TextEncoder();
  let first = true;
  let last = -1;
  for (let at = 0; at < bytes.length; ) {
    sink.count = 0;
    at = readWords(bytes, at, true, 0, sink);
    for (let i = 0; i < sink.count; i++) {
      // What one stretch of text became when normalised is taken once.
      if (sink.from[i] === last) continue;
      last = sink.from[i]!;
      const to = sink.to[i]!;
      if (filled + 8 * MAX_WORD_BYTES > out.length) {
        hash.update(out.subarray(0, filled));
        out = new Uint8Array(out.length);
        filled = 0;
      }
      if (!first) out[filled++] = 0x20;
      first = false;
      const length = foldAscii(bytes, last, to, out, filled);
      if (length >= 0) filled += length;
      else
        filled += encoder.encodeInto(
          wordsOf(textOf(bytes, last, to)).join(' '),
          out.subarray(filled),
        ).written;
    }
  }
  return hash.update(out.subarray(0, filled)).digest();
}

/** Writes a word of ASCII only in lower case without apostrophes; answers its length, or -1 when there is more in it. */
function foldAscii(bytes: Uint8Array, from: number, to: number, out: Uint8Array, filled: number): number {
  let at = filled;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return -1;
    if (byte === 0x27 || byte === 0x60) continue;
    out[at++] = byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
  }
  return at - filled;
}

export function utf8(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(hex: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(hex)) throw new TypeError('not lower-case hexadecimal');
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
