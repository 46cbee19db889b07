import { canonicalize } from '@clearway/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OfferFacts, offerDocument, sameOffer, sealOffer, termsOf } from './offer-document.ts';
import { presetTerms } from './presets.ts';
import { normaliseTerms } from './terms.ts';
import { anyTerms } from './testing/any-terms.ts';

const facts: OfferFacts = {
  instance: { name: 'Guild of Example', url: 'https://c.example' },
  work: {
    id: '0193c5a0-0000-7000-8000-000000000001',
    title: 'The Lighthouse',
    type: 'text',
    hashes: ['cd'.repeat(32), 'ab'.repeat(32)],
    publicUrl: 'https://c.example/w/0193c5a0-0000-7000-8000-000000000001',
  },
  version: 3,
  publishedAt: new Date('2026-11-22T12:00:00Z'),
  currency: 'EUR',
  licensors: [
    { name: 'Berta Beispiel', party: 'b', sharePpm: 400_000 },
    { name: 'Ada Example', party: 'a', sharePpm: 600_000 },
  ],
  terms: {
    ...presetTerms('search-free-answers-paid'),
    'ai-input': {
      answer: 'paid',
      prices: [
        { unit: 'answer', amountMicro: '5000000', perUnits: '1000' },
        { unit: 'fetch', amountMicro: '020000', perUnits: '1' },
      ],
    },
  },
};

describe('the offer document', () => {
  it('is the same bytes and the same hash for the same facts, for ever', async () => {
    const { text, sha256 } = await sealOffer(offerDocument(facts));
    expect(text).toMatchSnapshot();
    expect(sha256).toBe('de7210c04a6e3746a878e347db5606ea0bc2c21282e3d154adbf5225bead80ce');
    const swapped = { ...facts, licensors: [...facts.licensors].reverse() };
    expect((await sealOffer(offerDocument(swapped))).sha256).toBe(sha256);
    expect(canonicalize(JSON.parse(text))).toBe(text);
  });

  it('reads as whole sentences in both languages', () => {
    const { text } = offerDocument(facts);
    expect(text).toMatchSnapshot();
  });

  it('gives back the terms it was made of', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(termsOf(offerDocument({ ...facts, terms }))).toEqual(normaliseTerms(terms));
      }),
    );
  });

  it('is the same offer whatever its number and time, and another with another price, holder or title', () => {
    const one = offerDocument(facts);
    const later = offerDocument({ ...facts, version: 9, publishedAt: new Date('2027-01-01T00:00:00Z') });
    expect(sameOffer(one, later)).toBe(true);
    expect(sameOffer(one, offerDocument({ ...facts, terms: presetTerms('no-ai') }))).toBe(false);
    expect(sameOffer(one, offerDocument({ ...facts, licensors: facts.licensors.slice(1) }))).toBe(false);
    expect(sameOffer(one, offerDocument({ ...facts, work: { ...facts.work, title: 'Other' } }))).toBe(false);
  });
});
