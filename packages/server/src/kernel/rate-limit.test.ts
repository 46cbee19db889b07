import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixedClock } from './clock.ts';
import { createRateLimits } from './rate-limit.ts';

const limit = { name: 'test', per: 10, windowMs: 1_000, burst: 3 };

it('lets a burst through, then says how long to wait', () => {
  const limits = createRateLimits(fixedClock('2026-01-01T00:00:00Z'));
  expect([1, 2, 3].map(() => limits.take(limit, 'a'))).toEqual([0, 0, 0]);
  expect(limits.take(limit, 'a')).toBe(100);
  expect(limits.take(limit, 'b')).toBe(0);
});

it('never lets more through than burst + rate × time, whatever the arrivals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (gaps) => {
      const clock = fixedClock('2026-01-01T00:00:00Z');
      const limits = createRateLimits(clock);
      let passed = 0;
      let elapsed = 0;
      for (const gap of gaps) {
        clock.advance(gap);
        elapsed += gap;
        if (limits.take(limit, 'a') === 0) passed += 1;
      }
      expect(passed).toBeLessThanOrEqual(limit.burst + Math.ceil(elapsed / 100));
    }),
  );
});

it('looks without counting', () => {
  const limits = createRateLimits(fixedClock('2026-01-01T00:00:00Z'));
  for (let i = 0; i < 3; i++) {
    expect([limits.look(limit, 'a'), limits.look(limit, 'a')]).toEqual([0, 0]);
    limits.take(limit, 'a');
  }
  expect([limits.look(limit, 'a'), limits.look(limit, 'a')]).toEqual([100, 100]);
});

it('forgets the oldest keys beyond the cap', () => {
  const limits = createRateLimits(fixedClock('2026-01-01T00:00:00Z'), 2);
  const once = { ...limit, burst: 1 };
  for (const key of ['a', 'b', 'c']) limits.take(once, key);
  expect(limits.take(once, 'c')).toBeGreaterThan(0);
  expect(limits.take(once, 'a')).toBe(0);
});
