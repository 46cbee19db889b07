import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { audioKey, pixelKey, printText, textKey } from '@clearway/match';
import { describe, expect, test } from 'vitest';

type Vectors = {
  texts: {
    id: string;
    text: string;
    words: string[] | number;
    textKey: string;
    fingerprints: [position: number, lane1: number, lane2: number][];
    checks: string;
  }[];
  pixels: { id: string; width: number; height: number; rgba: string; pixelKey: string }[];
  audio: { id: string; bytes: string; audioKey: string | null }[];
};

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors;

describe('a text', () => {
  test.each(vectors.texts)('$id', ({ text, words, textKey: key, fingerprints, checks }) => {
    const print = printText(text);
    expect(textKey(text)).toBe(key);
    if (typeof words !== 'number')
      expect(createHash('sha256').update(words.join(' ')).digest('hex')).toBe(key);
    expect(print.words).toBe(typeof words === 'number' ? words : words.length);
    const made = Array.from(print.position, (at, i) => [at, print.lane1[i], print.lane2[i]]);
    expect(made).toEqual(fingerprints);
    expect(Buffer.from(print.checks).toString('hex')).toBe(checks);
  });
});

test.each(vectors.pixels)('pixels: $id', ({ width, height, rgba, pixelKey: key }) => {
  expect(pixelKey({ width, height, data: Buffer.from(rgba, 'hex') })).toBe(key);
});

test.each(vectors.audio)('audio: $id', ({ bytes, audioKey: key }) => {
  expect(audioKey(Buffer.from(bytes, 'hex'))).toBe(key ?? undefined);
});
