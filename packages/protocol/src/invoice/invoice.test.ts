import { beforeAll, expect, test } from 'vitest';
import { generateKeyPair, type KeyPair } from '../keys.ts';
import { type InvoiceDocument, type InvoiceLine, openInvoice, sealInvoice } from './invoice.ts';

const at = '2026-01-31T12:00:00.000Z';
const line: InvoiceLine = {
  line: 'l-1',
  kind: 'usage',
  agreement: 'a-1',
  work: 'w-1',
  title: 'Tide',
  holders: [{ id: 'p-1', name: 'Mara Holt' }],
  use: 'ai-input',
  unit: 'fetch',
  grade: 'gate-counted',
  units: '3',
  price: { amountMicro: '1', perUnits: '2' },
  offer: 'o-1',
  offerSha256: 'ab'.repeat(32),
  amountMicro: '2',
};
const invoice: InvoiceDocument = {
  format: 'clearway-invoice-1',
  kind: 'invoice',
  issuer: 'https://rights.example',
  id: 'i-1',
  number: 'INV-000001',
  proForma: true,
  role: 'agent',
  operator: { name: 'Guild', legalForm: 'association', imprint: 'Street 1\nKiel' },
  licensee: { id: 'p-2', name: 'Acme Models' },
  period: { from: '2026-01-01T00:00:00.000Z', to: at, zone: 'Europe/Berlin' },
  currency: 'EUR',
  lines: [line],
  exactMicro: '2',
  carriedMicro: '9999',
  totalMicro: '10000',
  carryMicro: '1',
  issuedAt: at,
};
const credit: InvoiceDocument = {
  ...invoice,
  kind: 'credit-note',
  lines: [{ ...line, kind: 'credit', units: '-3', amountMicro: '-2', corrects: 'l-1' }],
  exactMicro: '-2',
  carriedMicro: '1',
  totalMicro: '-10000',
  carryMicro: '9999',
  corrects: 'INV-000001',
  reason: 'counted twice',
};

let pair: KeyPair;
beforeAll(async () => {
  pair = await generateKeyPair();
});
const signer = () => ({ kid: 'd1', privateKey: pair.privateKey });

test('is opened as it was signed, by the one who signed it', async () => {
  for (const document of [invoice, credit])
    expect(await openInvoice(await sealInvoice(document, signer()), () => pair.publicKey)).toEqual(document);
  const { publicKey } = await generateKeyPair();
  await expect(openInvoice(await sealInvoice(invoice, signer()), () => publicKey)).rejects.toMatchObject({
    code: 'sealed-signature',
  });
});

test('whose lines or sums are wrong is no invoice', async () => {
  const wrong = [
    { ...invoice, lines: [] },
    { ...invoice, lines: [{ ...line, amountMicro: '1' }], exactMicro: '1', carryMicro: '0' },
    { ...invoice, lines: [{ ...line, units: '5' }] },
    { ...invoice, lines: [{ ...line, price: { amountMicro: '1', perUnits: '0' } }] },
    { ...invoice, lines: [{ ...line, kind: 'credit' }] },
    { ...credit, lines: [line] },
    { ...invoice, exactMicro: '3' },
    { ...invoice, totalMicro: '20000' },
    { ...invoice, carryMicro: '-0' },
    { ...invoice, currency: 'euro' },
    { ...invoice, number: 'INV 1' },
    { ...invoice, tax: '0' },
  ];
  for (const document of wrong)
    await expect(sealInvoice(document as InvoiceDocument, signer())).rejects.toMatchObject({
      code: 'invoice-malformed',
    });
});
