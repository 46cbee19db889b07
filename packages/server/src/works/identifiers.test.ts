import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ean13, iswc, mod11, mod11dash2, mod37dash36 } from './check-digits.ts';
import { identifierExample, parseIdentifier, SCHEMES, type Scheme } from './identifiers.ts';

const right: [Scheme, string, string][] = [
  ['isbn', '978-0-306-40615-7', '9780306406157'],
  ['isbn', 'ISBN-13: 9780306406157', '9780306406157'],
  ['isbn', '0-306-40615-2', '0306406152'],
  ['isbn', 'isbn 080442957x', '080442957X'],
  ['issn', '0317-8471', '03178471'],
  ['issn', '2434-561X', '2434561X'],
  ['ismn', '979-0-2600-0043-8', '9790260000438'],
  ['isrc', 'US-SKG-19-12345', 'USSKG1912345'],
  ['iswc', 'T-034.524.680-1', 'T0345246801'],
  ['isni', '0000 0001 2281 955X', '000000012281955X'],
  ['orcid', 'https://orcid.org/0000-0002-1825-0097', '0000000218250097'],
  ['doi', 'https://doi.org/10.1000/182', '10.1000/182'],
  ['eidr', '10.5240/7791-8534-2C23-9030-8610-5', '10.5240/779185342C23903086105'],
];

describe('parseIdentifier', () => {
  it.each(right)('%s %s', (scheme, typed, value) => {
    const read = parseIdentifier(scheme, typed);
    expect(read.value).toBe(value);
    expect(parseIdentifier(scheme, read.display)).toEqual(read);
  });

  it.each(SCHEMES)('reads its own example of %s', (scheme) => {
    expect(parseIdentifier(scheme, identifierExample(scheme)).scheme).toBe(scheme);
  });

  it.each([
    ['isbn', '978-0-306-40615-8', '7'],
    ['isbn', '0-306-40615-3', '2'],
    ['isbn', '0804429571', 'X'],
    ['issn', '0317-8472', '1'],
    ['ismn', '979-0-2600-0043-9', '8'],
    ['iswc', 'T-034.524.680-2', '1'],
    ['isni', '0000 0001 2281 9551', 'X'],
    ['orcid', '0000-0002-1825-0098', '7'],
    ['eidr', '10.5240/7791-8534-2C23-9030-8610-6', '5'],
  ] as const)('names the digit that would fit: %s %s → %s', (scheme, typed, expected) => {
    expect(() => parseIdentifier(scheme, typed)).toThrow(
      expect.objectContaining({
        code: 'identifier-check-digit',
        fields: expect.objectContaining({ expected }),
      }),
    );
  });

  it.each([
    ['isbn', ''],
    ['isbn', '978030640615'],
    ['isbn', '9770306406157'],
    ['issn', '0317-84710'],
    ['ismn', '978-0-2600-0043-8'],
    ['isrc', 'U-SKG-19-12345'],
    ['isrc', 'US-SKG-19-1234'],
    ['iswc', '034.524.680-1'],
    ['orcid', '0000 0001 2281 955X'],
    ['doi', '11.1000/182'],
    ['doi', '10.1000'],
    ['eidr', '10.5241/7791-8534-2C23-9030-8610-5'],
    ['iscc', 'KACT4EBWK27737D2'],
    ['doi', `10.1000/${'a'.repeat(10_000)}`],
    ['isbn', '٩٧٨٠٣٠٦٤٠٦١٥٧'],
    ['isbn', '978-0-306-40615-7<script>'],
  ] as const)('refuses what is no %s: %s', (scheme, typed) => {
    expect(() => parseIdentifier(scheme, typed)).toThrow(
      expect.objectContaining({ code: 'identifier-malformed' }),
    );
  });
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const HEX20 = fc.stringMatching(/^[0-9A-F]{20}$/);

describe('check digits', () => {
  // All find every single wrong digit; the pure systems also every swap of two neighbours.
  it.each([
    ['mod 11 of ten', digits(9), mod11, true],
    ['mod 11 of eight', digits(7), mod11, true],
    ['mod 11-2', digits(15), mod11dash2, true],
    ['mod 37,36', HEX20, mod37dash36, false],
    ['EAN', digits(12), ean13, false],
  ] as const)('%s notices a wrong digit and a swap', (_name, bodies, check, noticesSwaps) => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(8), (body, place, step) => {
        const at = place % body.length;
        const other = String((Number.parseInt(body[at]!, 36) + 1 + step) % 10);
        const changed = body.slice(0, at) + other + body.slice(at + 1);
        if (changed !== body) expect(check(changed)).not.toBe(check(body));
        const next = body[at + 1];
        if (!noticesSwaps || next === undefined || next === body[at]) return;
        const swapped = body.slice(0, at) + next + body[at] + body.slice(at + 2);
        expect(check(swapped)).not.toBe(check(body));
      }),
      { numRuns: 500 },
    );
  });

  it('ISWC is one digit, whatever the number', () => {
    fc.assert(
      fc.property(digits(9), (body) => {
        expect(iswc(body)).toMatch(/^\d$/);
      }),
    );
  });
});
