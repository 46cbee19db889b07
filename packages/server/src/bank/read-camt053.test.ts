import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../kernel/index.ts';
import { readCamt053 } from './read-camt053.ts';
import { renderCamt053, type WrittenEntry, type WrittenStatement } from './render-camt053.ts';
import { noSchemas, schemaError } from './testing/schema.ts';

const iban = 'DE89370400440532013000';
const them = { name: 'Müller & Söhne <AG>', iban: 'FR1420041010050500013M02606' };
const base: WrittenStatement = {
  id: 'S-1',
  sequence: 1,
  iban,
  currency: 'EUR',
  date: '2026-11-20',
  openingMicro: 100_000_000n,
  entries: [],
};
const file = (...statements: Partial<WrittenStatement>[]) =>
  renderCamt053({
    messageId: 'M-1',
    createdAt: new Date('2026-11-21T04:00:00Z'),
    statements: statements.map((one) => ({ ...base, ...one })),
  });
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (...entries: WrittenEntry[]) => readCamt053(bytes(file({ entries })))[0]!;

function codeOf(text: string | Uint8Array): string {
  try {
    readCamt053(typeof text === 'string' ? bytes(text) : text);
    return 'read';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const paid: WrittenEntry = {
  amountMicro: 12_340_000n,
  reference: 'B-1',
  endToEndId: 'E-1',
  remittance: 'Invoice CW-2026-1',
  counterparty: them,
};

describe('a bank statement', () => {
  it('is read as the bank says it', () => {
    const statement = read(paid, { amountMicro: -1_000_000n, reference: 'B-2' });
    expect(statement).toMatchObject({
      id: 'S-1',
      sequence: '1',
      iban,
      currency: 'EUR',
      closedOn: '2026-11-20',
    });
    expect([statement.openingMicro, statement.closingMicro]).toEqual([100_000_000n, 111_340_000n]);
    expect(statement.entries).toEqual([
      {
        amountMicro: 12_340_000n,
        bookedOn: '2026-11-20',
        valueDate: '2026-11-20',
        endToEndId: 'E-1',
        remittance: 'Invoice CW-2026-1',
        reference: 'B-1',
        counterpartyName: 'Müller & Söhne <AG>',
        counterpartyIban: them.iban,
        returnReason: null,
        reversal: false,
      },
      expect.objectContaining({ amountMicro: -1_000_000n, endToEndId: null, counterpartyIban: null }),
    ]);
  });

  it('names the payee of a payment that came back, and why it did', () => {
    const back = { ...paid, returned: { code: 'AC04', words: 'closed account' } };
    expect(read(back).entries[0]).toMatchObject({
      counterpartyIban: them.iban,
      returnReason: 'AC04 closed account',
      endToEndId: 'E-1',
    });
    expect(read({ ...paid, amountMicro: -5n * 10n, reversal: true }).entries[0]).toMatchObject({
      reversal: true,
    });
  });

  it('counts what is booked only, and nothing that is zero', () => {
    const announced: WrittenEntry = { ...paid, status: 'PDNG' };
    expect(read(announced, { amountMicro: 0n, reference: 'B-0' }).entries).toEqual([]);
  });

  it('takes payments that were booked at once apart, where they say their amounts', () => {
    const payments = [paid, { ...paid, reference: 'B-2', endToEndId: 'E-2', amountMicro: -340_000n }];
    const batch = { amountMicro: 12_000_000n, reference: 'B', payments };
    expect(read(batch).entries.map(({ endToEndId, amountMicro }) => [endToEndId, amountMicro])).toEqual([
      ['E-1', 12_340_000n],
      ['E-2', -340_000n],
    ]);
    expect(codeOf(file({ entries: [{ ...batch, amountMicro: 12_000_010n }] }))).toBe(
      'bank-statement-wrong-sum',
    );
    const silent = file({ entries: [batch] }).replaceAll(/(<\/Refs>)<Amt.*?<\/CdtDbtInd>/g, '$1');
    const [together] = readCamt053(bytes(silent))[0]!.entries;
    expect(together).toMatchObject({ amountMicro: 12_000_000n, endToEndId: null, counterpartyIban: null });
  });

  it('shows nothing invisible', () => {
    const { remittance } = read({ ...paid, remittance: 'a\u202eb\n\tc\u200b  d' }).entries[0]!;
    expect(remittance).toBe('ab c d');
  });

  it('may be overdrawn, and several may come in one file', () => {
    const entries = [{ ...paid, amountMicro: -200_000_000n }];
    const [first, second] = readCamt053(bytes(file({ entries }, { id: 'S-2', openingMicro: -100_000_000n })));
    expect([first!.closingMicro, second!.openingMicro]).toEqual([-100_000_000n, -100_000_000n]);
  });
});

describe('a file that is refused', () => {
  const good = file({ entries: [paid] });
  it.each<[string, string, string | Uint8Array]>([
    ['a wrong sum', 'bank-statement-wrong-sum', file({ entries: [paid], closingMicro: 112_340_010n })],
    ['an entry twice', 'bank-statement-duplicate-entry', file({ entries: [paid, paid] })],
    [
      'another currency',
      'bank-statement-other-currency',
      good.replace('>12.34<', '>12.34<').replace(/(<NtryRef>.*?Ccy=")EUR/, '$1USD'),
    ],
    [
      'balances in two currencies',
      'bank-statement-other-currency',
      good.replace(/(CLBD.*?Ccy=")EUR/, '$1USD'),
    ],
    ['nothing', 'bank-file-unreadable', ''],
    ['no XML', 'bank-file-unreadable', 'Date;Amount\n'],
    ['half a file', 'bank-file-unreadable', good.slice(0, good.length / 2)],
    ['another message', 'bank-file-unreadable', good.replace('camt.053.001.08', 'camt.052.001.08')],
    ['a DOCTYPE', 'bank-file-unreadable', good.replace('<Document', '<!DOCTYPE Document><Document')],
    ['an entity', 'bank-file-unreadable', good.replace('Invoice', '&xxe;')],
    ['bytes that are no text', 'bank-file-unreadable', new Uint8Array([0xff, 0xfe, 0x3c])],
    ['no closing balance', 'bank-file-unreadable', good.replace('CLBD', 'CLAV')],
    ['two opening balances', 'bank-file-unreadable', good.replace('CLBD', 'OPBD')],
    [
      'no account',
      'bank-file-unreadable',
      good.replace(/<Acct>.*<\/Acct>/, '<Acct><Id><Othr><Id>1</Id></Othr></Id></Acct>'),
    ],
    ['a comma', 'bank-file-unreadable', good.replace('>12.34<', '>12,34<')],
    ['a minus', 'bank-file-unreadable', good.replace('>12.34<', '>-12.34<')],
    ['an exponent', 'bank-file-unreadable', good.replace('>12.34<', '>1e3<')],
    ['no digit', 'bank-file-unreadable', good.replace('>12.34<', '>.<')],
    ['more than there is', 'bank-file-unreadable', good.replace('>12.34<', '>1234567890123.00<')],
    ['less than a micro-unit', 'bank-file-unreadable', good.replace('>12.34<', '>12.3400001<')],
    ['no side', 'bank-file-unreadable', good.replaceAll('CRDT', 'CREDIT')],
    ['an unknown status', 'bank-file-unreadable', good.replace('BOOK', 'MAYB')],
    ['a day there is not', 'bank-file-unreadable', good.replaceAll('2026-11-20', '2026-02-30')],
    [
      'no statement',
      'bank-file-unreadable',
      good.replaceAll(/<\/?Stmt>/g, '').replace(/<Id>.*<\/Ntry>/s, ''),
    ],
    [
      'depth',
      'bank-file-unreadable',
      good.replace('<Stmt>', `<Stmt>${'<a>'.repeat(100)}${'</a>'.repeat(100)}`),
    ],
  ])('has %s', (_, code, text) => {
    expect(codeOf(text)).toBe(code);
  });

  it('is never a failure, whatever was changed in it', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.nat(40),
        (at, text, cut) => {
          expect(codeOf(good.slice(0, at) + text + good.slice(at + cut))).toMatch(/^(read|bank-)/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.skipIf(noSchemas)(`may be an attack others have met${noSchemas}`, () => {
    const folder = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'xml-bombs');
    const attacks = readdirSync(folder).filter((name) => name.endsWith('.xml'));
    expect(attacks).not.toEqual([]);
    for (const name of attacks)
      expect([name, codeOf(readFileSync(join(folder, name)))]).toEqual([name, 'bank-file-unreadable']);
  });
});

const entry: fc.Arbitrary<WrittenEntry> = fc.record(
  {
    amountMicro: fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }).map((n) => n * 10n),
    reference: fc.uuid().map((id) => id.slice(1)),
    remittance: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 140 }),
    counterparty: fc.constant(them),
    endToEndId: fc.constant('E-9'),
    status: fc.constantFrom('BOOK', 'PDNG'),
  },
  { requiredKeys: ['amountMicro', 'reference'] },
);

describe('what is written', () => {
  it('is read again: amounts to the last digit, and nothing that was only announced', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 20 }),
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        (entries, opening) => {
          const [statement] = readCamt053(bytes(file({ entries, openingMicro: opening * 10n })));
          const booked = entries.filter(({ status, amountMicro }) => status !== 'PDNG' && amountMicro !== 0n);
          expect(statement!.entries.map(({ amountMicro, reference }) => [amountMicro, reference])).toEqual(
            booked.map(({ amountMicro, reference }) => [amountMicro, reference]),
          );
          expect(statement!.openingMicro).toBe(opening * 10n);
        },
      ),
    );
  });

  it.skipIf(noSchemas)(`is valid by the schema${noSchemas}`, () => {
    const batch = {
      amountMicro: 12_000_000n,
      reference: 'B',
      payments: [paid, { amountMicro: -340_000n, reference: 'x' }],
    };
    const back = { ...paid, returned: { code: 'AC04', words: 'closed' }, reversal: true };
    expect(
      schemaError('camt.053.001.08', file({ entries: [batch, back, { ...paid, amountMicro: -10n }] }, {})),
    ).toBeUndefined();
    expect(schemaError('camt.053.001.08', file({}).replace('CRDT', 'X'))).toContain('CdtDbtInd');
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        expect(schemaError('camt.053.001.08', file({ entries }))).toBeUndefined();
      }),
      { numRuns: 15 },
    );
  });
});
