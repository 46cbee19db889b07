import { expect, it } from 'vitest';
import { countryOutside, holdsIn, isCountry } from './places.ts';

it('knows the 249 assigned codes of ISO 3166-1 and no others', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((two) => one + two)).filter(isCountry);
  expect(codes).toHaveLength(249);
  expect(codes).toEqual(expect.arrayContaining(['AD', 'DE', 'GB', 'NO', 'US', 'ZW']));
  for (const strange of ['EU', 'UK', 'XK', 'SU', 'gb', 'DEU', '', 'D'])
    expect(isCountry(strange)).toBe(false);
});

it('holds a place by its code or as a member of the Union, or cannot tell', () => {
  expect(holdsIn(['EU'], 'DE')).toBe(true);
  expect(holdsIn(['EU'], 'EU')).toBe(true);
  expect(holdsIn(['EU'], 'GB')).toBe(false);
  expect(holdsIn(['GB'], 'UK')).toBeUndefined();
  expect(countryOutside(['ZW', 'ZM'])).toBe('ZA');
  expect(countryOutside(['EU'])).not.toBe('DE');
});
