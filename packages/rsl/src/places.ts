const union = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
/** The assigned codes of ISO 3166-1: each word a first letter and the second ones that go with it. */
const assigned =
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY ' +
  'HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA ' +
  'REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW';
const countries = new Set(
  assigned.split(' ').flatMap(([first, ...rest]) => rest.map((second) => `${first}${second}`)),
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
 * where that cannot be told, because the place is no country.
 */
export function holdsIn(tokens: readonly string[], place: string): boolean | undefined {
  if (tokens.includes(place) || (tokens.includes('EU') && union.has(place))) return true;
  return isCountry(place) ? false : undefined;
}

/** A country that a list of places does not hold, if there is one. */
export function countryOutside(tokens: readonly string[]): string | undefined {
  return [...countries].findLast((place) => holdsIn(tokens, place) === false);
}
