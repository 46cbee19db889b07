import { type DocumentKind, openDocument, readUnverified, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import {
  amountMicro,
  currency,
  instant,
  integer,
  list,
  matching,
  miss,
  object,
  oneOf,
  type Shape,
  sha256Hex,
  signedMicro,
  text,
  webAddress,
} from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/** One who takes part in a division: `weight` decides, `sharePpm` is the share in the right it stands for. */
export type StatementShare = {
  readonly key: string;
  readonly weight: string;
  readonly sharePpm: number;
  readonly claim?: string;
};

/**
 * One division on the way from the price to the payee: `splitLine` of `amountIn` (with `base`, what was distributed of the
 * same invoice line before) takes `fee` and divides the rest by `split`. What comes in is the rated price, or what fell to
 * the shares that `takes` names in earlier steps (by their place) and waited; another step without `takes` is a credit of
 * the same invoice line.
 */
export type StatementStep = {
  readonly run: string;
  readonly amountIn: string;
  readonly takes: readonly { readonly step: number; readonly keys: readonly string[] }[];
  readonly base: string;
  readonly feePpm: number;
  readonly fee: string;
  readonly split: readonly StatementShare[];
};

/**
 * What one share earned with one line of one invoice: `units` × `price` = `rated`, divided in `steps`: mostly one, and
 * more for money that waited in between; `amount` is what falls to the share `key` in the last, with `fee` of its fee on
 * it. `usage` says how many references to counted uses the units consist of, and their hash. A `flat` line is the price
 * of a model version; a `credit` takes back (part of) the invoice line named in `corrects`, with `units` below zero, or 0
 * when an amount was credited.
 */
export type StatementLine = {
  readonly id: string;
  readonly invoiceLine: string;
  readonly kind: 'usage' | 'flat' | 'credit';
  readonly corrects?: string;
  readonly work: { readonly id: string; readonly title: string };
  readonly claim?: string;
  readonly agreement: string;
  readonly licensee: { readonly id: string; readonly name: string };
  readonly use: UsageName;
  readonly unit: 'fetch' | 'answer' | 'model-version';
  readonly grade: string;
  readonly units: string;
  readonly price: { readonly amountMicro: string; readonly perUnits: string };
  readonly offerSha256: string;
  readonly usage: { readonly count: number; readonly sha256: string };
  readonly rated: string;
  readonly steps: readonly StatementStep[];
  readonly key: string;
  readonly fee: string;
  readonly amount: string;
};

/**
 * Money that moved without a new earning: a payout ordered, confirmed or returned, a correction. `payable` is what it did
 * to what is owed to the payee, `inPayout` what it did to what is on its way through the bank.
 */
export type StatementMovement = {
  readonly journal: string;
  readonly kind: string;
  readonly reference: string;
  readonly at: string;
  readonly payable: string;
  readonly inPayout: string;
};

/**
 * What a payee has earned in one currency since the statement before. `opening` and `closing` are what is owed to the
 * payee; `inPayout` what was ordered from the bank and not yet confirmed. Amounts are millionths of the currency as
 * decimal strings, moments ISO 8601 in UTC. The period is half-open: `to` is the cut-off and not in it; without `from`
 * it begins with the first booking. `objectionUntil` says how long the payee may object. `previous` is the SHA-256 of the sealed statement before, absent on the first.
 */
export type Statement = {
  readonly format: 'clearway-statement-1';
  readonly issuer: string;
  readonly number: number;
  readonly payee: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly period: { readonly from?: string; readonly to: string };
  readonly opening: string;
  readonly lines: readonly StatementLine[];
  readonly movements: readonly StatementMovement[];
  readonly closing: string;
  readonly inPayout: { readonly opening: string; readonly closing: string };
  readonly previous?: string;
  readonly issuedAt: string;
  readonly objectionUntil: string;
};

/** The format of a statement. */
export const STATEMENT_FORMAT = 'clearway-statement-1';

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const count = matching(/^(?:0|-?[1-9][0-9]{0,17})$/, 'a whole number as digits');
const ppm = integer(0, 1_000_000);
const named = text(300);

const share = object<StatementShare>(
  { key: id, weight: matching(/^(?:0|[1-9][0-9]{0,17})$/, 'a weight as digits'), sharePpm: ppm, claim: id },
  { optional: ['claim'] },
);

const step = object<StatementStep>({
  run: id,
  amountIn: signedMicro,
  takes: list(
    object<StatementStep['takes'][number]>({
      step: integer(0, 100),
      keys: list(id, { min: 1, max: 10_000 }),
    }),
    { max: 100 },
  ),
  base: signedMicro,
  feePpm: ppm,
  fee: signedMicro,
  split: list(share, { min: 1, max: 10_000 }),
});

const line = object<StatementLine>(
  {
    id,
    invoiceLine: id,
    kind: oneOf('usage', 'flat', 'credit'),
    corrects: id,
    work: object<StatementLine['work']>({ id, title: named }),
    claim: id,
    agreement: id,
    licensee: object<StatementLine['licensee']>({ id, name: named }),
    use: oneOf(...usageNames),
    unit: oneOf('fetch', 'answer', 'model-version'),
    grade: matching(/^[a-z][a-z-]{0,63}$/, 'a grade'),
    units: count,
    price: object<StatementLine['price']>({
      amountMicro,
      perUnits: matching(/^[1-9][0-9]{0,17}$/, 'a whole number above zero as digits'),
    }),
    offerSha256: sha256Hex,
    usage: object<StatementLine['usage']>({ count: integer(0), sha256: sha256Hex }),
    rated: signedMicro,
    steps: list(step, { min: 1, max: 100 }),
    key: id,
    fee: signedMicro,
    amount: signedMicro,
  },
  { optional: ['corrects', 'claim'] },
);

const membersShape = object<Statement>(
  {
    format: oneOf(STATEMENT_FORMAT),
    issuer: webAddress,
    number: integer(1),
    payee: object<Statement['payee']>({ id, name: named }),
    currency,
    period: object<Statement['period']>({ from: instant, to: instant }, { optional: ['from'] }),
    opening: signedMicro,
    lines: list(line, { max: 100_000 }),
    movements: list(
      object<StatementMovement>({
        journal: id,
        kind: matching(/^[a-z][a-z-]{0,63}$/, 'a kind'),
        reference: named,
        at: instant,
        payable: signedMicro,
        inPayout: signedMicro,
      }),
      { max: 100_000 },
    ),
    closing: signedMicro,
    inPayout: object<Statement['inPayout']>({ opening: signedMicro, closing: signedMicro }),
    previous: sha256Hex,
    issuedAt: instant,
    objectionUntil: instant,
  },
  { optional: ['previous'] },
);

const shape: Shape<Statement> = (value, place) => {
  const statement = membersShape(value, place);
  const { period, number, previous, issuedAt, objectionUntil, lines } = statement;
  if (period.from !== undefined && period.from > period.to) miss('/period/to', 'at or after /period/from');
  if (issuedAt < period.to) miss('/issuedAt', 'at or after /period/to');
  if (objectionUntil < issuedAt) miss('/objectionUntil', 'at or after /issuedAt');
  if ((number === 1) !== (previous === undefined)) {
    miss('/previous', number === 1 ? 'absent' : 'present');
  }
  for (const [i, { kind, corrects }] of lines.entries()) {
    if ((kind === 'credit') !== (corrects !== undefined)) {
      miss(`/lines/${i}/corrects`, kind === 'credit' ? 'present' : 'absent');
    }
  }
  return statement;
};

const kind: DocumentKind<Statement> = {
  typ: STATEMENT_FORMAT,
  shape,
  malformed: 'statement-malformed',
  maxLength: 16 * 1024 * 1024,
};

/**
 * Signs a statement: a compact JWS (EdDSA) of its canonical JSON. Its arithmetic is not looked at: `verifyStatement` does
 * that. Throws `statement-malformed`, `sealed-too-long`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const statement = { format: 'clearway-statement-1', issuer: 'https://rights.example', number: 1,
 *   payee: { id: 'p-1', name: 'Mara Holt' }, currency: 'EUR', period: { to: at }, opening: '0', lines: [],
 *   movements: [], closing: '0', inPayout: { opening: '0', closing: '0' }, issuedAt: at,
 *   objectionUntil: at }
 * const sealed = await sealStatement(statement, { kid: 'd1', privateKey: pair.privateKey })
 * (await openStatement(sealed, () => pair.publicKey)).payee.name // => 'Mara Holt'
 */
export async function sealStatement(statement: Statement, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, statement, signer);
}

/**
 * Opens a statement with the instance's keys, got from elsewhere. Throws `sealed-malformed`, `sealed-too-long`,
 * `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`, `sealed-signature`, `statement-malformed`.
 *
 * @example
 * await openStatement('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openStatement(sealed: string, keys: KeyLookup): Promise<Statement> {
  return openDocument(kind, sealed, keys);
}

/**
 * What a sealed statement says, whoever signed it: only to show or to examine, never to trust. `kid` is the key it says it is
 * signed with. Throws as `openStatement`, but for the signature.
 *
 * @example
 * peekStatement('a.b.c') // => throws sealed-malformed
 */
export function peekStatement(sealed: string): { kid: string; document: Statement } {
  return readUnverified(kind, sealed);
}
