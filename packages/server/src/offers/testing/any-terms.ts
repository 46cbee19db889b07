import fc from 'fast-check';
import { type Answer, PACKS, type Price, type Terms, UNITS_OF, type Use } from '../terms.ts';

const simple = fc.constantFrom<Answer>({ answer: 'free' }, { answer: 'ask' }, { answer: 'no' });

function answers(use: Use): fc.Arbitrary<Answer> {
  const units = UNITS_OF[use];
  if (units.length === 0) return simple;
  const prices = fc.subarray([...units], { minLength: 1 }).chain((chosen) =>
    fc.tuple(
      ...chosen.map((unit) =>
        fc.record<Price>({
          unit: fc.constant(unit),
          amountMicro: fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String),
          perUnits: fc.constantFrom(...PACKS),
        }),
      ),
    ),
  );
  return fc.oneof(
    simple,
    prices.map((list): Answer => ({ answer: 'paid', prices: list })),
  );
}

/** Any terms that can be published. */
export const anyTerms: fc.Arbitrary<Terms> = fc.record({
  search: answers('search'),
  'ai-index': answers('ai-index'),
  'ai-input': answers('ai-input'),
  'ai-train': answers('ai-train'),
});
