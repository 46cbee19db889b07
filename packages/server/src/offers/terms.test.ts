import { describe, expect, it } from 'vitest';
import { termsChanges } from './compare-terms.ts';
import { PRESETS, presetOf, presetTerms } from './presets.ts';
import { agreedUses, effectiveTerms, type VersionFacts, versionInForce } from './standing.ts';
import { type Terms, termsFaults, termsSchema, type Use } from './terms.ts';

function paid(amountMicro: string, perUnits = '1'): Terms {
  const terms = presetTerms('search-free-answers-paid');
  return {
    ...terms,
    'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro, perUnits: perUnits as '1' }] },
  };
}
const codes = (terms: Terms) => termsFaults(terms).map(({ code }) => code);

describe('terms', () => {
  it('are complete in every preset but for the price, which nobody else names', () => {
    expect(PRESETS.filter((one) => one !== 'own').map((one) => codes(presetTerms(one)))).toEqual([
      [],
      [],
      ['price-missing'],
    ]);
    expect(presetOf(paid('5'))).toBe('search-free-answers-paid');
    expect(presetOf({ ...paid('5'), 'ai-train': { answer: 'free' } })).toBe('own');
  });

  it.each([
    ['', 'price-missing'],
    ['0', 'price-missing'],
    ['000', 'price-missing'],
    ['-5', 'price-missing'],
    ['1e3', 'price-unreadable'],
    ['1.5', 'price-unreadable'],
    ['1000000000000001', 'price-too-high'],
  ])('with the amount %j cannot be published: %s', (amount, code) => {
    expect(codes(paid(amount))).toEqual([code]);
  });

  it('with a price in no unit, a foreign unit or one unit twice cannot be published', () => {
    const price = { unit: 'fetch', amountMicro: '5', perUnits: '1' } as const;
    expect(codes({ ...paid('5'), 'ai-input': { answer: 'paid', prices: [] } })).toEqual(['price-missing']);
    expect(codes({ ...paid('5'), 'ai-train': { answer: 'paid', prices: [price] } })).toEqual([
      'unit-not-for-use',
    ]);
    expect(codes({ ...paid('5'), search: { answer: 'paid', prices: [price] } })).toEqual([
      'unit-not-for-use',
    ]);
    expect(codes({ ...paid('5'), 'ai-input': { answer: 'paid', prices: [price, price] } })).toEqual([
      'unit-not-for-use',
    ]);
  });

  it('take no unknown use, unit, pack or member', () => {
    expect(termsSchema.safeParse(paid('5')).success).toBe(true);
    expect(termsSchema.safeParse(paid('5', '7')).success).toBe(false);
    expect(termsSchema.safeParse({ ...paid('5'), 'ai-all': { answer: 'free' } }).success).toBe(false);
    expect(termsSchema.safeParse({ search: { answer: 'free' } }).success).toBe(false);
  });

  it('show their changes in words', () => {
    const changes = termsChanges(
      'en',
      { terms: paid('20000'), currency: 'EUR' },
      { terms: paid('30000'), currency: 'EUR' },
    );
    expect(changes).toHaveLength(1);
    expect(changes[0]!.before).toContain('EUR 0.02 for each fetch');
    expect(changes[0]!.after).toContain('EUR 0.03 for each fetch');
    expect(termsChanges('de', undefined, { terms: paid('1'), currency: 'EUR' })).toHaveLength(4);
  });
});

describe('the version in force', () => {
  const version = (
    n: number,
    terms: Terms,
    said: { [party: string]: 'pending' | 'consented' | 'declined' },
  ) =>
    ({
      version: n,
      terms,
      consents: Object.entries(said).map(([partyId, state]) => ({ partyId, use: 'ai-input' as Use, state })),
    }) satisfies VersionFacts;

  it('stays the older one until the newer has all its consents', () => {
    const v1 = version(1, paid('1'), { a: 'consented', b: 'consented' });
    const v2 = version(2, paid('2'), { a: 'consented', b: 'pending' });
    expect(versionInForce([v1, v2], ['a', 'b'])).toBe(v1);
    const v2done = version(2, paid('2'), { a: 'consented', b: 'consented' });
    expect(versionInForce([v1, v2done], ['a', 'b'])).toBe(v2done);
  });

  it('is at once a newer one that grants nothing', () => {
    const v1 = version(1, paid('1'), { a: 'consented', b: 'consented' });
    const v2 = version(2, presetTerms('no-ai'), {});
    expect(versionInForce([v1, v2], ['a', 'b'])).toBe(v2);
  });

  it('grants nothing while a holder is silent, has declined or came later', () => {
    for (const said of [
      { a: 'consented' },
      { a: 'consented', b: 'pending' },
      { a: 'consented', b: 'declined' },
    ] as const) {
      const v = version(1, paid('1'), said);
      expect(agreedUses(v, ['a', 'b'])).toEqual([]);
      expect(effectiveTerms(v, ['a', 'b'], true)).toMatchObject({
        reduced: true,
        terms: { search: { answer: 'free' }, 'ai-input': { answer: 'no' }, 'ai-train': { answer: 'ask' } },
      });
    }
  });

  it('grants nothing without a holder, and nothing under a doubt', () => {
    const v = version(1, paid('1'), { a: 'consented' });
    expect(agreedUses(v, [])).toEqual([]);
    expect(effectiveTerms(v, ['a'], true).agreed).toEqual(['ai-input']);
    expect(effectiveTerms(v, ['a'], false).agreed).toEqual([]);
  });
});
