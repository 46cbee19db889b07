import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailAddressError, parseMailAddress } from './address.ts';

describe('parseMailAddress', () => {
  it.each([
    ['anna@example.org', 'anna@example.org', 'anna@example.org'],
    ['  Anna.Berg@Example.ORG\n', 'Anna.Berg@example.org', 'anna.berg@example.org'],
    ['anna+news@mail.example.org', 'anna+news@mail.example.org', 'anna+news@mail.example.org'],
    [
      "o'brien!#$%&*/=?^_`{|}~-@example.org",
      "o'brien!#$%&*/=?^_`{|}~-@example.org",
      "o'brien!#$%&*/=?^_`{|}~-@example.org",
    ],
    ['anna@Bücher.example', 'anna@xn--bcher-kva.example', 'anna@xn--bcher-kva.example'],
    ['anna@xn--bcher-kva.example', 'anna@xn--bcher-kva.example', 'anna@xn--bcher-kva.example'],
    ['JO\u0308RG@example.org', 'JÖRG@example.org', 'jörg@example.org'],
    ['用户@例子.example', '用户@xn--fsqu00a.example', '用户@xn--fsqu00a.example'],
  ])('%j', (text, address, key) => {
    expect(parseMailAddress(text)).toEqual({ address, key });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['anna', 'no-at'],
    ['@example.org', 'local'],
    ['.anna@example.org', 'local'],
    ['anna.@example.org', 'local'],
    ['an..na@example.org', 'local'],
    ['"anna b"@example.org', 'characters'],
    ['"anna"@example.org', 'local'],
    ['anna(comment)@example.org', 'local'],
    ['Anna<anna@example.org>', 'local'],
    [`${'a'.repeat(65)}@example.org`, 'local'],
    ['anna@', 'domain'],
    ['anna@example', 'domain'],
    ['anna@localhost', 'domain'],
    ['anna@example.org.', 'domain'],
    ['anna@.example.org', 'domain'],
    ['anna@ex..org', 'domain'],
    ['anna@-a.example', 'domain'],
    ['anna@a_b.example', 'domain'],
    ['anna@127.0.0.1', 'domain'],
    ['anna@0x7f.1', 'domain'],
    ['anna@[127.0.0.1]', 'domain'],
    ['anna@example.org:25', 'domain'],
    ['anna@example.org/x', 'domain'],
    ['anna@%65xample.org', 'domain'],
    [`anna@${'a'.repeat(64)}.example`, 'domain'],
    [`anna@${'a.'.repeat(130)}org`, 'too-long'],
    [`${'ä'.repeat(127)}@a.bc`, 'too-long'],
    ['anna@example.org,eve@example.org', 'several'],
    ['anna@example.org;eve@example.org', 'several'],
    ['anna@example.org eve@example.org', 'several'],
    ['anna@eve@example.org', 'several'],
    ['anna@example.org\r\nBcc: eve@example.org', 'several'],
    ['anna\r\nBcc: eve@example.org', 'characters'],
    ['an\u0000na@example.org', 'characters'],
    ['anna\u200b@example.org', 'characters'],
    ['\u202eanna@example.org', 'characters'],
    ['anna@exam\u00adple.org', 'characters'],
    ['an na@example.org', 'characters'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => parseMailAddress(text)).toThrow(
      expect.objectContaining({ name: 'MailAddressError', code: 'mail-address-invalid', reason }),
    );
  });

  it('gives an address that reads as itself, or refuses, for any text', () => {
    const parts = fc.constantFrom(
      'a',
      'B',
      '.',
      '@',
      'ß',
      'ü',
      'u\u0308',
      '-',
      ' ',
      '\n',
      '\u200d',
      '例',
      'example',
      '.org',
      '<',
      ',',
      '%',
      '1',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts, { maxLength: 12 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          const read = parseMailAddress(given);
          expect(parseMailAddress(read.address)).toEqual(read);
          expect(parseMailAddress(read.key).key).toBe(read.key);
          expect(read.address).not.toMatch(/[\s,;<>]/);
        } catch (error) {
          if (!(error instanceof MailAddressError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
