import { MatchError } from '../match-error.ts';
import { md5 } from './md5.ts';
import type { Samples } from './samples.ts';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** The samples of a WAV file; undefined for another format or an encoding other than plain samples. */
export function readWav(bytes: Uint8Array): Samples | undefined {
  if (tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WAVE') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: ReturnType<typeof readFormat> | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(bytes, at);
    const size = view.getUint32(at + 4, true);
    const from = at + 8;
    if (name === 'fmt ') format = readFormat(view, from, size);
    if (name === 'data') {
      if (!format) throw new MatchError('media-malformed', 'WAV samples without a format');
      // Programs that write to a pipe cannot know the size and write the largest.
      const end = size === 0xffffffff ? bytes.length : from + size;
      if (end > bytes.length) throw new MatchError('media-malformed', 'the WAV file ends within its samples');
      return samplesOf(bytes.subarray(from, end), format);
    }
    at = from + size + (size & 1);
  }
  throw new MatchError('media-malformed', 'a WAV file without samples');
}

function readFormat(view: DataView, at: number, size: number) {
  if (size < 16 || at + size > view.byteLength)
    throw new MatchError('media-malformed', 'WAV format too short');
  const encoding = view.getUint16(at, true);
  const bits = view.getUint16(at + 14, true);
  const extended = encoding === EXTENSIBLE && size >= 40;
  return {
    encoding: extended ? view.getUint16(at + 24, true) : encoding,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits,
    valid: extended ? view.getUint16(at + 18, true) : bits,
  };
}

function samplesOf(
  data: Uint8Array,
  { encoding, channels, sampleRate, bits, valid }: ReturnType<typeof readFormat>,
): Samples | undefined {
  const plain =
    encoding === PCM ? [8, 16, 24, 32].includes(bits) : encoding === FLOAT && [32, 64].includes(bits);
  if (!plain || valid !== bits) return undefined;
  if (channels < 1 || channels > 255)
    throw new MatchError('media-malformed', `WAV with ${channels} channels`);
  const length = Math.floor(data.length / (channels * (bits / 8)));
  const used = data.subarray(0, length * channels * (bits / 8));
  // WAV alone has unsigned samples, and only of eight bits.
  const signed = bits === 8 ? used.map((sample) => sample ^ 0x80) : used;
  const kind = encoding === PCM ? 'integer' : 'float';
  return { kind, sampleRate, channels, bitsPerSample: bits, length, md5: md5(signed) };
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
