import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import {
  instant,
  integer,
  list,
  mapOf,
  matching,
  miss,
  object,
  oneOf,
  type Shape,
  sha256Hex,
  webAddress,
} from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/** How usage is known: the crawler proved the request, the gate counted it, or the licensee says so. */
export const usageGrades = ['crawler-signed', 'gate-counted', 'licensee-reported'] as const;

/** One grade of usage. */
export type UsageGrade = (typeof usageGrades)[number];

/**
 * What a licensee keeps: the instance states under its signature what it has counted. Of gate usage, `gate`, `site` and
 * the first and last record counted are named, and the hashes of the segments they came in; a report names its own hash
 * as `report`. Moments are ISO 8601 in UTC.
 */
export type Receipt = {
  readonly format: 'clearway-receipt-1';
  readonly issuer: string;
  readonly number: number;
  readonly agreement: string;
  readonly client: string;
  readonly grade: UsageGrade;
  readonly period: { readonly from: string; readonly to: string };
  readonly counts: { readonly [U in UsageName]?: number };
  readonly total: number;
  readonly gate?: string;
  readonly site?: string;
  readonly first?: number;
  readonly last?: number;
  readonly segments: readonly string[];
  readonly report?: string;
  readonly issuedAt: string;
};

/** The format of a receipt. */
export const RECEIPT_FORMAT = 'clearway-receipt-1';

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');

const membersShape = object<Receipt>(
  {
    format: oneOf(RECEIPT_FORMAT),
    issuer: webAddress,
    number: integer(1),
    agreement: id,
    client: id,
    grade: oneOf(...usageGrades),
    period: object<Receipt['period']>({ from: instant, to: instant }),
    counts: mapOf(usageNames, integer(1)),
    total: integer(1),
    gate: id,
    site: id,
    first: integer(1),
    last: integer(1),
    segments: list(sha256Hex, { max: 1000 }),
    report: sha256Hex,
    issuedAt: instant,
  },
  { optional: ['gate', 'site', 'first', 'last', 'report'] },
);

const shape: Shape<Receipt> = (value, place) => {
  const receipt = membersShape(value, place);
  const { counts, total, period, gate, site, first, last, segments, report } = receipt;
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  if (sum !== total) miss('/total', 'the sum of /counts');
  if (period.from > period.to) miss('/period/to', 'at or after /period/from');
  const reported = receipt.grade === 'licensee-reported';
  const gateNamed = [gate, site, first, last].filter((part) => part !== undefined).length;
  if (reported && (gateNamed !== 0 || segments.length !== 0 || report === undefined)) {
    miss('', 'a receipt of a report: it names the report and no gate');
  }
  if (!reported && (gateNamed !== 4 || segments.length === 0 || report !== undefined)) {
    miss('', 'a receipt of gate usage: it names gate, site, first, last and segments');
  }
  if (first !== undefined && last !== undefined && first > last) miss('/last', 'at or after /first');
  return receipt;
};

const kind: DocumentKind<Receipt> = {
  typ: RECEIPT_FORMAT,
  shape,
  malformed: 'receipt-malformed',
  maxLength: 256 * 1024,
};

/**
 * Signs a receipt: a compact JWS (EdDSA) of its canonical JSON. Throws `receipt-malformed`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const receipt = { format: 'clearway-receipt-1', issuer: 'https://rights.example', number: 7, agreement: 'a-1', client: 'c-1',
 *   grade: 'gate-counted', period: { from: at, to: at }, counts: { 'ai-input': 3 }, total: 3, gate: 'g', site: 's',
 *   first: 1, last: 3, segments: ['ab'.repeat(32)], issuedAt: at }
 * const sealed = await sealReceipt(receipt, { kid: 'r1', privateKey: pair.privateKey })
 * (await openReceipt(sealed, () => pair.publicKey)).total // => 3
 * await sealReceipt({ ...receipt, total: 4 }, { kid: 'r1', privateKey: pair.privateKey }) // => throws receipt-malformed
 */
export async function sealReceipt(receipt: Receipt, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, receipt, signer);
}

/**
 * Opens a receipt with the instance's keys, got from elsewhere. Throws `sealed-malformed`, `sealed-too-long`,
 * `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`, `sealed-signature`, `receipt-malformed`.
 *
 * @example
 * await openReceipt('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openReceipt(sealed: string, keys: KeyLookup): Promise<Receipt> {
  return openDocument(kind, sealed, keys);
}
