import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONSENTS } from './declaration/consent-texts.ts';
import { declarationHash } from './declaration/declaration.ts';
import { DECLARATIONS } from './declaration/declaration-text.ts';
import { checkName, foldForSearch, shownSchema } from './model.ts';

/** As a name arrives: cleaned by the schema, then judged. */
const readName = (name: string) =>
  checkName(shownSchema.parse({ name, craft: 'author', country: 'DE' }).name);

describe('names', () => {
  it.each([
    ['Björk', 'Björk'],
    ['  Ana  María de la Cruz ', 'Ana María de la Cruz'],
    ["Conan O'Brien", "Conan O'Brien"],
    ['Nuala Ní Dhomhnaill', 'Nuala Ní Dhomhnaill'],
    ['Jean-Luc', 'Jean-Luc'],
    ['deadmau5', 'deadmau5'],
    ['will.i.am', 'will.i.am'],
    ['村上春樹', '村上春樹'],
    ['نجيب محفوظ', 'نجيب محفوظ'],
    ['עמוס עוז', 'עמוס עוז'],
    ['அமுதா', 'அமுதா'],
    ['Ж', 'Ж'],
    ['Ana 🎸', 'Ana 🎸'],
    ['Zoe\u0308', 'Zoë'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('takes %j', (given, kept) => {
    expect(readName(given)).toBe(kept);
  });

  it.each([
    '🎸🎸',
    '1234',
    '---',
    '☺',
    'Buy at https://spam.example',
    'www.spam.example',
    'ada@example.org',
    'cheap-pills.com',
    'Z\u0335\u0336\u0337\u0338\u0321\u0322algo',
  ])('says kindly that %j is no name', (given) => {
    expect(() => readName(given)).toThrow(expect.objectContaining({ code: 'name-not-a-name' }));
  });

  it.each([
    '',
    '   ',
    'A\u200bda',
    '\u202eadA',
    'A\u2066da',
    'Ada\u0000',
    'Ada\nLove',
    'x'.repeat(201),
    'x'.repeat(10_000),
    '\ud800',
  ])('refuses %j', (given) => {
    expect(shownSchema.safeParse({ name: given, craft: 'author', country: 'DE' }).success).toBe(false);
  });

  it('folds any text to one form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = foldForSearch(text);
        expect(foldForSearch(once)).toBe(once);
      }),
    );
  });
});

describe('texts', () => {
  it('that people signed never change', async () => {
    // A change of words is a new version; this line is extended, never edited.
    const hashes = await Promise.all(DECLARATIONS.map(declarationHash));
    expect(hashes).toEqual(['1f94e6cefabeb16ff3e995e22e1543e55a03c95e8cf6a1911915af17de236926']);
    const consents = await Promise.all(CONSENTS.map((consent) => declarationHash(consent as never)));
    expect(consents).toEqual([
      'e7b44e7855e68f93effec0baf015d30c4b3c53818ad50401df7e1f55d5b83ba1',
      '6951b8335997818c778333e731b269c6453d58379d468c8250f0e626d34482c0',
    ]);
  });

  it('say the same number of things in all languages', () => {
    const { en, de } = DECLARATIONS.at(-1)!.texts;
    expect(en.demands).toHaveLength(de.demands.length);
    expect(en.paragraphs).toHaveLength(de.paragraphs.length);
  });
});
