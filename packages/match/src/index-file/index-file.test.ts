import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchText } from '../text/match-text.ts';
import { textKey } from '../text/text-key.ts';
import { decodePrint, encodePrint, printText } from '../text/text-print.ts';
import { buildIndex } from './build-index.ts';
import type { IndexWork } from './index-work.ts';
import { HASH_AT, HEADER_BYTES } from './layout.ts';
import { exactMatches, readIndex } from './read-index.ts';

const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const text = (n: number) =>
  Array.from({ length: 101 }, (_, i) => `w${(i * 7919 + n * 104_729) % 10_007}`).join(' ');
const sha = (value: string) => createHash('sha256').update(value).digest('hex');
const created = new Date('2026-01-02T03:04:05.678Z');

const works: IndexWork[] = [
  { id: id(3), texts: [printText(text(3)), printText(text(4))] },
  { id: id(1), texts: [printText('a short one')], keys: [{ kind: 'bytes', sha256: sha('one') }] },
  { id: id(2), withdrawn: true, texts: [printText(text(2))], keys: [{ kind: 'pixels', sha256: sha('two') }] },
  {
    id: id(7),
    keys: [
      { kind: 'bytes', sha256: sha('one') },
      { kind: 'audio', sha256: sha('two') },
    ],
  },
];
const { bytes } = buildIndex(works, { created });

/** The index with something changed and its hash made to fit. */
function forged(change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(copy, new DataView(copy.buffer));
  const hash = createHash('sha256')
    .update(copy.subarray(0, HASH_AT))
    .update(copy.subarray(HASH_AT + 32));
  copy.set(hash.digest(), HASH_AT);
  return copy;
}

describe('an index', () => {
  it('says what is in it', () => {
    const index = readIndex(bytes);
    expect(index).toMatchObject({ created, works: 4, commonAt: 16 });
    expect(index.entries.map(({ workId, withdrawn, words }) => [workId, withdrawn, words])).toEqual([
      [id(1), false, 0],
      [id(2), true, 101],
      [id(3), false, 101],
      [id(3), false, 101],
      [id(7), false, 0],
    ]);
    expect(matchText(index, text(2))).toMatchObject([
      { workId: id(2), withdrawn: true, coverage: 1, itemCoverage: 1 },
    ]);
    expect(matchText(index, text(4))).toMatchObject([{ workId: id(3), coverage: 1 }]);
    expect(matchText(index, 'A short one!')).toMatchObject([{ workId: id(1), kind: 'whole' }]);
  });

  it('knows files by their exact hashes', () => {
    const index = readIndex(bytes);
    const one = { kind: 'bytes', sha256: sha('one') } as const;
    expect(exactMatches(index, [one])).toEqual([
      { workId: id(1), withdrawn: false, kind: 'bytes' },
      { workId: id(7), withdrawn: false, kind: 'bytes' },
    ]);
    expect(exactMatches(index, [{ kind: 'pixels', sha256: sha('one') }])).toEqual([]);
    expect(exactMatches(index, [{ kind: 'pixels', sha256: sha('two') }])[0]?.workId).toBe(id(2));
    expect(exactMatches(index, [{ kind: 'text', sha256: textKey(text(4)) }])[0]?.workId).toBe(id(3));
  });

  it('has the same bytes for the same works in any order, and reads from any place in memory', () => {
    expect(buildIndex(works.toReversed(), { created }).bytes).toEqual(bytes);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readIndex(shifted.subarray(3)).works).toBe(4);
    expect(readIndex(buildIndex([], { created }).bytes).works).toBe(0);
    const sha256 = (parts: readonly Uint8Array[]) =>
      createHash('sha256').update(Buffer.concat(parts)).digest();
    expect(readIndex(bytes, { sha256 }).works).toBe(4);
  });

  it('refuses works it cannot name', () => {
    expect(() => buildIndex([{ id: 'x' }], { created })).toThrow(TypeError);
    expect(() => buildIndex([{ id: id(1) }, { id: id(1) }], { created })).toThrow(TypeError);
    expect(() => buildIndex([{ id: id(1), keys: [{ kind: 'bytes', sha256: 'x' }] }], { created })).toThrow(
      TypeError,
    );
  });

  it('is not believed when it is cut, altered, foreign or of another time', () => {
    const codeOf = (given: Uint8Array) => {
      try {
        readIndex(given);
        return 'none';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 50))
      expect(codeOf(bytes.slice(0, length)), String(length)).toBe(
        length < 4 ? 'index-foreign' : 'index-truncated',
      );
    expect(codeOf(new Uint8Array([...bytes, 0]))).toBe('index-truncated');
    expect(codeOf(forged((_, view) => view.setUint32(4, 2, true)))).toBe('index-version');
    expect(codeOf(forged((_, view) => view.setUint32(8, 5, true)))).toBe('index-version');
    for (let at = HEADER_BYTES; at < bytes.length; at += 97) {
      const altered = bytes.slice();
      altered[at]! ^= 1;
      expect(codeOf(altered)).toBe('index-altered');
    }
    expect(codeOf(forged((_, view) => view.setUint32(40, 999_999, true)))).toBe('index-truncated');
    expect(codeOf(forged((_, view) => view.setUint32(20, 99, true)))).toBe('index-contradictory');
    expect(codeOf(forged((_, view) => view.setUint32(32, 5, true)))).toBe('index-contradictory');
    expect(codeOf(forged((all) => all.fill(0xff, all.length - 16)))).toBe('index-contradictory');
  });

  it('with any lie in it is refused or works', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: bytes.length - 1 }), fc.nat(255), (at, value) => {
        const lie = forged((all) => {
          all[at] = value;
        });
        try {
          matchText(readIndex(lie), `${text(3)} ${text(2)}`);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^index-/) });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a print', () => {
  it('comes back from its bytes', () => {
    for (const print of [printText(text(1)), printText('short'), printText('')])
      expect(decodePrint(encodePrint(print))).toEqual(print);
    expect(encodePrint(printText(text(1))).length).toBeLessThan(text(1).length);
  });

  it('is refused when it is damaged', () => {
    const good = encodePrint(printText(text(1)));
    const invalid = expect.objectContaining({ code: 'print-invalid' });
    for (const bad of [good.slice(0, 20), good.slice(0, -1), new Uint8Array(100), new Uint8Array(0)])
      expect(() => decodePrint(bad)).toThrow(invalid);
  });
});
