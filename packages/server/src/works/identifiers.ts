import { ean13, iswc, mod11, mod11dash2, mod37dash36 } from './check-digits.ts';
import { fail } from './problems.ts';

/** The identifiers a work can carry. ISNI and ORCID name its maker, the others the work or an edition of it. */
export const SCHEMES = [
  'isbn',
  'issn',
  'ismn',
  'isrc',
  'iswc',
  'isni',
  'orcid',
  'doi',
  'eidr',
  'iscc',
] as const;
export type Scheme = (typeof SCHEMES)[number];

/** An identifier as it is stored (`value`, compared exactly) and as people write it (`display`). */
export type Identifier = { readonly scheme: Scheme; readonly value: string; readonly display: string };

type Rule = {
  /** Shape after normalisation. */
  readonly form: RegExp;
  /** An example, for the person who typed something else. */
  readonly example: string;
  /** Upper case without these; default: blanks and hyphens. */
  readonly drop?: RegExp;
  /** The right last character, where the scheme has one. */
  readonly check?: (value: string) => string;
  readonly show?: (value: string) => string;
};

const lastBy = (compute: (body: string) => string) => (value: string) => compute(value.slice(0, -1));
const fours = (value: string, by: string) => value.match(/.{4}/g)!.join(by);

const RULES: { readonly [S in Scheme]: Rule } = {
  isbn: {
    form: /^(?:97[89]\d{10}|\d{9}[\dX])$/,
    example: '978-0-306-40615-7',
    check: (value) => (value.length === 13 ? ean13 : mod11)(value.slice(0, -1)),
  },
  issn: {
    form: /^\d{7}[\dX]$/,
    example: '0317-8471',
    check: lastBy(mod11),
    show: (value) => fours(value, '-'),
  },
  ismn: { form: /^9790\d{9}$/, example: '979-0-2600-0043-8', check: lastBy(ean13) },
  // ISO 3901: country or issuer prefix, registrant, year, designation; no check digit.
  isrc: {
    form: /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/,
    example: 'US-SKG-19-12345',
    show: (v) => `${v.slice(0, 2)}-${v.slice(2, 5)}-${v.slice(5, 7)}-${v.slice(7)}`,
  },
  iswc: {
    form: /^T\d{10}$/,
    example: 'T-034.524.680-1',
    drop: /[\s.-]/g,
    check: (value) => iswc(value.slice(1, -1)),
    show: (v) => `T-${v.slice(1, 4)}.${v.slice(4, 7)}.${v.slice(7, 10)}-${v.slice(10)}`,
  },
  isni: {
    form: /^\d{15}[\dX]$/,
    example: '0000 0001 2281 955X',
    check: lastBy(mod11dash2),
    show: (value) => fours(value, ' '),
  },
  // The blocks of ISNI numbers set aside for ORCID.
  orcid: {
    form: /^(?:0000000(?:1[5-9]|2\d|3[0-4])\d{6}|0009000\d{8})[\dX]$/,
    example: '0000-0002-1825-0097',
    drop: /^HTTPS?:\/\/ORCID\.ORG\/|[\s-]/g,
    check: lastBy(mod11dash2),
    show: (value) => fours(value, '-'),
  },
  // The DOI handbook allows nearly anything after the slash; names are compared without regard to ASCII case.
  doi: {
    form: /^10\.\d{4,9}(?:\.\d+)*\/[\x21-\x7e\u00a1-\uffff]{1,200}$/,
    example: '10.1000/182',
    drop: /^(?:HTTPS?:\/\/(?:DX\.)?DOI\.ORG\/|DOI:\s*)/,
    show: (value) => value.toLowerCase(),
  },
  eidr: {
    form: /^10\.5240\/[0-9A-F]{20}[0-9A-Z]$/,
    example: '10.5240/7791-8534-2C23-9030-8610-5',
    check: (value) => mod37dash36(value.slice('10.5240/'.length, -1)),
    show: (v) => `10.5240/${fours(v.slice(8, 28), '-')}-${v.slice(28)}`,
  },
  iscc: {
    form: /^ISCC:[A-Z2-7]{10,100}$/,
    example: 'ISCC:KACT4EBWK27737D2AYCJRAL5Z36G76RFRMO4554RU26HZ4ORJGIVHDI',
  },
};

const MAX_TYPED = 300;

/** People write the name of the number before it; ISCC's own form includes it. */
const NAMED: { readonly [S in Scheme]?: RegExp } = {
  isbn: /^(?:E-?)?ISBN(?:-1[03])?[:\s]+/,
  issn: /^E?-?ISSN[:\s]+/,
  ismn: /^ISMN[:\s]+/,
  isrc: /^ISRC[:\s]+/,
  iswc: /^ISWC[:\s]+/,
  isni: /^ISNI[:\s]+/,
  orcid: /^ORCID(?:\sID)?[:\s]+/,
};

/**
 * Reads an identifier as typed. Throws `identifier-check-digit` (with the expected character) or
 * `identifier-malformed` (with an example).
 */
export function parseIdentifier(scheme: Scheme, typed: string): Identifier {
  const rule = RULES[scheme];
  const name = scheme.toUpperCase();
  const bare = typed
    .slice(0, MAX_TYPED)
    .trim()
    .toUpperCase()
    .replace(NAMED[scheme] ?? /^$/, '');
  const value = bare.replace(rule.drop ?? /[\s-]/g, '');
  if (typed.length > MAX_TYPED || !rule.form.test(value)) {
    throw fail('identifier-malformed', {
      detail: `${name} ${typed.slice(0, 60)}; ${rule.example}`,
      fields: { scheme, example: rule.example },
    });
  }
  const expected = rule.check?.(value);
  if (expected !== undefined && expected !== value.at(-1)) {
    throw fail('identifier-check-digit', {
      detail: `${name} ${typed.trim()}: ${value.at(-1)} → ${expected}`,
      fields: { scheme, found: value.at(-1), expected },
    });
  }
  return { scheme, value, display: rule.show?.(value) ?? value };
}

/** An example of each scheme, for hints. */
export function identifierExample(scheme: Scheme): string {
  return RULES[scheme].example;
}
