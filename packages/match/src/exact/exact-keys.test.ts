import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audioKey } from './audio-key.ts';
import { exactKeys } from './exact-keys.ts';
import { md5 } from './md5.ts';
import { pixelKey } from './pixel-key.ts';

const md5Of = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
const ascii = (text: string) => Buffer.from(text, 'latin1');
const le = (bytes: number, value: number) => {
  const out = Buffer.alloc(bytes);
  out.writeUIntLE(value, 0, bytes);
  return out;
};
const chunk = (name: string, data: Uint8Array) =>
  Buffer.concat([ascii(name), le(4, data.length), data, Buffer.alloc(data.length & 1)]);

function wav(
  data: Uint8Array,
  { bits = 16, channels = 2, encoding = 1, before = [] as Buffer[] } = {},
): Buffer {
  const block = (channels * bits) / 8;
  const format = [
    le(2, encoding),
    le(2, channels),
    le(4, 44_100),
    le(4, 44_100 * block),
    le(2, block),
    le(2, bits),
  ];
  const body = [ascii('WAVE'), ...before, chunk('fmt ', Buffer.concat(format)), chunk('data', data)];
  return Buffer.concat([ascii('RIFF'), le(4, Buffer.concat(body).length), ...body]);
}

function flac(samples: Uint8Array, { bits = 16, channels = 2, digest = md5Of(samples) } = {}): Buffer {
  const info = Buffer.alloc(34);
  const length = (samples.length * 8) / bits / channels;
  info.writeUInt32BE(((44_100 << 12) | ((channels - 1) << 9) | ((bits - 1) << 4)) >>> 0, 10);
  info.writeUInt32BE(length, 14);
  digest.copy(info, 18);
  return Buffer.concat([ascii('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, Buffer.alloc(50, 1)]);
}

describe('md5', () => {
  it('agrees with node:crypto', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(md5(bytes))).toEqual(md5Of(bytes));
      }),
    );
  });
});

describe('audioKey', () => {
  const samples = Uint8Array.from({ length: 4000 }, (_, i) => (i * 37) & 255);

  it('is the same for WAV and FLAC, whatever else is in the file', () => {
    const key = audioKey(wav(samples));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(audioKey(wav(samples, { before: [chunk('LIST', ascii('odd'))] }))).toBe(key);
    expect(audioKey(flac(samples))).toBe(key);
    expect(audioKey(Buffer.concat([ascii('ID3\x04\0\0\0\0\0\x03abc'), flac(samples)]))).toBe(key);
    const streamed = wav(samples);
    streamed.writeUInt32LE(0xffffffff, streamed.length - samples.length - 4);
    expect(audioKey(streamed)).toBe(key);
  });

  it('knows that eight bits are unsigned in WAV only', () => {
    const signed = samples.map((sample) => sample ^ 0x80);
    expect(audioKey(wav(samples, { bits: 8 }))).toBe(audioKey(flac(signed, { bits: 8 })));
  });

  it('differs by a sample, channels, rate, depth and kind', () => {
    const other = samples.slice();
    other[9]! ^= 1;
    const keys = [
      wav(samples),
      wav(other),
      wav(samples, { channels: 1 }),
      wav(samples, { bits: 32 }),
      wav(samples, { bits: 32, encoding: 3 }),
    ].map((bytes) => audioKey(bytes));
    expect(new Set(keys).size).toBe(5);
  });

  it('of MP3 is of the frames, without tags', () => {
    const frames = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(400, 7)]);
    const key = audioKey(frames);
    const id3 = ascii('ID3\x03\0\0\0\0\x01\x02');
    const ape = Buffer.alloc(32);
    ape.write('APETAGEX', 'latin1');
    ape.writeUInt32LE(32 + 10, 12);
    const tagged = [
      id3,
      Buffer.alloc(130),
      Buffer.alloc(5),
      frames,
      Buffer.alloc(10, 3),
      ape,
      ascii('TAG'),
      Buffer.alloc(125),
    ];
    expect(audioKey(Buffer.concat(tagged))).toBe(key);
    expect(audioKey(Buffer.concat([frames, Buffer.from([1])]))).not.toBe(key);
  });

  it('is not given where nothing is known, and malformed files are refused', () => {
    expect(audioKey(ascii('OggS....'))).toBeUndefined();
    expect(audioKey(new Uint8Array(0))).toBeUndefined();
    expect(audioKey(flac(samples, { digest: Buffer.alloc(16) }))).toBeUndefined();
    expect(audioKey(wav(samples, { encoding: 2 }))).toBeUndefined();
    const malformed = expect.objectContaining({ code: 'media-malformed' });
    for (const bytes of [
      wav(samples).subarray(0, 2000),
      wav(samples).subarray(0, 30),
      ascii('RIFF\0\0\0\0WAVE'),
      flac(samples).subarray(0, 20),
      wav(samples, { channels: 0 }),
    ])
      expect(() => audioKey(bytes)).toThrow(malformed);
    fc.assert(
      fc.property(
        fc.constantFrom('RIFF....WAVEfmt ', 'fLaC', 'ID3', '\xff\xfb'),
        fc.uint8Array(),
        (head, tail) => {
          try {
            audioKey(Buffer.concat([ascii(head), tail]));
          } catch (error) {
            expect(error).toEqual(malformed);
          }
        },
      ),
    );
  });
});

describe('pixelKey', () => {
  const data = Uint8Array.from({ length: 6 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i));

  it('is of the form documented', () => {
    const expected = createHash('sha256')
      .update('clearway-pixels-1\0')
      .update(le(4, 3))
      .update(le(4, 2))
      .update(data);
    expect(pixelKey({ width: 3, height: 2, data })).toBe(expected.digest('hex'));
  });

  it('differs by a pixel, by shape and by alpha, not by what nobody sees', () => {
    const hidden = data.slice();
    hidden[3] = 0;
    const blank = hidden.slice();
    blank.fill(0, 0, 4);
    expect(pixelKey({ width: 3, height: 2, data: hidden })).toBe(
      pixelKey({ width: 3, height: 2, data: blank }),
    );
    expect(pixelKey({ width: 3, height: 2, data: hidden })).not.toBe(pixelKey({ width: 3, height: 2, data }));
    expect(pixelKey({ width: 2, height: 3, data })).not.toBe(pixelKey({ width: 3, height: 2, data }));
    expect(hidden[0]).toBe(0 + data[0]!);
  });

  it('refuses sizes that do not fit', () => {
    for (const [width, height] of [
      [2, 2],
      [0, 0],
      [-3, -2],
      [1.5, 4],
      [6, Number.NaN],
    ] as const)
      expect(() => pixelKey({ width, height, data })).toThrow(
        expect.objectContaining({ code: 'pixels-malformed' }),
      );
  });
});

describe('exactKeys', () => {
  it('are of the bytes, and of what is in the file', () => {
    const text = new TextEncoder().encode('The Sea');
    const page = new TextEncoder().encode('<title>The</title><p>s&shy;e<i>a</i>');
    const [bytes, words] = exactKeys(text, { mediaType: 'text/plain' });
    expect(bytes).toEqual({ kind: 'bytes', sha256: createHash('sha256').update(text).digest('hex') });
    expect(words).toEqual({ kind: 'text', sha256: createHash('sha256').update('the sea').digest('hex') });
    expect(exactKeys(page, { mediaType: 'text/html' })[1]).toEqual(words);
    expect(exactKeys(text)).toEqual([bytes]);
    expect(exactKeys(wav(new Uint8Array(8)), { mediaType: 'audio/wav' }).map(({ kind }) => kind)).toEqual([
      'bytes',
      'audio',
    ]);
    const pixels = { width: 1, height: 1, data: new Uint8Array(4) };
    expect(exactKeys(text, { mediaType: 'image/png', pixels })[1]?.kind).toBe('pixels');
  });
});
