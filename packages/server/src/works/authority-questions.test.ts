import { expect, it } from 'vitest';
import { LOCALES } from '../kernel/index.ts';
import { CRAFTS } from '../parties/index.ts';
import { authorityQuestion, QUESTION_VERSION } from './authority-questions.ts';
import { HOLDER_KINDS } from './model.ts';

it('has a question for every craft in every language, with kinds that can be stored', () => {
  for (const craft of [...CRAFTS, null]) {
    for (const locale of LOCALES) {
      const question = authorityQuestion(locale, craft, 'DE');
      expect(question.usual.length).toBeGreaterThan(20);
      expect(question.version).toBe(QUESTION_VERSION);
      expect(question.kinds.length).toBeGreaterThan(1);
      expect(question.kinds.every((kind) => HOLDER_KINDS.includes(kind))).toBe(true);
    }
  }
});

it.each([
  ['composer', 'DE', 'GEMA'],
  ['composer', 'AT', 'AKM'],
  ['songwriter', 'CH', 'SUISA'],
  ['songwriter', 'GB', 'PRS for Music'],
  ['author', 'DE', 'VG Wort'],
  ['author', 'GB', 'ALCS'],
  ['photographer', 'DE', 'VG Bild-Kunst'],
  ['photographer', 'GB', 'DACS'],
] as const)('names a society: %s in %s', (craft, country, society) => {
  expect(authorityQuestion('en', craft, country).societies).toBe(society);
});

it('names none where it knows none', () => {
  expect(authorityQuestion('en', 'composer', null).societies).toBeUndefined();
  expect(authorityQuestion('en', 'programmer', 'DE').societies).toBeUndefined();
  expect(authorityQuestion('en', 'composer', 'constructor').societies).toBeUndefined();
});
