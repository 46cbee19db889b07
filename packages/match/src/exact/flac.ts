import { MatchError } from '../match-error.ts';
import { afterId3 } from './mpeg.ts';
import type { Samples } from './samples.ts';

const STREAMINFO_BYTES = 34;

/** What a FLAC file says its samples are (RFC 9639 section 8.2); undefined for another format, or when it does not say. */
export function readFlac(bytes: Uint8Array): Samples | undefined {
  const at = afterId3(bytes);
  if (String.fromCharCode(...bytes.subarray(at, at + 4)) !== 'fLaC') return undefined;
  if (bytes.length < at + 8 + STREAMINFO_BYTES || (bytes[at + 4]! & 0x7f) !== 0)
    throw new MatchError('media-malformed', 'a FLAC file without STREAMINFO');
  const info = at + 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed = view.getUint32(info + 10);
  const length = (packed & 0xf) * 2 ** 32 + view.getUint32(info + 14);
  const md5 = bytes.slice(info + 18, info + 34);
  if (length === 0 || md5.every((byte) => byte === 0)) return undefined;
  return {
    kind: 'integer',
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitsPerSample: ((packed >>> 4) & 31) + 1,
    length,
    md5,
  };
}
