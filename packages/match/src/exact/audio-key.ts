import { Sha256 } from '../sha256.ts';
import { toHex } from '../text/text-key.ts';
import { readFlac } from './flac.ts';
import { md5 } from './md5.ts';
import { framesOfMpeg } from './mpeg.ts';
import type { Samples } from './samples.ts';
import { readWav } from './wav.ts';

const DOMAIN = new TextEncoder().encode('clearway-audio-1\0');
const KINDS = ['integer', 'float', 'mpeg'] as const;

/**
 * An exact hash of what a recording holds, whatever its tags say: the samples of WAV and FLAC (the same for both, so a
 * WAV is found again as FLAC), the frames of MP3 without ID3 and APE tags. Undefined for other formats, and where a FLAC file does
 * not say what its samples are.
 *
 * It is SHA-256 of `clearway-audio-1`, a NUL, the kind (0 integer, 1 float, 2 mpeg), channels and bits per sample (a byte each), sample rate
 * (32 bits) and length (64 bits, both little-endian) and the MD5 that FLAC keeps. MD5 can be forged and FLAC files can lie about it: a match says that the
 * files say so.
 *
 * Throws MatchError `media-malformed`.
 *
 * @example
 * const frames = new Uint8Array([0xff, 0xfb, 0x90, 0x64, 1, 2, 3])
 * const tagged = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 1, 9, ...frames])
 * audioKey(tagged) === audioKey(frames) // => true
 * audioKey(new TextEncoder().encode('The sea')) // => undefined
 */
export function audioKey(bytes: Uint8Array): string | undefined {
  const samples = readWav(bytes) ?? readFlac(bytes) ?? mpegOf(bytes);
  if (!samples) return undefined;
  const view = new DataView(new ArrayBuffer(15));
  view.setUint8(0, KINDS.indexOf(samples.kind));
  view.setUint8(1, samples.channels);
  view.setUint8(2, samples.bitsPerSample);
  view.setUint32(3, samples.sampleRate, true);
  view.setBigUint64(7, BigInt(samples.length), true);
  return toHex(new Sha256().update(DOMAIN).update(new Uint8Array(view.buffer)).update(samples.md5).digest());
}

function mpegOf(bytes: Uint8Array): Samples | undefined {
  const frames = framesOfMpeg(bytes);
  if (!frames) return undefined;
  return {
    kind: 'mpeg',
    sampleRate: 0,
    channels: 0,
    bitsPerSample: 0,
    length: frames.length,
    md5: md5(frames),
  };
}
