import { spellOut } from './vocabulary.ts';

const union = new Set(spellOut('AT BEG CYZ DEK EES FIR GR HRU IET LTUV MT NL PLT RO SEIK', 1));
const countries = new Set(
  spellOut(
    'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY ' +
      'HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA ' +
      'REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW',
    1,
  ),
);

/**
 * Is this text a country by the assigned codes of ISO 3166-1 alpha-2? Case matters; `EU` and `UK` are none.
 *
 * @example
 * ```ts
 * import { isCountry } from '@clearway/rsl';
 *
 * isCountry('GB') // => true
 * isCountry('UK') // => false
 * ```
 */
export function isCountry(text: string): boolean {
  return countries.has(text);
}

/**
 * Whether a list of places holds one: by its own code, or as a member of the Union where the list says `EU`. Undefined
 * where that cannot be told: the place is no country, or the list has a name that is none and may mean any (`UK`).
 */
export function holdsIn(tokens: readonly string[], place: string): boolean | undefined {
  if (tokens.includes(place) || (tokens.includes('EU') && union.has(place))) return true;
  const plain = tokens.every((one) => one === 'EU' || isCountry(one));
  return plain && isCountry(place) ? false : undefined;
}

/** A country that a list of places does not hold, if there is one. */
export function countryOutside(tokens: readonly string[]): string | undefined {
  return [...countries].findLast((place) => holdsIn(tokens, place) === false);
}
