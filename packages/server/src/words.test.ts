import { expect, it } from 'vitest';
import { allTexts } from './testing/all-texts.ts';

it('one is one, also in words', async () => {
  const counted =
    /^(?:billing\/messages\.ts ..\.period|statements\/messages\.ts ..\.checklist|campaign\/messages\.ts ..\.(?:wait|sent))\./;
  const many = {
    en: /\b1 (?:of 1 )?(?:\w+ )?(?:gates|deliveries|numbers|fetches|reports|lines|invoices|earnings|minutes)\b/,
    de: /\b1 (?:von 1 )?(?:\w+ )?(?:Tore|Toren|Lieferungen|Zahlen|Abrufe|Meldungen|Zeilen|Rechnungen|Einnahmen|Minuten)\b/,
  };
  // Some count, others get the number as it is written.
  const [counts, written] = await Promise.all([allTexts(1), allTexts('1')]);
  const texts = counts.filter(({ at }) => counted.test(at));
  expect(texts.length).toBeGreaterThan(50);
  const wrong = texts.filter(({ at, locale, text }) => {
    const twins = written.filter((other) => other.at === at).map((other) => other.text);
    return [text, ...twins].every((one) => many[locale].test(one));
  });
  expect(wrong.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});
