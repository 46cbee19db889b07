import { createHash } from 'node:crypto';

/** Two channels of sixteen bits at 44,100 Hz: a tone that slides, so that no two stretches are the same. */
export function slidingTone(frames: number): Int16Array {
  const samples = new Int16Array(frames * 2);
  for (let i = 0; i < frames; i++) {
    samples[2 * i] = Math.round(12_000 * Math.sin(i * (0.02 + i * 1e-7)));
    samples[2 * i + 1] = Math.round(9_000 * Math.sin(i * 0.031));
  }
  return samples;
}

/** Samples as WAV, with a list of tags that says nothing about them. */
export function toWav(samples: Int16Array, comment = ''): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(2, 2);
  format.writeUInt32LE(44_100, 4);
  format.writeUInt32LE(44_100 * 4, 8);
  format.writeUInt16LE(4, 12);
  format.writeUInt16LE(16, 14);
  const tags = comment === '' ? [] : [chunk('LIST', Buffer.from(`INFO${comment}`))];
  return chunk(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), ...tags, chunk('data', data)]),
  );
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length & 1)]);
}

const BLOCK = 4_096;

/** Samples as FLAC (RFC 9639), every subframe verbatim: nothing is saved, nothing is lost. */
export function toFlac(samples: Int16Array): Buffer {
  const total = samples.length / 2;
  const info = Buffer.alloc(34);
  info.writeUInt16BE(BLOCK, 0);
  info.writeUInt16BE(BLOCK, 2);
  // Sample rate (20 bits), channels - 1 (3), bits - 1 (5), upper four bits of the length.
  info.writeUInt32BE(((44_100 << 12) | (1 << 9) | (15 << 4)) >>> 0, 10);
  info.writeUInt32BE(total, 14);
  const little = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  createHash('md5').update(little).digest().copy(info, 18);
  const frames: Buffer[] = [];
  for (let from = 0; from < total; from += BLOCK)
    frames.push(frameOf(samples.subarray(from * 2, Math.min(total, from + BLOCK) * 2), frames.length));
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, ...frames]);
}

function frameOf(samples: Int16Array, number: number): Buffer {
  const length = samples.length / 2;
  // Fixed block size, which is in 16 bits behind the number; the sample rate is that of the head; two channels of 16 bits.
  const head = Buffer.concat([
    Buffer.from([0xff, 0xf8, 0x70, 0x18]),
    Buffer.from(String.fromCodePoint(number)),
    Buffer.from([(length - 1) >> 8, (length - 1) & 255]),
  ]);
  const parts = [head, Buffer.from([crc(head, 8, 0x07)])];
  for (const channel of [0, 1]) {
    const verbatim = Buffer.alloc(1 + 2 * length);
    verbatim[0] = 2;
    for (let i = 0; i < length; i++) verbatim.writeInt16BE(samples[2 * i + channel]!, 1 + 2 * i);
    parts.push(verbatim);
  }
  const frame = Buffer.concat(parts);
  const check = crc(frame, 16, 0x8005);
  return Buffer.concat([frame, Buffer.from([check >> 8, check & 255])]);
}

function crc(bytes: Uint8Array, bits: 8 | 16, polynomial: number): number {
  const [top, mask] = [1 << (bits - 1), 2 ** bits - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let i = 0; i < 8; i++) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask;
  }
  return sum;
}
