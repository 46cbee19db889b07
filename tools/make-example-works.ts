// Makes the pictures and the recording under examples/works: drawn and played by this program, so they are ours to
// give away (CC0). Same program, same bytes. Run: node tools/make-example-works.ts
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const folder = new URL('../examples/works/', import.meta.url);

/** An 8-bit RGB PNG (W3C PNG, third edition). */
function png(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly [number, number, number],
): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(pixel(x / width, y / height), y * (1 + width * 3) + 1 + x * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Mono 16-bit PCM in a WAVE file. */
function wav(rate: number, samples: readonly number[]): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  for (const [i, sample] of samples.entries()) file.writeInt16LE(Math.round(sample * 32_000), 44 + i * 2);
  return file;
}

const mix = (a: number, b: number, t: number) => Math.round(a + (b - a) * Math.max(0, Math.min(1, t)));

/** A lighthouse beam over water at dusk. */
const lighthouse = png(480, 320, (x, y) => {
  const sea = y > 0.62;
  const wave = sea ? Math.sin(x * 40 + y * 160) * 0.03 : 0;
  const beam = !sea && Math.abs(y - 0.3 - (x - 0.2) * 0.18) < (x - 0.2) * 0.09 ? 0.5 : 0;
  const tower = Math.abs(x - 0.2) < 0.02 + (y - 0.28) * 0.05 && y > 0.28 && y < 0.64;
  if (tower) return Math.floor(y * 22) % 2 ? [196, 60, 44] : [236, 230, 214];
  const t = y + wave - beam;
  return sea
    ? [mix(36, 12, t), mix(64, 30, t), mix(86, 44, t)]
    : [mix(242, 60, t * 1.4), mix(188, 72, t * 1.3), mix(120, 118, t)];
});

/** Rings as of a tree, or of a stone thrown into water. */
const rings = png(360, 360, (x, y) => {
  const r = Math.hypot(x - 0.46, y - 0.54) + Math.sin(Math.atan2(y - 0.54, x - 0.46) * 5) * 0.012;
  const band = (Math.sin(r * 90) + 1) / 2;
  return [mix(244, 96, band * r * 2), mix(232, 70, band * r * 2.2), mix(206, 52, band * r * 2.4)];
});

/** Eight bars of a small tune: plucked tones with decay. */
function tune(rate: number): number[] {
  const notes = [0, 4, 7, 4, 5, 9, 7, 2, 0, 4, 7, 12, 11, 7, 4, 0];
  const length = Math.round(rate * 0.32);
  return notes.flatMap((semitones) => {
    const frequency = 261.63 * 2 ** (semitones / 12);
    return Array.from({ length }, (_, i) => {
      const t = i / rate;
      const attack = Math.min(1, t * 120);
      const tone = Math.sin(2 * Math.PI * frequency * t) + 0.4 * Math.sin(4 * Math.PI * frequency * t);
      return attack * Math.exp(-t * 7) * tone * 0.6;
    });
  });
}

writeFileSync(new URL('lighthouse.png', folder), lighthouse);
writeFileSync(new URL('rings.png', folder), rings);
writeFileSync(new URL('harbour-tune.wav', folder), wav(8_000, tune(8_000)));
