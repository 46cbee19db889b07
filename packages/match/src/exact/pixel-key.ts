import { MatchError } from '../match-error.ts';
import { Sha256 } from '../sha256.ts';
import { toHex } from '../text/text-key.ts';

/** A decoded image: eight bits each of red, green, blue and alpha (not premultiplied), rows from the top, upright (EXIF applied). */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };

const DOMAIN = new TextEncoder().encode('clearway-pixels-1\0');
const PIECE = 1 << 16;

/**
 * SHA-256 of what an image shows, equal after lossless re-encoding (PNG, lossless WebP, TIFF): `clearway-pixels-1`, a NUL,
 * width and height as little-endian 32-bit numbers, then the pixels. The colour of wholly transparent pixels does
 * not count: encoders change it. An image without alpha is one with alpha 255 everywhere.
 *
 * Throws MatchError `pixels-malformed`.
 *
 * @example
 * const one = (data) => pixelKey({ width: 1, height: 1, data: new Uint8Array(data) })
 * one([9, 9, 9, 0]) === one([0, 0, 0, 0]) // => true
 * one([9, 9, 9, 1]) === one([0, 0, 0, 1]) // => false
 */
export function pixelKey({ width, height, data }: Pixels): string {
  const sizes = [width, height].every((size) => Number.isInteger(size) && size > 0 && size < 2 ** 32);
  if (!sizes || data.length !== width * height * 4)
    throw new MatchError('pixels-malformed', `${width} × ${height} and ${data.length} bytes`);
  const size = new DataView(new ArrayBuffer(8));
  size.setUint32(0, width, true);
  size.setUint32(4, height, true);
  const hash = new Sha256().update(DOMAIN).update(new Uint8Array(size.buffer));
  for (let at = 0; at < data.length; at += PIECE) hash.update(withoutHidden(data.subarray(at, at + PIECE)));
  return toHex(hash.digest());
}

function withoutHidden(pixels: Uint8Array): Uint8Array {
  let shown: Uint8Array | undefined;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] !== 0) continue;
    shown ??= pixels.slice();
    shown.fill(0, at, at + 4);
  }
  return shown ?? pixels;
}
