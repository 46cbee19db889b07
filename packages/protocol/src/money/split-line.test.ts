import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitLine } from '../index.ts';

const ppm = fc.integer({ min: 0, max: 1_000_000 });
const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const shares = fc
  .array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 9 })
  .map((weights) => weights.map((weight, i) => ({ key: `k${i}`, weight })));

it('splits a line into a fee and parts that make the line again', () => {
  fc.assert(
    fc.property(amount, ppm, shares, (amountMicro, feePpm, all) => {
      const { feeMicro, netMicro, parts } = splitLine({ amountMicro, feePpm, shares: all });
      expect(feeMicro + netMicro).toBe(amountMicro);
      expect(parts.reduce((sum, part) => sum + part.netMicro, 0n)).toBe(netMicro);
      expect(parts.reduce((sum, part) => sum + part.feeMicro, 0n)).toBe(feeMicro);
      const exact = amountMicro * BigInt(feePpm);
      expect(2n * (feeMicro * 1_000_000n - exact)).toBeLessThanOrEqual(1_000_000n);
      expect(2n * (feeMicro * 1_000_000n - exact)).toBeGreaterThanOrEqual(-1_000_000n);
    }),
  );
});

it('comes to no fee when a line is taken back in any steps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 6 }),
      ppm,
      (steps, feePpm) => {
        const shares = [{ key: 'a', weight: 1n }];
        const whole = steps.reduce((sum, step) => sum + step, 0n);
        let fee = splitLine({ amountMicro: whole, feePpm, shares }).feeMicro;
        let base = whole;
        for (const step of steps) {
          fee += splitLine({ amountMicro: -step, baseMicro: base, feePpm, shares }).feeMicro;
          base -= step;
        }
        expect(fee).toBe(0n);
      },
    ),
  );
});

it.each([-1, 1_000_001, 0.5])('refuses a fee of %s parts per million', (feePpm) => {
  expect(() => splitLine({ amountMicro: 1n, feePpm, shares: [{ key: 'a', weight: 1n }] })).toThrow(
    RangeError,
  );
});
