import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './characters.ts';
import { MAX_WORD_BYTES, readWords, type WordSink } from './word-reader.ts';

function sinkOf(capacity = 16_384): WordSink {
  const lane = () => new Int32Array(capacity);
  const place = () => new Float64Array(capacity);
  return { capacity, count: 0, hash1: lane(), hash2: lane(), from: place(), to: place() };
}

const shared = sinkOf();

function hashes(text: string | Uint8Array): string[] {
  const sink = shared;
  sink.count = 0;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  expect(readWords(bytes, 0, true, 0, sink)).toBe(bytes.length);
  return Array.from({ length: sink.count }, (_, i) => `${sink.hash1[i]} ${sink.hash2[i]}`);
}

const known = (words: readonly string[]) => words.flatMap((word) => hashes(word));
const ALPHABETS = [
  'aAbZ09 \'.,-_\n\t"',
  "äÄßéÉøſŐ '’“”„–…½²™ﬁǅİıΣσς ",
  'e\u0301a\u0308\u0327\u200b\u00ad\ufeff\u2060 x\u0338=',
  'привет МИР Ёё ї ',
  'नमस्ते दुनिया க்ஷ ',
  '漢字かなカナー。、 ｶﾞか\u3099が㍿㌀',
  'สวัสดีชาวโลก ำ a',
  '한국어 \u1112\u1161\u11ab ㅎㅏㄴ',
  '𝔘𝔫𝔦😀𠮷🇩🇪 a\u{e0100}\u{1f3fb}b',
].map((letters) => fc.array(fc.constantFrom(...letters), { maxLength: 60 }).map((all) => all.join('')));
const anyText = fc.oneof(
  ...ALPHABETS,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

describe('words', () => {
  it('are what is between everything that is no letter or digit', () => {
    expect(wordsOf("Don't  STOP--me, “now”: 3½ cafés\u00adx")).toEqual([
      'dont',
      'stop',
      'me',
      'now',
      '31',
      '2',
      'cafésx',
    ]);
    expect(wordsOf('ｶﾞ漢字 と ABCです')).toEqual(['ガ', '漢', '字', 'と', 'abc', 'で', 'す']);
    expect(wordsOf('สวัส')).toEqual([...'สวัส']);
    expect(wordsOf('STRAẞE Straße ΟΔΟΣ οδος')).toEqual(['strasse', 'strasse', 'οδοσ', 'οδοσ']);
    expect(wordsOf('नमस्ते')).toEqual(['नमस्ते']);
  });

  it('are the same from bytes as from the rule', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(hashes(text)).toEqual(known(wordsOf(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same for every character there is, however it is composed', { timeout: 120_000 }, () => {
    const unlike: string[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const text = `a${String.fromCodePoint(code)}b`;
      const expected = hashes(text).join();
      const words = wordsOf(text).flatMap((word) => hashes(word));
      const spellings = ['NFC', 'NFD'].map((form) => text.normalize(form));
      const others = spellings.filter((one) => one !== text).map(hashes);
      if ([words, ...others].some((one) => one.join() !== expected)) unlike.push(text);
    }
    expect(unlike).toEqual([]);
  });

  it('do not depend on case, composition or apostrophes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = hashes(text);
        const tidy = text.toWellFormed();
        expect(hashes(tidy.normalize('NFD'))).toEqual(expected);
        expect(hashes(tidy.normalize('NFC'))).toEqual(expected);
        // There an acute accent that stands alone becomes a space with a mark, which no longer tells of an apostrophe.
        if (!/[\u00b4\u1ffd]/.test(tidy)) expect(hashes(tidy.normalize('NFKC'))).toEqual(expected);
        expect(hashes(`' ${text}'`)).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  it('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(30), { maxLength: 10 }), (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        const sink = sinkOf();
        let carry = new Uint8Array(0);
        let offset = 0;
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          const piece = bytes.subarray(at, at + cut);
          at = Math.min(bytes.length, at + cut);
          const all = new Uint8Array([...carry, ...piece]);
          const read = readWords(all, 0, false, offset, sink);
          offset += read;
          carry = all.slice(read);
        }
        readWords(carry, 0, true, offset, sink);
        const whole = sinkOf();
        readWords(bytes, 0, true, 0, whole);
        expect(sink.count).toBe(whole.count);
        for (const part of ['hash1', 'hash2', 'from', 'to'] as const)
          expect(sink[part].subarray(0, sink.count)).toEqual(whole[part].subarray(0, whole.count));
      }),
      { numRuns: 600 },
    );
  });

  it('come from where they say', () => {
    const sink = sinkOf();
    const text = '  «Über», l’été — x😀y';
    const bytes = new TextEncoder().encode(text);
    readWords(bytes, 0, true, 0, sink);
    const parts = Array.from({ length: sink.count }, (_, i) =>
      new TextDecoder().decode(bytes.subarray(sink.from[i], sink.to[i])),
    );
    expect(parts).toEqual(['Über', 'l’été', 'x', 'y']);
  });

  it('end where bytes are not UTF-8, and go on after them', () => {
    for (const junk of [
      [0xff],
      [0xc0, 0x80],
      [0xe2, 0x82],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0x80],
      [0],
    ]) {
      expect(hashes(new Uint8Array([97, ...junk, 98])), String(junk)).toEqual(known(['a', 'b']));
      expect(hashes(new Uint8Array([...junk])), String(junk)).toEqual([]);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        hashes(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('are cut when they are no words', () => {
    const sink = sinkOf();
    const bytes = new Uint8Array(3 * MAX_WORD_BYTES + 1).fill(97);
    readWords(bytes, 0, true, 0, sink);
    expect([...sink.to.subarray(0, sink.count)]).toEqual([1024, 2048, 3072, 3073]);
  });

  it('leave room: a full sink stops between words', () => {
    const bytes = new TextEncoder().encode('ﷺ'.repeat(100_000));
    let at = 0;
    let words = 0;
    while (at < bytes.length) {
      const sink = sinkOf(4096);
      const next = readWords(bytes, at, true, 0, sink);
      expect(next).toBeGreaterThan(at);
      at = next;
      words += sink.count;
    }
    expect(words).toBeGreaterThan(100_000);
  });
});
