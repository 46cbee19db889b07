import type { Locale } from '../kernel/index.ts';
import { PRESETS, type Preset, presetTerms } from './presets.ts';
import { type PriceFault, parsePrice, priceToType } from './price-input.ts';
import { type Answer, PACKS, type Price, type Terms, UNITS_OF, type Unit, USES, type Use } from './terms.ts';

/** A form as it arrived: texts by field name. */
export type Typed = { readonly [field: string]: string | readonly string[] };

const ANSWERS = ['free', 'paid', 'ask', 'no'] as const;

/** The fields of one use and unit. */
export function priceField(use: Use, unit: Unit): string {
  return `price.${use}.${unit}`;
}
export function packField(use: Use, unit: Unit): string {
  return `pack.${use}.${unit}`;
}
export function answerField(use: Use): string {
  return `answer.${use}`;
}

/** The fields that a form starts with for some terms. */
export function fieldsOf(locale: Locale, terms: Terms): { [field: string]: string } {
  const fields: { [field: string]: string } = {};
  for (const use of USES) {
    const said = terms[use];
    fields[answerField(use)] = said.answer;
    if (said.answer !== 'paid') continue;
    for (const { unit, amountMicro, perUnits } of said.prices) {
      fields[priceField(use, unit)] = priceToType(locale, amountMicro);
      fields[packField(use, unit)] = perUnits;
    }
  }
  return fields;
}

export type ReadTerms = {
  readonly preset: Preset;
  readonly terms: Terms;
  /** What is wrong, by field. */
  readonly faults: { readonly [field: string]: PriceFault };
};

/**
 * Reads the terms a form states. A preset fixes the answers; `own` takes them from the form, and an answer that is
 * missing or strange is a no. Empty prices are left out as long as one price of the use is there.
 */
export function readTermsForm(locale: Locale, typed: Typed): ReadTerms {
  const preset = PRESETS.find((one) => one === typed.preset) ?? 'own';
  const faults: { [field: string]: PriceFault } = {};
  const entries = USES.map((use): readonly [Use, Answer] => {
    const answer =
      preset === 'own'
        ? (ANSWERS.find((one) => one === typed[answerField(use)]) ?? 'no')
        : presetTerms(preset)[use].answer;
    if (answer !== 'paid') return [use, { answer }];
    return [use, { answer, prices: readPrices(locale, use, typed, faults) }];
  });
  return { preset, terms: Object.fromEntries(entries) as unknown as Terms, faults };
}

function readPrices(
  locale: Locale,
  use: Use,
  typed: Typed,
  faults: { [field: string]: PriceFault },
): Price[] {
  const units = UNITS_OF[use];
  const filled = units.filter((unit) => text(typed[priceField(use, unit)]).trim() !== '');
  const first = units[0];
  if (filled.length === 0 && first) faults[priceField(use, first)] = 'price-missing';
  return filled.flatMap((unit) => {
    const field = priceField(use, unit);
    const read = parsePrice(locale, text(typed[field]));
    if ('fault' in read) {
      faults[field] = read.fault;
      return [];
    }
    const perUnits = PACKS.find((one) => one === typed[packField(use, unit)]) ?? '1';
    return [{ unit, amountMicro: read.micro.toString(), perUnits }];
  });
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
