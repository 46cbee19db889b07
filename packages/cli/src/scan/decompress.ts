import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors as others } from 'hyparquet-compressors';

type Decompress = (input: Uint8Array, length: number) => Uint8Array;

const CODECS: { readonly [codec: string]: Decompress } = {
  ...(others as { [codec: string]: Decompress }),
  // Native ones are faster, and stop at the length that was announced.
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(length, 1) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(length, 1) }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: Math.max(length, 1) }),
};

/**
 * What makes pages readable, until they hold more than the group said of itself: a page could claim any length. `refuse`
 * throws.
 */
export function decompressors(budget: number, refuse: () => never): Compressors {
  let left = budget;
  const limited = (decompress: Decompress) => (input: Uint8Array, length: number) => {
    left -= length;
    if (left < 0 || length < 0) refuse();
    return decompress(input, length);
  };
  return Object.fromEntries(Object.entries(CODECS).map(([codec, of]) => [codec, limited(of)]));
}
