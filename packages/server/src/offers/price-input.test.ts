import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../kernel/index.ts';
import { amountInWords, parsePrice, priceToType } from './price-input.ts';

function read(locale: Locale, typed: string): string {
  const found = parsePrice(locale, typed);
  return 'micro' in found ? found.micro.toString() : found.fault;
}

describe('a typed price', () => {
  it.each([
    ['en', '0.02', '20000'],
    ['de', '0,02', '20000'],
    ['de', '1,5', '1500000'],
    ['en', '1,5', '1500000'],
    ['de', '1.5', '1500000'],
    ['en', ' 12 ', '12000000'],
    ['en', '1,234.50', '1234500000'],
    ['de', '1.234,50', '1234500000'],
    ['de', '1,500', '1500000'],
    ['en', '1.500', '1500000'],
    ['de', '0.005', '5000'],
    ['en', '1,234,567', '1234567000000'],
    ['en', '0.0000010', '1'],
  ] as const)('%s %j is %s', (locale, typed, micro) => expect(read(locale, typed)).toBe(micro));

  it.each([
    ['en', '', 'price-missing'],
    ['en', '0', 'price-missing'],
    ['de', '0,00', 'price-missing'],
    ['en', '-1', 'price-missing'],
    ['en', '1e3', 'price-unreadable'],
    ['en', '+1', 'price-unreadable'],
    ['en', '1 000', 'price-unreadable'],
    ['en', '€5', 'price-unreadable'],
    ['en', '١٢', 'price-unreadable'],
    ['en', '.5', 'price-unreadable'],
    ['en', '12,34.5', 'price-unreadable'],
    ['en', '1,500', 'price-unclear'],
    ['de', '1.500', 'price-unclear'],
    ['en', '0.0000001', 'price-too-fine'],
    ['en', '1000000000.01', 'price-too-high'],
    ['en', '9'.repeat(39), 'price-too-high'],
    ['en', '9'.repeat(4_000), 'price-unreadable'],
  ] as const)('%s %j is refused as %s', (locale, typed, fault) => expect(read(locale, typed)).toBe(fault));

  it('comes back as it was stored, in both languages', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.constantFrom('en', 'de'), (micro, locale) => {
        const typed = priceToType(locale, micro.toString());
        const found = read(locale, typed);
        // Three decimals under a whole number look like a thousand in the other language, never in its own.
        expect(found).toBe(micro.toString());
      }),
    );
  });

  it('is written with its currency', () => {
    expect(amountInWords('en', '1234500000', 'EUR')).toBe('EUR 1,234.50');
    expect(amountInWords('de', '20000', 'EUR')).toBe('0,02 EUR');
  });
});
