import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreditTransfer, type PaymentFile, renderPain001 } from './render-pain001.ts';
import { toSepaText } from './sepa-text.ts';
import { noSchemas, schemaError } from './testing/schema.ts';

const address = {
  streetName: 'Gänsemarkt',
  buildingNumber: '12 b',
  postCode: '20354',
  townName: 'Hamburg',
  country: 'DE',
};
const creditor = { name: 'Ångström & Søn', iban: 'DE89370400440532013000', address };
const item: CreditTransfer = {
  endToEndId: 'CW-1',
  amountMicro: 12_340_000n,
  currency: 'EUR',
  creditor,
  remittance: 'Clearway: earnings to 31 October – thank you',
};
const file: PaymentFile = {
  messageId: 'CW-BATCH-1',
  createdAt: new Date('2026-11-22T12:00:00.123Z'),
  debtor: {
    name: 'Clearing Ltd',
    iban: 'FR1420041010050500013M02606',
    bic: 'PSSTFRPPPAR',
    address: { ...address, country: 'FR' },
  },
  executionDate: '2026-11-23',
  items: [item, { ...item, endToEndId: 'CW-2', amountMicro: 10_000n }],
};

describe('a payment file', () => {
  it('says what it is told, in the characters of the banks', () => {
    const xml = renderPain001(file);
    expect(xml).toContain('<Nm>Angstrom + Son</Nm>');
    expect(xml).toContain('<PstlAdr><StrtNm>Gansemarkt</StrtNm><BldgNb>12 b</BldgNb><PstCd>20354</PstCd>');
    expect(xml).toContain('<InstdAmt Ccy="EUR">12.34</InstdAmt>');
    expect(xml).toContain('<CreDtTm>2026-11-22T12:00:00Z</CreDtTm>');
    expect(xml.match(/<NbOfTxs>2<\/NbOfTxs><CtrlSum>12\.35<\/CtrlSum>/)).not.toBeNull();
    expect(xml.match(/<NbOfTxs>2<\/NbOfTxs>\n<CtrlSum>12\.35<\/CtrlSum>/)).not.toBeNull();
    expect(xml).not.toContain('AdrLine');
    expect(renderPain001(structuredClone(file))).toBe(xml);
  });

  it.each<[string, Partial<PaymentFile>]>([
    ['no payment', { items: [] }],
    ['zero', { items: [{ ...item, amountMicro: 0n }] }],
    ['a negative amount', { items: [{ ...item, amountMicro: -10_000n }] }],
    ['half a cent', { items: [{ ...item, amountMicro: 5_000n }] }],
    ['more than a bank takes', { items: [{ ...item, amountMicro: 1_000_000_000_000_000n }] }],
    ['two currencies', { items: [item, { ...item, endToEndId: 'x', currency: 'USD' }] }],
    ['one id for two payments', { items: [item, item] }],
    ['an id that is too long', { items: [{ ...item, endToEndId: 'x'.repeat(36) }] }],
    ['an id banks would change', { messageId: 'Zürich' }],
    ['an id with two slashes', { messageId: 'a//b' }],
    ['no town', { debtor: { ...file.debtor, address: { ...address, townName: '' } } }],
    ['a name without letters', { items: [{ ...item, creditor: { ...creditor, name: '王' } }] }],
    ['an IBAN with spaces', { items: [{ ...item, creditor: { ...creditor, iban: 'DE89 3704' } }] }],
    ['no BIC', { debtor: { ...file.debtor, bic: 'PSST' } }],
    ['no day', { executionDate: '23.11.2026' }],
  ])('is not made with %s', (_, wrong) => {
    expect(() => renderPain001({ ...file, ...wrong })).toThrow(RangeError);
  });

  it.skipIf(noSchemas)(`is valid by the schema, whatever the names are${noSchemas}`, () => {
    expect(schemaError('pain.001.001.09', renderPain001(file))).toBeUndefined();
    const dollars = { ...file, items: [{ ...item, currency: 'USD', remittance: '' }] };
    expect(schemaError('pain.001.001.09', renderPain001(dollars))).toBeUndefined();
    const broken = renderPain001(file).replace('12.34', '12,34');
    expect(schemaError('pain.001.001.09', broken)).toContain('InstdAmt');
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.bigInt({ min: 1n, max: 99_999_999_999n }), (said, written, cents) => {
        const odd: CreditTransfer = {
          ...item,
          amountMicro: cents * 10_000n,
          creditor: {
            ...creditor,
            name: `A${said}`,
            address: { ...address, streetName: said, townName: `T${written}` },
          },
          remittance: written,
        };
        expect(schemaError('pain.001.001.09', renderPain001({ ...file, items: [odd] }))).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});

describe('the characters of the banks', () => {
  it.each([
    ['Żaneta Øvergård & Ελένη', 'Zaneta Overgard + Eleni'],
    ['Straße  Nº 5\n„Tor“', "Strasse No 5 'Tor'"],
    ['Щерю Ἀθῆναι', 'Shteryu Athinai'],
    ['王', '.'],
    ['ﬁne…', 'fine...'],
  ])('%s', (text, expected) => {
    expect(toSepaText(text)).toBe(expected);
  });

  it('are all that ever comes out, and stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = toSepaText(text);
        expect(out).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
        expect(toSepaText(out)).toBe(out);
      }),
    );
  });
});
