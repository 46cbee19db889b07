import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMoney, pickLocale } from './i18n.ts';

it.each([
  [undefined, 'en'],
  ['de-AT,de;q=0.9,en;q=0.5', 'de'],
  ['fr, en;q=0.3, de;q=0.2', 'en'],
  ['de;q=0, en', 'en'],
  ['*', 'en'],
])('picks a language for %s', (header, locale) => {
  expect(pickLocale(header)).toBe(locale);
});

it('never throws on what a stranger sends', () => {
  fc.assert(fc.property(fc.string(), (header) => ['en', 'de'].includes(pickLocale(header))));
});

it('shows micro-units exactly, never rounded', () => {
  expect(formatMoney('en', 2_000n, 'EUR')).toBe('€0.002');
  expect(formatMoney('en', 1_500_000n, 'EUR')).toBe('€1.50');
  expect(formatMoney('en', -9_007_199_254_740_993_000_001n, 'EUR')).toBe('-€9,007,199,254,740,993.000001');
  expect(formatMoney('de', 12_340_000n, 'EUR').replace(/\s/g, ' ')).toBe('12,34 €');
});
