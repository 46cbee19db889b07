import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkShares, formatShare, MAX_HOLDERS, parseShare, splitEvenly, WHOLE_PPM } from './shares.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('parseShare', () => {
  it.each([
    ['60', 600_000],
    [' 33,3333 % ', 333_333],
    ['0.0001', 1],
    ['100', 1_000_000],
    ['099.5', 995_000],
  ])('%s', (text, ppm) => expect(parseShare(text)).toBe(ppm));

  it.each([
    '',
    '0',
    '-40',
    '100.0001',
    '33.33333',
    '1e1',
    '1/3',
    '٦٠',
    '60 60',
    'NaN',
    '1.000,5',
    '9'.repeat(10_000),
  ])('refuses %j', (text) => expect(() => parseShare(text)).toThrow(code('share-invalid')));

  it('reads what formatShare writes, for every share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: WHOLE_PPM }), (ppm) => {
        expect(parseShare(formatShare(ppm))).toBe(ppm);
        expect(parseShare(`${formatShare(ppm).replace('.', ',')} %`)).toBe(ppm);
      }),
    );
  });

  it('answers a share or refuses, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          const ppm = parseShare(text);
          expect(Number.isInteger(ppm) && ppm > 0 && ppm <= WHOLE_PPM).toBe(true);
        } catch (error) {
          expect(error).toEqual(code('share-invalid'));
        }
      }),
    );
  });
});

describe('splitEvenly', () => {
  it('makes a whole of shares that differ by one at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_HOLDERS }), (holders) => {
        const shares = splitEvenly(holders);
        expect(shares).toHaveLength(holders);
        expect(() => checkShares(shares)).not.toThrow();
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('checkShares', () => {
  it('says by how much the shares miss the whole', () => {
    expect(() => checkShares([600_000, 399_999])).toThrow(
      expect.objectContaining({
        code: 'shares-not-whole',
        detail: '99.9999 % (−0.0001 %)',
        fields: { totalPpm: 999_999, missingPpm: 1 },
      }),
    );
    expect(() => checkShares([600_000, 400_001])).toThrow(
      expect.objectContaining({ detail: '100.0001 % (+0.0001 %)' }),
    );
    expect(() => checkShares([])).toThrow(code('shares-not-whole'));
  });

  it.each([[[1_400_000, -400_000]], [[1_000_000, 0]], [[0.5, 999_999.5]], [[Number.NaN, 1_000_000]]])(
    'refuses %j',
    (shares) => expect(() => checkShares(shares)).toThrow(code('share-invalid')),
  );

  it('refuses 101 holders and 51, and takes 50', () => {
    expect(() => checkShares(splitEvenly(101))).toThrow(code('too-many-holders'));
    expect(() => checkShares(splitEvenly(51))).toThrow(code('too-many-holders'));
    expect(() => checkShares(splitEvenly(50))).not.toThrow();
  });
});
