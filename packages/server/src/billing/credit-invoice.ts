import { createHash } from 'node:crypto';
import { rate } from '@clearway/protocol';
import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { postJournal } from '../ledger/index.ts';
import { findParties } from '../parties/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { type DocumentLine, invoiceDocument, sealed } from './invoice-document.ts';
import { carriedOf } from './issue-invoices.ts';
import {
  type BillingLine,
  type CreditNote,
  creditNumber,
  type Invoice,
  least,
  minorUnit,
  roundDown,
} from './model.ts';
import { readPeriod } from './open-period.ts';
import { failBilling } from './problems.ts';
import { readInvoice } from './read-invoice.ts';
import { settleIfPaid } from './settle-invoice.ts';
import { insertCredit, lockInvoice, selectCredit, takeNumbers } from './store-invoices.ts';
import { creditedOf, insertLines, pinnedWorks, selectLinesOfInvoice } from './store-lines.ts';
import { lockPeriods } from './store-periods.ts';

/** What is taken back of one line: so many units of it at its price, or an amount. */
export type CreditLine = { readonly lineId: string } & (
  | { readonly units: bigint }
  | { readonly amountMicro: bigint }
);

export type CreditInput = {
  readonly invoiceId: string;
  readonly lines: readonly CreditLine[];
  readonly reason: string;
  /** A user of the operator. */
  readonly actor: string;
};

/**
 * Takes back part of an invoice, or all of it, never more than it charged. What is still open is reduced first; the rest
 * goes to the prepaid balance. Numbered, signed and booked like an invoice.
 * @throws `invoice-unknown`, `credit-malformed`, `credit-too-high`
 */
export async function creditInvoice(k: Kernel, input: CreditInput): Promise<CreditNote> {
  return inTx(k, async (t) => {
    // Fractions of cents are carried from document to document: these are made one after the other.
    await lockPeriods(t.db);
    const { id: invoiceId } = await readInvoice(t, input);
    const invoice = (await lockInvoice(t.db, invoiceId))!;
    const lines = await linesToCredit(t, invoice, input.lines);
    const facts = await sumUp(t, invoice, lines);
    const id = t.ids.id();
    const number = await takeNumbers(t.db, 'credit-note', 1);
    const placed = lines.map((line, position) => ({ ...line, id: t.ids.id(), position, creditNoteId: id }));
    const document = await documentOf(t, invoice, placed, { ...facts, id, number, reason: input.reason });
    const sha256 = createHash('sha256').update(document).digest('hex');
    await insertCredit(t.db, {
      ...facts,
      id,
      number,
      invoiceId,
      reason: input.reason,
      issuedBy: input.actor,
      document,
      sha256,
    });
    await insertLines(t.db, placed);
    await book(t, invoice, { id, ...facts }, input.actor);
    await appendLeaf(t, {
      type: 'credit-issued',
      subject: `invoice:${invoiceId}`,
      record: {
        invoice: invoiceId,
        creditNote: id,
        document: sha256,
        issuedAt: facts.issuedAt.toISOString(),
      },
    });
    await recordActivity(t, {
      actor: input.actor,
      action: 'billing.credit-issued',
      subject: `invoice:${invoiceId}`,
    });
    // What is not given out yet is told with the settlement.
    if (invoice.settledAt === null) await settleIfPaid(t, invoiceId);
    else await emit(t, 'billing.credit-issued', { invoiceId, creditNoteId: id });
    return (await selectCredit(t.db, id))!;
  });
}

type Sums = Pick<CreditNote, 'exactMicro' | 'carriedMicro' | 'totalMicro' | 'settledMicro' | 'issuedAt'>;

async function linesToCredit(
  t: Kernel,
  invoice: Invoice,
  wanted: readonly CreditLine[],
): Promise<DocumentLine[]> {
  const lines = new Map((await selectLinesOfInvoice(t.db, invoice.id)).map((line) => [line.id, line]));
  if (wanted.length === 0 || new Set(wanted.map(({ lineId }) => lineId)).size !== wanted.length)
    throw failBilling('credit-malformed');
  const before = await creditedOf(t.db, invoice.id);
  const pinned = await pinnedWorks(t.db, [
    ...new Set([...lines.values()].map(({ agreementId }) => agreementId)),
  ]);
  const holders = new Map(pinned.map((one) => [`${one.agreementId} ${one.workId}`, one.holderIds]));
  return wanted.map((one) => {
    const line = lines.get(one.lineId);
    if (!line) throw failBilling('credit-malformed', { detail: one.lineId });
    const taken = takeBack(line, one, before.get(line.id) ?? { units: 0n, amountMicro: 0n });
    const holderIds = holders.get(`${line.agreementId} ${line.workId}`) ?? [];
    return { ...line, ...taken, kind: 'credit', corrects: line.id, holderIds };
  });
}

type Taken = { readonly units: bigint; readonly amountMicro: bigint };

/** With the last unit goes whatever is left, so that nothing stays for nothing. Pure. */
function takeBack(line: BillingLine, wanted: CreditLine, before: Taken): Taken {
  const left = { units: line.units - before.units, amountMicro: line.amountMicro - before.amountMicro };
  const asked = 'units' in wanted ? wanted.units : wanted.amountMicro;
  if (asked <= 0n) throw failBilling('credit-malformed', { detail: line.id });
  if (asked > ('units' in wanted ? left.units : left.amountMicro))
    throw failBilling('credit-too-high', { detail: line.id });
  if ('amountMicro' in wanted) return { units: 0n, amountMicro: -wanted.amountMicro };
  const price = { amountMicro: line.priceAmountMicro, perUnits: line.pricePerUnits };
  const rated = rate(wanted.units, price);
  const amount = wanted.units === left.units || rated > left.amountMicro ? left.amountMicro : rated;
  return { units: -wanted.units, amountMicro: -amount };
}

async function sumUp(t: Kernel, invoice: Invoice, lines: readonly DocumentLine[]): Promise<Sums> {
  const exactMicro = lines.reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
  if (exactMicro === 0n) throw failBilling('credit-malformed');
  const carriedMicro = await carriedOf(t, invoice);
  const totalMicro = roundDown(exactMicro + carriedMicro, minorUnit(invoice.currency));
  const settledMicro = least(-totalMicro, invoice.openMicro);
  return { exactMicro, carriedMicro, totalMicro, settledMicro, issuedAt: t.clock.now() };
}

async function documentOf(
  t: Kernel,
  invoice: Invoice,
  lines: readonly DocumentLine[],
  credit: Sums & { readonly id: string; readonly number: bigint; readonly reason: string },
): Promise<string> {
  const ids = new Set([invoice.licenseeId, ...lines.flatMap(({ holderIds }) => holderIds)]);
  const { licenseeId, currency } = invoice;
  return sealed(
    t,
    invoiceDocument(
      {
        ...credit,
        number: creditNumber(credit.number),
        licenseeId,
        currency,
        corrects: { number: invoice.number, reason: credit.reason },
      },
      lines,
      {
        issuer: t.site.baseUrl,
        instance: await requireInstance(t),
        period: await readPeriod(t, invoice.periodId),
        parties: await findParties(t, [...ids]),
      },
    ),
  );
}

async function book(
  t: Kernel,
  { id: invoiceId, licenseeId: owner, currency }: Invoice,
  { id, exactMicro, totalMicro, settledMicro }: Sums & { readonly id: string },
  actor: string,
): Promise<void> {
  const lines = [
    { kind: 'pool' as const, owner: invoiceId, currency, amountMicro: exactMicro },
    { kind: 'receivable' as const, owner, currency, amountMicro: settledMicro },
    { kind: 'prepaid' as const, owner, currency, amountMicro: -totalMicro - settledMicro },
    { kind: 'rounding' as const, owner, currency, amountMicro: totalMicro - exactMicro },
  ];
  await postJournal(t, {
    kind: 'credit-note',
    reference: id,
    cause: `credit-note:${id}`,
    actor,
    lines: lines.filter(({ amountMicro }) => amountMicro !== 0n),
  });
}
