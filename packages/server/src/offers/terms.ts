import { z } from 'zod';

/** What can be done with a work, in RSL's own words. Ordered from the mildest to the furthest-reaching. */
export const USES = ['search', 'ai-index', 'ai-input', 'ai-train'] as const;
export type Use = (typeof USES)[number];

/** What one price buys. Fetches are counted at the gate; answers and model versions are told by the licensee. */
export const UNITS = ['fetch', 'answer', 'model-version'] as const;
export type Unit = (typeof UNITS)[number];

/** The units in which a use can be sold. Being found in a search engine is never sold. */
export const UNITS_OF: { readonly [U in Use]: readonly Unit[] } = {
  search: [],
  'ai-index': ['fetch', 'answer'],
  'ai-input': ['fetch', 'answer'],
  'ai-train': ['model-version'],
};

/** Who counts a unit: the gate that lets the fetch in, or the licensee in a report. */
export function countedBy(unit: Unit): 'gate' | 'licensee' {
  return unit === 'fetch' ? 'gate' : 'licensee';
}

/** Packs a price can be for. Powers of ten, so that the price of one is an exact decimal. */
export const PACKS = ['1', '10', '100', '1000', '10000', '100000', '1000000'] as const;
export type Pack = (typeof PACKS)[number];

/** An amount in micro-units for a number of units, both as decimal strings. */
export type Price = { readonly unit: Unit; readonly amountMicro: string; readonly perUnits: Pack };

/**
 * What a holder says about one use. Several prices are a choice: the licensee takes one of them. That is how RSL
 * reads several licences for one use, so nothing else could be published truthfully.
 */
export type Answer =
  | { readonly answer: 'free' }
  | { readonly answer: 'paid'; readonly prices: readonly Price[] }
  | { readonly answer: 'ask' }
  | { readonly answer: 'no' };

export type Terms = { readonly [U in Use]: Answer };

/** 10⁹ of the major unit: beyond it a price is a slip of the keyboard. */
export const MAX_AMOUNT_MICRO = 1_000_000_000_000_000n;

const answerSchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('free') }),
  z.strictObject({
    answer: z.literal('paid'),
    prices: z
      .array(
        z.strictObject({ unit: z.enum(UNITS), amountMicro: z.string().max(40), perUnits: z.enum(PACKS) }),
      )
      .max(UNITS.length)
      .readonly(),
  }),
  z.strictObject({ answer: z.literal('ask') }),
  z.strictObject({ answer: z.literal('no') }),
]);

/** The shape of a draft. Amounts may still be missing or wrong: what is wrong is said when it is to be published. */
export const termsSchema = z.strictObject({
  search: answerSchema,
  'ai-index': answerSchema,
  'ai-input': answerSchema,
  'ai-train': answerSchema,
});

export type TermsFault = {
  readonly code: 'price-missing' | 'price-too-high' | 'price-unreadable' | 'unit-not-for-use';
  readonly use: Use;
  readonly unit?: Unit;
};

/** What keeps terms from being published. A price that is missing, zero or negative is never read as free. */
export function termsFaults(terms: Terms): TermsFault[] {
  const faults: TermsFault[] = [];
  for (const use of USES) {
    const said = terms[use];
    if (said.answer !== 'paid') continue;
    if (UNITS_OF[use].length === 0) {
      faults.push({ code: 'unit-not-for-use', use });
      continue;
    }
    if (said.prices.length === 0) faults.push({ code: 'price-missing', use });
    said.prices.forEach(({ unit, amountMicro }, i) => {
      const twice = said.prices.findIndex((price) => price.unit === unit) !== i;
      if (twice || !UNITS_OF[use].includes(unit)) faults.push({ code: 'unit-not-for-use', use, unit });
      else if (!/^(-?[0-9]+)?$/.test(amountMicro)) faults.push({ code: 'price-unreadable', use, unit });
      else if (amountMicro === '' || BigInt(amountMicro) <= 0n)
        faults.push({ code: 'price-missing', use, unit });
      else if (BigInt(amountMicro) > MAX_AMOUNT_MICRO) faults.push({ code: 'price-too-high', use, unit });
    });
  }
  return faults;
}

/** Does this answer let somebody in without asking? */
export function grants(said: Answer): boolean {
  return said.answer === 'free' || said.answer === 'paid';
}

/** The AI uses these terms grant: the ones to which every holder must say yes. Being found by search is not one. */
export function grantedAiUses(terms: Terms): Use[] {
  return USES.filter((use) => use !== 'search' && grants(terms[use]));
}

/** Terms that grant no AI use: anybody who holds a share may publish them, whoever may say yes. */
export function isReserving(terms: Terms): boolean {
  return grantedAiUses(terms).length === 0;
}

/** The terms with every AI grant taken back but for the uses named. */
export function withoutGrants(terms: Terms, except: readonly Use[] = []): Terms {
  const entries = USES.map((use) => {
    const stays = use === 'search' || !grants(terms[use]) || except.includes(use);
    return [use, stays ? terms[use] : { answer: 'no' }] as const;
  });
  return Object.fromEntries(entries) as unknown as Terms;
}

/** The same terms, written in one way: units in order, amounts without leading zeros. */
export function normaliseTerms(terms: Terms): Terms {
  const entries = USES.map((use): readonly [Use, Answer] => {
    const said = terms[use];
    if (said.answer !== 'paid') return [use, { answer: said.answer }];
    const prices = UNITS.flatMap((unit) => said.prices.filter((price) => price.unit === unit)).map(
      ({ unit, amountMicro, perUnits }) => ({ unit, amountMicro: plain(amountMicro), perUnits }),
    );
    return [use, { answer: 'paid', prices }];
  });
  return Object.fromEntries(entries) as unknown as Terms;
}

function plain(amount: string): string {
  return /^[0-9]+$/.test(amount) ? BigInt(amount).toString() : amount;
}
