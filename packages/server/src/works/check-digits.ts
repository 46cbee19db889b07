// One function per check system; each takes the characters before the check character and answers the right one.

/** EAN-13 (ISBN-13, ISMN): weights 1 and 3 from the left, mod 10. */
export function ean13(digits: string): string {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Falling weights ending with 2, mod 11, X for ten: ISBN-10 (ISO 2108:1992) and ISSN (ISO 3297). */
export function mod11(digits: string): string {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (digits.length + 1 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** ISO 7064 MOD 11-2: ISNI and ORCID. */
export function mod11dash2(digits: string): string {
  const rest = [...digits].reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0);
  const check = (12 - rest) % 11;
  return check === 10 ? 'X' : String(check);
}

/** ISO 7064 MOD 37,36: EIDR. */
export function mod37dash36(characters: string): string {
  const rest = [...characters].reduce((product, character) => {
    const sum = (product + Number.parseInt(character, 36)) % 36 || 36;
    return (sum * 2) % 37;
  }, 36);
  return ((37 - rest) % 36).toString(36).toUpperCase();
}

/** ISWC (ISO 15707): the T counts 1, each of the nine digits its place times itself, mod 10. */
export function iswc(digits: string): string {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i + 1), 1);
  return String((10 - (sum % 10)) % 10);
}
