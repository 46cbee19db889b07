import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../index-file/build-index.ts';
import type { IndexWork } from '../index-file/index-work.ts';
import { readIndex } from '../index-file/read-index.ts';
import { matchText, TextMatcher } from './match-text.ts';
import { printText } from './text-print.ts';

const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const created = new Date(0);

/** Words of a language of our own, drawn without weights: nothing in it repeats by chance. */
function wordsFrom(seed: number, count: number): string[] {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 8;
  };
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ten',
    'sur',
    'ab',
    'ein',
    'ox',
    'ra',
    'pel',
    'qui',
    'dom',
    'fa',
    'hu',
    'ji',
    'ves',
  ];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + (next() % 3) }, () => syllables[next() % 16]).join(''),
  );
}

function indexOf(works: readonly IndexWork[]) {
  return readIndex(buildIndex(works, { created }).bytes);
}

const works = [0, 1, 2].map((n) => wordsFrom(100 + n, 3000));
const index = indexOf(works.map((words, n) => ({ id: id(n), texts: [printText(words.join(' '))] })));

describe('an excerpt', () => {
  it('of 30 words or more is found wherever it stands, with its place', () => {
    let exact = 0;
    let runs = 0;
    fc.assert(
      fc.property(
        fc.record({
          work: fc.nat(2),
          from: fc.nat(2900),
          length: fc.integer({ min: 30, max: 400 }),
          before: fc.nat(20_000),
          after: fc.nat(300),
          seed: fc.nat(1_000_000),
        }),
        ({ work, from, length, before, after, seed }) => {
          const excerpt = works[work]!.slice(from, from + length);
          fc.pre(excerpt.length >= 30);
          const item = [...wordsFrom(seed, before), ...excerpt, ...wordsFrom(seed + 1, after)];
          const found = matchText(index, item.join(' '));
          expect(found.map(({ workId }) => workId)).toEqual([id(work)]);
          const [run, ...more] = found[0]!.runs;
          expect(more).toEqual([]);
          // A differing word passes for equal once in 16 times.
          const early = from - run!.work[0];
          expect(early).toBeGreaterThanOrEqual(0);
          expect(early).toBeLessThan(6);
          expect(run!.item[0]).toBe(before - early);
          const late = run!.work[1] - from - excerpt.length;
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(6);
          expect(run!.words).toBe(excerpt.length + early + late);
          expect(found[0]!.words).toBe(run!.words);
          expect(found[0]!.coverage).toBeCloseTo(run!.words / 3000);
          const text = item.slice(...run!.item).join(' ');
          expect(
            Buffer.from(item.join(' '))
              .subarray(...run!.bytes)
              .toString(),
          ).toBe(text);
          runs++;
          if (early + late === 0) exact++;
        },
      ),
      // The ends are exact by chance, which the same seed makes the same chance.
      { numRuns: 80, seed: 7 },
    );
    expect(exact / runs).toBeGreaterThan(0.7);
  });

  it('is found in other case, punctuation, spacing and quotes, in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.nat(2900),
        fc.array(fc.constantFrom(' ', '\n', ', ', '. ', ' -- ', '\t', ' “', '” ', '_ '), {
          minLength: 60,
          maxLength: 60,
        }),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (from, gaps, upper, size) => {
          const words = works[0]!.slice(from, from + 60);
          const text = words.map((word, i) => (upper[i] ? word.toUpperCase() : word) + gaps[i]).join('');
          const bytes = new TextEncoder().encode(`${wordsFrom(7, 50).join(' ')} ${text}`);
          const matcher = new TextMatcher(index);
          for (let at = 0; at < bytes.length; at += size) matcher.push(bytes.subarray(at, at + size));
          const found = matcher.end();
          expect(found).toEqual(matchText(index, bytes));
          expect(found[0]!.workId).toBe(id(0));
          expect(found[0]!.words).toBeGreaterThanOrEqual(60);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is one passage when a word was exchanged, put in or left out', () => {
    const words = works[1]!.slice(1000, 1090);
    for (const changed of [
      [...words.slice(0, 45), 'other', ...words.slice(46)],
      [...words.slice(0, 45), 'more', 'words', ...words.slice(45)],
      [...words.slice(0, 45), ...words.slice(47)],
    ]) {
      const [hit] = matchText(index, [...wordsFrom(1, 100), ...changed].join(' '));
      expect(hit?.runs.length).toBe(2);
      expect(hit!.words).toBeGreaterThanOrEqual(88);
      expect(hit!.words).toBeLessThanOrEqual(96);
    }
  });

  it('keeps what a word or two in the middle part, however short one side is', () => {
    const words = works[1]!.slice(1000, 1040);
    for (const at of [10, 11, 28]) {
      for (const [out, into] of [
        [1, 1],
        [2, 2],
        [1, 2],
        [2, 1],
        [0, 1],
        [1, 0],
        [0, 2],
        [2, 0],
      ] as const) {
        const changed = [...words.slice(0, at), ...wordsFrom(42, into), ...words.slice(at + out)];
        const item = [...wordsFrom(1, 100), ...changed, ...wordsFrom(2, 100)].join(' ');
        const [hit] = matchText(index, item);
        expect(hit!.words, `${at} -${out} +${into}`).toBeGreaterThanOrEqual(38);
        expect(hit!.words).toBeLessThanOrEqual(46);
        expect(matchText(index, item, { minWords: 60 })).toEqual([]);
      }
    }
  });

  it('of several works is told for each, and of one work in several places as well', () => {
    const parts = [
      works[0]!.slice(0, 50),
      wordsFrom(3, 70),
      works[2]!.slice(10, 90),
      wordsFrom(4, 900),
      works[0]!.slice(2000, 2040),
    ];
    const found = matchText(index, parts.flat().join(' '));
    expect(found.map(({ workId, runs }) => [workId, runs.length])).toEqual([
      [id(0), 2],
      [id(2), 1],
    ]);
  });

  it('is the same however a long item arrives, with a word in twenty misspelt', () => {
    const novel = wordsFrom(9, 40_000);
    const both = indexOf([
      { id: id(1), texts: [printText(novel.join(' '))] },
      { id: id(2), texts: [printText(works[2]!.join(' '))] },
    ]);
    const misspelt = (words: readonly string[]) =>
      words.map((word, i) => (i % 20 === 3 ? `zz${word}` : word));
    const item = [...wordsFrom(3, 700), ...misspelt(novel), ...misspelt(works[2]!), ...novel.slice(0, 90)];
    const bytes = new TextEncoder().encode(item.join(' '));
    const found = matchText(both, bytes);
    expect(found.map(({ workId }) => workId)).toEqual([id(1), id(2)]);
    expect(found[0]!.coverage).toBeGreaterThan(0.95);
    const places = found[0]!.runs.map((run) => run.item.join('-'));
    expect(new Set(places).size).toBe(places.length);
    for (const size of [1, 13, 4_096, 65_536]) {
      const matcher = new TextMatcher(both);
      for (let at = 0; at < bytes.length; at += size) matcher.push(bytes.subarray(at, at + size));
      expect(matcher.end(), String(size)).toEqual(found);
    }
  });

  it('in a script without spaces is found by its characters', () => {
    const signs = Array.from({ length: 400 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919) % 5000)),
    ).join('');
    const chinese = indexOf([{ id: id(9), texts: [printText(signs)] }]);
    const [hit] = matchText(chinese, `前言,${'山水火木'.repeat(9)}。「${signs.slice(100, 140)}」后记`);
    expect(hit?.workId).toBe(id(9));
    expect(hit!.runs[0]!.words).toBeGreaterThanOrEqual(40);
  });
});

describe('no match', () => {
  it('is told between texts that have nothing in common', () => {
    for (let seed = 0; seed < 40; seed++)
      expect(matchText(index, wordsFrom(5000 + seed, 20_000).join(' '))).toEqual([]);
  });

  it('comes from an excerpt of less than 14 words, or from words in another order', () => {
    const words = works[0]!.slice(500, 513);
    expect(matchText(index, [...wordsFrom(1, 50), ...words, ...wordsFrom(2, 50)].join(' '))).toEqual([]);
    expect(matchText(index, works[0]!.toReversed().join(' '))).toEqual([]);
  });

  it('comes from what many works have in common', () => {
    const notice = wordsFrom(77, 60);
    const many = Array.from({ length: 20 }, (_, n) => ({
      id: id(n),
      texts: [printText([...wordsFrom(n, 200), ...notice, ...wordsFrom(n + 50, 200)].join(' '))],
    }));
    const common = indexOf(many);
    expect(matchText(common, [...wordsFrom(900, 40), ...notice].join(' '))).toEqual([]);
    expect(matchText(common, wordsFrom(3, 200).join(' ')).map(({ workId }) => workId)).toEqual([id(3)]);
    expect(matchText(indexOf(many.slice(0, 15)), notice.join(' '))).toHaveLength(15);
    const copies = Array.from({ length: 20 }, (_, n) => ({
      id: id(n),
      texts: [printText(notice.join(' '))],
    }));
    expect(matchText(indexOf(copies), notice.join(' '))).toHaveLength(20);
    const background = new Set(printText(notice.join(' ')).lane1);
    const isBackground = (lane1: number) => background.has(lane1);
    const without = readIndex(buildIndex(many.slice(0, 2), { created, isBackground }).bytes);
    expect(matchText(without, notice.join(' '))).toEqual([]);
  });
});

describe('a text shorter than 30 words', () => {
  const haiku = 'An old silent pond / A frog jumps into the pond / Splash! Silence again.';
  const short = indexOf([{ id: id(1), texts: [printText(haiku)] }]);

  it('is recognised as a whole and not as a part', () => {
    expect(matchText(short, haiku.toUpperCase().replaceAll('/', '\n'))).toMatchObject([
      { workId: id(1), kind: 'whole', words: 13, coverage: 1, itemCoverage: 1 },
    ]);
    expect(matchText(short, `${haiku} Yes`)).toEqual([]);
    expect(matchText(short, '')).toEqual([]);
  });
});

describe('hostile items', () => {
  it('cost time by their length only', () => {
    const period = Array.from({ length: 20_000 }, (_, i) => ['we', 'will', 'rock', 'you', 'now'][i % 5]).join(
      ' ',
    );
    const song = indexOf(
      [0, 1, 2, 3].map((n) => ({ id: id(n), texts: [printText(`${wordsFrom(n, 40).join(' ')} ${period}`)] })),
    );
    expect(matchText(song, period).length).toBe(4);
    for (const item of [
      new Uint8Array(20_000_000).fill(97),
      new Uint8Array(20_000_000),
      new Uint8Array(20_000_000).fill(0x27),
      new Uint8Array(5_000_000).map((_, i) => (i * 2654435761) >>> 13),
      new TextEncoder().encode('\ud800'.repeat(1_000_000)),
      new TextEncoder().encode('a\u0301'.repeat(1_000_000)),
      new TextEncoder().encode('la '.repeat(2_000_000)),
    ])
      expect(matchText(song, item)).toEqual([]);
  });

  it('cannot hide a text between NULs and broken bytes', () => {
    const bytes = Buffer.from(works[0]!.slice(0, 100).join('\0\xff'), 'latin1');
    expect(matchText(index, bytes)[0]!.words).toBeGreaterThanOrEqual(100);
  });
});
