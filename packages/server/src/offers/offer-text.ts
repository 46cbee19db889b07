import { LOCALES, type Locale } from '../kernel/index.ts';
import { offerWords } from './offer-messages.ts';
import { amountInWords, countInWords } from './price-input.ts';
import { type Answer, type Price, type Terms, USES, type Use } from './terms.ts';

export type TextFacts = {
  readonly instance: string;
  readonly title: string;
  readonly version: number;
  readonly publishedAt: Date;
  readonly licensors: readonly string[];
  readonly currency: string;
  readonly terms: Terms;
};

/** The terms as people read them, in every language of the product: whole sentences, one a line. */
export function offerTexts(facts: TextFacts): { readonly [L in Locale]: string } {
  const entries = LOCALES.map((locale) => [locale, offerText(locale, facts)] as const);
  return Object.fromEntries(entries) as { [L in Locale]: string };
}

function offerText(locale: Locale, facts: TextFacts): string {
  const words = offerWords(locale);
  const date = facts.publishedAt.toISOString().slice(0, 10);
  return [
    words.title(facts.title),
    words.version(facts.version, date, facts.instance),
    words.licensors(list(facts.licensors, words.and)),
    '',
    ...USES.map((use) => `- ${useSentence(locale, use, facts.terms[use], facts.currency)}`),
    '',
    words.general.silence,
    words.general.past,
    words.general.changes,
    words.general.records(facts.instance),
    '',
  ].join('\n');
}

/** One use and what is said about it, as one complete sentence. */
export function useSentence(locale: Locale, use: Use, said: Answer, currency: string): string {
  const words = offerWords(locale);
  const name = words.uses[use];
  if (said.answer !== 'paid') return words[said.answer](name);
  // A draft may hold prices that are missing or wrong: such a use is not for sale, and never looks free.
  const sound = said.prices.filter(({ amountMicro }) => /^0*[1-9][0-9]*$/.test(amountMicro));
  const prices = sound.map((price) => priceInWords(locale, price, currency));
  if (prices.length === 0) return words.no(name);
  return prices.length > 1 ? words.paidChoice(name, prices.join(words.or)) : words.paid(name, prices[0]!);
}

/** A price with its unit, e.g. "EUR 0.02 for each fetch". */
export function priceInWords(
  locale: Locale,
  price: Omit<Price, 'perUnits'> & { readonly perUnits: string },
  currency: string,
): string {
  const words = offerWords(locale);
  const amount = amountInWords(locale, price.amountMicro, currency);
  if (price.perUnits === '1') return words.per[price.unit](amount);
  return words.perMany[price.unit](amount, countInWords(locale, price.perUnits));
}

function list(items: readonly string[], and: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')}${and}${items.at(-1)}`;
}
