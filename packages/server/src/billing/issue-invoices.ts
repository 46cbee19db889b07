import { createHash } from 'node:crypto';
import { INVOICE_MAX_LINES } from '@clearway/protocol';
import { emit, type Instance, type Kernel } from '../kernel/index.ts';
import { balanceOf, balances, postJournal } from '../ledger/index.ts';
import { findParties } from '../parties/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { type DocumentLine, invoiceDocument, sealed } from './invoice-document.ts';
import { invoiceNumber, least, minorUnit, type Period, roundDown } from './model.ts';
import type { RatedLine } from './rate-usage.ts';
import { settleIfPaid } from './settle-invoice.ts';
import { insertInvoice, type NewInvoice, takeNumbers } from './store-invoices.ts';
import { insertLines } from './store-lines.ts';
import { insertPayment } from './store-payments.ts';

/**
 * One invoice for each licensee and currency, more only where there are very many lines: numbered, signed, booked, and
 * paid from the prepaid balance as far as that reaches. Answers their ids.
 */
export async function issueInvoices(
  t: Kernel,
  { period, instance, lines }: { period: Period; instance: Instance; lines: readonly RatedLine[] },
): Promise<string[]> {
  const groups = [...Map.groupBy(lines, (line) => `${line.licenseeId} ${line.currency}`).values()].flatMap(
    chunked,
  );
  if (groups.length === 0) return [];
  const ids = new Set(lines.flatMap(({ licenseeId, holderIds }) => [licenseeId, ...holderIds]));
  const around = { issuer: t.site.baseUrl, instance, period, parties: await findParties(t, [...ids]) };
  let number = await takeNumbers(t.db, 'invoice', groups.length);
  const issued: string[] = [];
  for (const group of groups) {
    const facts = await sumUp(t, group, { number, periodId: period.id });
    const placed = group.map(
      (line, position): DocumentLine => ({
        ...line,
        id: t.ids.id(),
        position,
        periodId: period.id,
        invoiceId: facts.id,
        creditNoteId: null,
        corrects: null,
      }),
    );
    const document = await sealed(
      t,
      invoiceDocument({ ...facts, number: invoiceNumber(number) }, placed, around),
    );
    const sha256 = createHash('sha256').update(document).digest('hex');
    await insertInvoice(t.db, { ...facts, document, sha256 });
    await insertLines(t.db, placed);
    await book(t, facts);
    await payFromPrepaid(t, facts);
    await appendLeaf(t, {
      type: 'invoice-issued',
      subject: `invoice:${facts.id}`,
      record: { invoice: facts.id, document: sha256, issuedAt: facts.issuedAt.toISOString() },
    });
    await emit(t, 'billing.invoice-issued', { invoiceId: facts.id });
    await settleIfPaid(t, facts.id);
    issued.push(facts.id);
    number += 1n;
  }
  return issued;
}

type Facts = Omit<NewInvoice, 'document' | 'sha256'>;

async function sumUp(
  t: Kernel,
  lines: readonly RatedLine[],
  about: { number: bigint; periodId: string },
): Promise<Facts> {
  const { licenseeId, currency } = lines[0]!;
  const exactMicro = lines.reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
  const carriedMicro = await carriedOf(t, { licenseeId, currency });
  const totalMicro = roundDown(exactMicro + carriedMicro, minorUnit(currency));
  return {
    id: t.ids.id(),
    ...about,
    licenseeId,
    currency,
    exactMicro,
    carriedMicro,
    totalMicro,
    issuedAt: t.clock.now(),
  };
}

/** The fraction of a minor unit a licensee still owes: what earlier invoices rounded down. */
export async function carriedOf(
  t: Kernel,
  { licenseeId, currency }: { licenseeId: string; currency: string },
): Promise<bigint> {
  const [found] = await balances(t, { kind: 'rounding', owner: licenseeId, currency });
  return -(found?.balanceMicro ?? 0n);
}

async function book(t: Kernel, { id, licenseeId, currency, exactMicro, totalMicro }: Facts): Promise<void> {
  const lines = [
    { kind: 'receivable' as const, owner: licenseeId, currency, amountMicro: -totalMicro },
    { kind: 'rounding' as const, owner: licenseeId, currency, amountMicro: totalMicro - exactMicro },
    { kind: 'pool' as const, owner: id, currency, amountMicro: exactMicro },
  ].filter(({ amountMicro }) => amountMicro !== 0n);
  if (lines.length === 0) return;
  await postJournal(t, { kind: 'invoice', reference: id, cause: `invoice:${id}`, lines });
}

type Payable = Pick<Facts, 'id' | 'licenseeId' | 'currency'> & { readonly totalMicro: bigint };

/** Uses what is free of the prepaid balance, up to `totalMicro`; answers how much. Each use is booked once. */
export async function payFromPrepaid(
  t: Kernel,
  { id, licenseeId, currency, totalMicro }: Payable,
): Promise<bigint> {
  const { availableMicro } = await balanceOf(t, { partyId: licenseeId, currency });
  // In minor units, so that what stays open can be transferred.
  const free = roundDown(availableMicro, minorUnit(currency));
  const amountMicro = least(free, totalMicro);
  if (amountMicro <= 0n) return 0n;
  const paymentId = t.ids.id();
  await postJournal(t, {
    kind: 'invoice-prepaid',
    reference: paymentId,
    cause: `invoice:${id}`,
    lines: [
      { kind: 'prepaid', owner: licenseeId, currency, amountMicro: -amountMicro },
      { kind: 'receivable', owner: licenseeId, currency, amountMicro },
    ],
  });
  await insertPayment(t.db, {
    id: paymentId,
    invoiceId: id,
    source: 'prepaid',
    entryId: null,
    amountMicro,
    paidAt: t.clock.now(),
  });
  return amountMicro;
}

function chunked(lines: readonly RatedLine[]): RatedLine[][] {
  const chunks: RatedLine[][] = [];
  for (let at = 0; at < lines.length; at += INVOICE_MAX_LINES)
    chunks.push(lines.slice(at, at + INVOICE_MAX_LINES));
  return chunks;
}
