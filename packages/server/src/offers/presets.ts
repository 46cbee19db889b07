import type { Terms } from './terms.ts';

/** Complete terms to start from. `own` is what somebody chose use by use. */
export const PRESETS = ['no-ai', 'ask-me', 'search-free-answers-paid', 'own'] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * The terms of a preset. Prices are left empty: nobody but the holder names them.
 *
 * In `search-free-answers-paid` an index is on request: who keeps a copy need not fetch again, so a price per fetch
 * would be paid once for any number of answers.
 */
export function presetTerms(preset: Exclude<Preset, 'own'>): Terms {
  switch (preset) {
    case 'no-ai':
      return terms('no', 'no', 'no');
    case 'ask-me':
      return terms('ask', 'ask', 'ask');
    case 'search-free-answers-paid':
      return {
        search: { answer: 'free' },
        'ai-index': { answer: 'ask' },
        'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro: '', perUnits: '1' }] },
        'ai-train': { answer: 'ask' },
      };
  }
}

function terms(index: 'no' | 'ask', input: 'no' | 'ask', train: 'no' | 'ask'): Terms {
  return {
    search: { answer: 'free' },
    'ai-index': { answer: index },
    'ai-input': { answer: input },
    'ai-train': { answer: train },
  };
}

/** Which preset these terms are, whatever their prices; `own` where they are none. */
export function presetOf(terms: Terms): Preset {
  const answers = (one: Terms) =>
    [one.search, one['ai-index'], one['ai-input'], one['ai-train']].map((said) => said.answer).join(' ');
  const known = (['no-ai', 'ask-me', 'search-free-answers-paid'] as const).find(
    (preset) => answers(presetTerms(preset)) === answers(terms),
  );
  return known ?? 'own';
}
