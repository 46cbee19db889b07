const members = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';
const others =
  'AD AE AF AG AI AL AM AO AQ AR AS AU AW AX AZ BA BB BD BF BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH ' +
  'CI CK CL CM CN CO CR CU CV CW CX DJ DM DO DZ EC EG EH ER ET FJ FK FM FO GA GB GD GE GF GG GH GI GL GM GN GP GQ GS GT GU ' +
  'GW GY HK HM HN HT ID IL IM IN IO IQ IR IS JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LY MA MC MD ' +
  'ME MF MG MH MK ML MM MN MO MP MQ MR MS MU MV MW MX MY MZ NA NC NE NF NG NI NP NR NU NZ OM PA PE PF PG PH PK PM PN PR PS ' +
  'PW PY QA RE RS RU RW SA SB SC SD SG SH SJ SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';
const union = new Set(members.split(' '));
const countries = new Set(`${members} ${others}`.split(' '));

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
