import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import { rate } from '../money/rate.ts';
import {
  amountMicro,
  currency,
  instant,
  list,
  matching,
  miss,
  object,
  oneOf,
  type Shape,
  sha256Hex,
  text,
  webAddress,
} from '../shape.ts';

/** A party as an invoice names it. */
export type InvoiceParty = { readonly id: string; readonly name: string };

/**
 * One line: `units` of one use of one work under one agreement, at the price pinned there. `holders` are those in whose
 * name it is invoiced. Kind `usage` is counted or reported, `flat` is charged once for a model version, `credit` takes
 * back part of the line named in `corrects`: `units` below zero at the same price, or 0 when an amount was credited.
 */
export type InvoiceLine = {
  readonly line: string;
  readonly kind: 'usage' | 'flat' | 'credit';
  readonly agreement: string;
  readonly work: string;
  readonly title: string;
  readonly holders: readonly InvoiceParty[];
  readonly use: string;
  readonly unit: string;
  readonly grade: string;
  readonly units: string;
  readonly price: { readonly amountMicro: string; readonly perUnits: string };
  readonly offer: string;
  readonly offerSha256: string;
  readonly amountMicro: string;
  readonly corrects?: string;
};

/**
 * An invoice or a credit note as it was issued. Amounts are decimal strings of micro-units. `exactMicro` is the sum of
 * the lines; with `carriedMicro`, the fraction of a minor unit left over from the invoice before, it is rounded down once
 * to `totalMicro`, and `carryMicro` is what is left for the next. `proForma` says that it is not a tax document. In the
 * role `agent` the operator invoices in the name of the holders of each line, else in its own.
 */
export type InvoiceDocument = {
  readonly format: 'clearway-invoice-1';
  readonly kind: 'invoice' | 'credit-note';
  readonly issuer: string;
  readonly id: string;
  readonly number: string;
  readonly proForma: boolean;
  readonly role: 'agent' | 'principal' | 'society';
  readonly operator: { readonly name: string; readonly legalForm: string; readonly imprint: string };
  readonly licensee: InvoiceParty;
  readonly period: { readonly from: string; readonly to: string; readonly zone: string };
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly exactMicro: string;
  readonly carriedMicro: string;
  readonly totalMicro: string;
  readonly carryMicro: string;
  readonly corrects?: string;
  readonly reason?: string;
  readonly issuedAt: string;
};

/** The format of an invoice document. */
export const INVOICE_FORMAT = 'clearway-invoice-1';
/** The most lines of one invoice. */
export const INVOICE_MAX_LINES = 20_000;

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const signed = matching(/^(?:0|-?[1-9][0-9]{0,18})$/, 'a whole amount as digits');
const party = object<InvoiceParty>({ id, name: text(300) });
const anyText =
  (max: number): Shape<string> =>
  (value, place) =>
    typeof value === 'string' && value.length <= max ? value : miss(place, `text of up to ${max} characters`);

const line = object<InvoiceLine>(
  {
    line: id,
    kind: oneOf('usage', 'flat', 'credit'),
    agreement: id,
    work: id,
    title: text(300),
    holders: list(party, { max: 1000 }),
    use: id,
    unit: id,
    grade: id,
    units: signed,
    price: object<InvoiceLine['price']>({ amountMicro, perUnits: amountMicro }),
    offer: id,
    offerSha256: sha256Hex,
    amountMicro: signed,
    corrects: id,
  },
  { optional: ['corrects'] },
);

const members = object<InvoiceDocument>(
  {
    format: oneOf(INVOICE_FORMAT),
    kind: oneOf('invoice', 'credit-note'),
    issuer: webAddress,
    id,
    number: id,
    proForma: oneOf(true, false),
    role: oneOf('agent', 'principal', 'society'),
    operator: object<InvoiceDocument['operator']>({
      name: text(300),
      legalForm: text(300),
      imprint: anyText(5000),
    }),
    licensee: party,
    period: object<InvoiceDocument['period']>({ from: instant, to: instant, zone: text(60) }),
    currency,
    lines: list(line, { min: 1, max: INVOICE_MAX_LINES }),
    exactMicro: signed,
    carriedMicro: signed,
    totalMicro: signed,
    carryMicro: signed,
    corrects: id,
    reason: anyText(2000),
    issuedAt: instant,
  },
  { optional: ['corrects', 'reason'] },
);

/** An invoice whose lines are rated right and whose sums are right. */
const shape: Shape<InvoiceDocument> = (value, place) => {
  const invoice = members(value, place);
  let sum = 0n;
  for (const [i, one] of invoice.lines.entries()) {
    if ((one.kind === 'credit') !== (invoice.kind === 'credit-note'))
      miss(`/lines/${i}/kind`, 'of this document');
    const price = { amountMicro: BigInt(one.price.amountMicro), perUnits: BigInt(one.price.perUnits) };
    if (price.perUnits === 0n) miss(`/lines/${i}/price/perUnits`, 'above zero');
    if (one.kind !== 'credit' && rate(BigInt(one.units), price) !== BigInt(one.amountMicro))
      miss(`/lines/${i}/amountMicro`, 'units times price');
    sum += BigInt(one.amountMicro);
  }
  if (sum !== BigInt(invoice.exactMicro)) miss('/exactMicro', 'the sum of the lines');
  const [carried, total, carry] = [invoice.carriedMicro, invoice.totalMicro, invoice.carryMicro].map(BigInt);
  if (sum + carried! !== total! + carry!)
    miss('/totalMicro', 'the sum and what was carried, less what is left');
  return invoice;
};

const kind: DocumentKind<InvoiceDocument> = {
  typ: INVOICE_FORMAT,
  shape,
  malformed: 'invoice-malformed',
  maxLength: 64 * 1024 * 1024,
};

/**
 * Signs an invoice or a credit note: a compact JWS (EdDSA) of its canonical JSON. Each line is rated again, and the sums
 * are added up again, before. Throws `invoice-malformed`, `sealed-too-long`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const line = { line: 'l-1', kind: 'usage', agreement: 'a-1', work: 'w-1', title: 'Tide',
 *   holders: [{ id: 'p-1', name: 'Mara Holt' }], use: 'ai-input', unit: 'fetch', grade: 'gate-counted', units: '3',
 *   price: { amountMicro: '5000', perUnits: '1' }, offer: 'o-1', offerSha256: 'ab'.repeat(32), amountMicro: '15000' }
 * const invoice = { format: 'clearway-invoice-1', kind: 'invoice', issuer: 'https://rights.example', id: 'i-1',
 *   number: 'INV-000001', proForma: true, role: 'agent',
 *   operator: { name: 'Guild', legalForm: 'association', imprint: 'Kiel' }, licensee: { id: 'p-2', name: 'Acme Models' },
 *   period: { from: '2026-01-01T00:00:00.000Z', to: at, zone: 'Europe/Berlin' }, currency: 'EUR', lines: [line],
 *   exactMicro: '15000', carriedMicro: '0', totalMicro: '10000', carryMicro: '5000', issuedAt: at }
 * const sealed = await sealInvoice(invoice, { kid: 'd1', privateKey: pair.privateKey })
 * (await openInvoice(sealed, () => pair.publicKey)).number // => 'INV-000001'
 */
export async function sealInvoice(invoice: InvoiceDocument, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, invoice, signer);
}

/**
 * Opens an invoice or a credit note with the instance's keys, got from elsewhere; lines and sums are computed again.
 * Throws `sealed-malformed`, `sealed-too-long`, `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`,
 * `sealed-signature`, `invoice-malformed`.
 *
 * @example
 * await openInvoice('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openInvoice(sealed: string, keys: KeyLookup): Promise<InvoiceDocument> {
  return openDocument(kind, sealed, keys);
}
