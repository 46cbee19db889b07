import { parse, readXml } from '@clearway/rsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLicense } from './license-element.ts';
import { formatAmount, parseAmount, priceOfOne } from './money.ts';

const NS = 'https://rslstandard.org/rsl';

/** The licences of a document, each cut out. */
function cutAll(text: string): (string | undefined)[] {
  const { document } = parse(text);
  const licenses = document?.contents.flatMap((content) => content.licenses) ?? [];
  return licenses.map(({ position }) => cutLicense(text, position.offset));
}

describe('a licence cut out of its document', () => {
  it.each([
    '<license/>',
    '<license ></license >',
    '<license><!-- </license> --><permits type="usage">search</permits></license>',
    "<license><x:note xmlns:x='urn:x' a='>'>b</x:note></license>",
    '<license><legal type="proof"><![CDATA[</license>]]></legal></license>',
    '<license><?pi </license>?></license>',
    '<license><cw:price unit="fetch"><cw:price/></cw:price></license>',
    '<license><payment><license xmlns="urn:other"></license></payment></license>',
    '<license><permits type="usage">cw:own</permits></license>',
    '<license xmlns="https://rslstandard.org/rsl"/>',
  ])('%s stands alone', (license) => {
    const text = `<rsl xmlns="${NS}" xmlns:cw="urn:cw?a&amp;b" xmlns:unused="urn:u"><content url="/">${license}<license/></content></rsl>`;
    const [cut = '', second = ''] = cutAll(text);
    const alone = readXml(cut);
    expect([alone.local, alone.namespace]).toEqual(['license', NS]);
    expect(cut.replace(/ xmlns(:cw)?="[^"]*"/g, '')).toBe(license.replace(/ xmlns(:cw)?="[^"]*"/g, ''));
    expect(cut).not.toContain('unused');
    expect(cut.includes('urn:cw?a&amp;b')).toBe(license.includes('cw:'));
    expect(readXml(second).namespace).toBe(NS);
  });

  it('keeps its prefix', () => {
    const text = `<r:rsl xmlns:r="${NS}"><r:content url="/"><r:license><r:permits type="usage">all</r:permits></r:license></r:content></r:rsl>`;
    expect(cutAll(text)).toEqual([
      `<r:license xmlns:r="${NS}"><r:permits type="usage">all</r:permits></r:license>`,
    ]);
  });

  it('is nothing where none begins', () => {
    expect(cutLicense(`<rsl xmlns="${NS}"/>`, 3)).toBeUndefined();
  });
});

describe('amounts', () => {
  it('come back as they were said', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(digits, digits, (whole, fraction) => {
        const plain = `${BigInt(whole)}.${fraction}`.replace(/\.?0+$/, (zeros) =>
          zeros.startsWith('.') ? '' : '',
        );
        const read = parseAmount(`${whole}.${fraction}`)!;
        expect(parseAmount(formatAmount(read))).toBe(read);
        if (/[1-9]/.test(fraction)) expect(formatAmount(read)).toBe(plain);
      }),
    );
  });

  it.each(['', '.', '-1', '+1', '1e3', '1,5', ' 1', '0x1', 'NaN', '1.2.3', '9'.repeat(16)])(
    'not %j',
    (text) => {
      expect(parseAmount(text)).toBeUndefined();
    },
  );

  it('a limit is never passed by rounding', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.integer({ min: 1, max: 1e6 }),
        (amount, per) => {
          expect(priceOfOne(amount, per) * BigInt(per)).toBeGreaterThanOrEqual(amount);
          expect((priceOfOne(amount, per) - 1n) * BigInt(per)).toBeLessThan(amount === 0n ? 1n : amount);
        },
      ),
    );
    expect(formatAmount(parseAmount('0.0000000000001')!)).toBe('0.000000000001');
  });
});
