import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, microPerMinorUnit, rate, toMinorUnits, type Weight } from '../index.ts';

const MAX = 2n ** 63n;
const totals = fc.bigInt({ min: -MAX, max: MAX });
const weight = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 1n, max: 9n }),
  fc.bigInt({ min: 0n, max: 1_000_000n }),
  fc.bigInt({ min: 0n, max: MAX }),
);
const weightings = fc
  .uniqueArray(fc.string({ unit: 'binary', maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .chain((keys) =>
    fc
      .array(weight, { minLength: keys.length, maxLength: keys.length })
      .map((weights) => keys.map((key, i): Weight => ({ key, weight: weights[i]! })))
      .filter((all) => all.some((one) => one.weight > 0n)),
  );
const sumOf = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
const abs = (value: bigint) => (value < 0n ? -value : value);

/** The definition, word by word and slowly: the next unit goes to whoever is furthest below the exact share. */
function slowly(total: bigint, weights: readonly Weight[]): bigint[] {
  const whole = sumOf(weights.map((one) => one.weight));
  const parts = weights.map((one) => (total * one.weight) / whole);
  const missing = (i: number) => total * weights[i]!.weight - parts[i]! * whole;
  for (let left = total - sumOf(parts); left > 0n; left--) {
    let best = 0;
    for (let i = 1; i < weights.length; i++) {
      const more = missing(i) - missing(best);
      if (more > 0n || (more === 0n && weights[i]!.key < weights[best]!.key)) best = i;
    }
    parts[best]! += 1n;
  }
  return parts;
}

describe('allocate', () => {
  it('gives away everything and nothing else', () => {
    fc.assert(fc.property(totals, weightings, (total, weights) => sumOf(allocate(total, weights)) === total));
  });

  it('stays less than one unit away from the exact share', () => {
    fc.assert(
      fc.property(totals, weightings, (total, weights) => {
        const whole = sumOf(weights.map((one) => one.weight));
        allocate(total, weights).forEach((part, i) => {
          expect(abs(part * whole - total * weights[i]!.weight) < whole).toBe(true);
        });
      }),
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(
        totals,
        weightings.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        (total, [weights, shuffled]) => {
          const byKey = (all: readonly Weight[]) =>
            new Map(allocate(total, all).map((part, i) => [all[i]!.key, part]));
          expect(byKey(shuffled)).toEqual(byKey(weights));
        },
      ),
    );
  });

  it('never gives less to who has more, and nothing to who has none', () => {
    fc.assert(
      fc.property(totals.map(abs), weightings, (total, weights) => {
        const parts = allocate(total, weights);
        weights.forEach((a, i) => {
          if (a.weight === 0n) expect(parts[i]).toBe(0n);
          weights.forEach((b, j) => {
            if (a.weight > b.weight) expect(parts[i]! >= parts[j]!).toBe(true);
          });
        });
      }),
    );
  });

  it('gives whose weight grows no less than before', () => {
    fc.assert(
      fc.property(totals.map(abs), weightings, fc.nat(), weight, (total, weights, at, more) => {
        const i = at % weights.length;
        const grown = weights.map((one, j) => (i === j ? { ...one, weight: one.weight + more } : one));
        expect(allocate(total, grown)[i]! >= allocate(total, weights)[i]!).toBe(true);
      }),
    );
  });

  it('mirrors a negative total', () => {
    fc.assert(
      fc.property(totals, weightings, (total, weights) => {
        expect(allocate(-total, weights)).toEqual(allocate(total, weights).map((part) => -part));
      }),
    );
  });

  it('divides as the definition does', () => {
    fc.assert(
      fc.property(totals.map(abs), weightings, (total, weights) => {
        expect(allocate(total, weights)).toEqual(slowly(total, weights));
      }),
    );
  });

  it('gives nothing of nothing, also to nobody', () => {
    expect(allocate(0n, [])).toEqual([]);
    expect(allocate(0n, [{ key: 'a', weight: 0n }])).toEqual([0n]);
  });

  it.each<[string, bigint, Weight[]]>([
    ['nobody', 1n, []],
    ['all without weight', -1n, [{ key: 'a', weight: 0n }]],
    [
      'a weight below zero',
      0n,
      [
        { key: 'a', weight: -1n },
        { key: 'b', weight: 2n },
      ],
    ],
    [
      'the same key twice',
      1n,
      [
        { key: 'a', weight: 1n },
        { key: 'a', weight: 2n },
      ],
    ],
  ])('refuses %s', (_, total, weights) => {
    expect(() => allocate(total, weights)).toThrow(RangeError);
  });

  it('divides 0.005 over seven people a million times and loses nothing', () => {
    const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => ({ key, weight: 1n }));
    const paid = seven.map(() => 0n);
    for (let i = 0; i < 1_000_000; i++) {
      const parts = allocate(5_000n, seven);
      for (let p = 0; p < 7; p++) paid[p]! += parts[p]!;
    }
    expect(sumOf(paid)).toBe(5_000_000_000n);
    expect(paid).toEqual([
      715_000_000n,
      715_000_000n,
      714_000_000n,
      714_000_000n,
      714_000_000n,
      714_000_000n,
      714_000_000n,
    ]);
  });
});

describe('rate', () => {
  it('is the exact product, rounded once, half away from zero', () => {
    fc.assert(
      fc.property(totals, totals, fc.bigInt({ min: 1n, max: MAX }), (units, amountMicro, perUnits) => {
        const rated = rate(units, { amountMicro, perUnits });
        const error = 2n * (rated * perUnits - units * amountMicro);
        expect(abs(error) <= perUnits).toBe(true);
        if (abs(error) === perUnits) expect(error < 0n).toBe(units * amountMicro < 0n);
        expect(rate(-units, { amountMicro, perUnits })).toBe(-rated);
      }),
    );
  });

  it('refuses a price for nothing', () => {
    expect(() => rate(1n, { amountMicro: 1n, perUnits: 0n })).toThrow(RangeError);
    expect(() => rate(1n, { amountMicro: 1n, perUnits: -1n })).toThrow(RangeError);
  });
});

it('minor units and their rest are the whole', () => {
  fc.assert(
    fc.property(totals, fc.integer({ min: 0, max: 6 }), (micro, exponent) => {
      const { minorUnits, restMicro } = toMinorUnits(micro, exponent);
      expect(minorUnits * microPerMinorUnit(exponent) + restMicro).toBe(micro);
      expect(abs(restMicro) < microPerMinorUnit(exponent)).toBe(true);
      expect(restMicro * micro >= 0n && minorUnits * micro >= 0n).toBe(true);
    }),
  );
  for (const exponent of [-1, 7, 1.5, Number.NaN])
    expect(() => toMinorUnits(1n, exponent)).toThrow(RangeError);
});
