import { z } from '@hono/zod-openapi';
import type { BillingLine, CreditNote, Invoice, Payment, Period } from '../model.ts';

export const tags = ['billing'];
export const id = z.uuid();
export const idParam = z.object({ id: z.string().max(100) });
export const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});

export const periodAnswer = z
  .object({
    id,
    from: z.iso.datetime(),
    to: z.iso.datetime().openapi({ description: 'Not in it' }),
    zone: z.string(),
    state: z.enum(['open', 'closed']),
    closedAt: z.iso.datetime().nullable(),
  })
  .openapi('BillingPeriod');

export const periodJson = ({
  id: periodId,
  from,
  to,
  zone,
  closedAt,
}: Period): z.infer<typeof periodAnswer> => ({
  id: periodId,
  from: from.toISOString(),
  to: to.toISOString(),
  zone,
  state: closedAt === null ? 'open' : 'closed',
  closedAt: closedAt?.toISOString() ?? null,
});

export const invoiceAnswer = z
  .object({
    id,
    number: z.string().openapi({ description: 'What a transfer names, such as INV-000012' }),
    periodId: id,
    licenseeId: id,
    currency: z.string(),
    exactMicro: micro,
    carriedMicro: micro,
    totalMicro: micro,
    paidMicro: micro,
    creditedMicro: micro,
    openMicro: micro,
    state: z.enum(['open', 'partly-paid', 'settled']),
    issuedAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    sha256: z.string().openapi({ description: 'Of the signed document' }),
  })
  .openapi('Invoice');

export function invoiceJson(invoice: Invoice): z.infer<typeof invoiceAnswer> {
  return {
    ...invoice,
    exactMicro: invoice.exactMicro.toString(),
    carriedMicro: invoice.carriedMicro.toString(),
    totalMicro: invoice.totalMicro.toString(),
    paidMicro: invoice.paidMicro.toString(),
    creditedMicro: invoice.creditedMicro.toString(),
    openMicro: invoice.openMicro.toString(),
    issuedAt: invoice.issuedAt.toISOString(),
    settledAt: invoice.settledAt?.toISOString() ?? null,
  };
}

export const lineAnswer = z
  .object({
    id,
    agreementId: id,
    workId: id,
    title: z.string(),
    kind: z.enum(['usage', 'flat', 'credit']),
    use: z.string(),
    unit: z.string(),
    grade: z.string().openapi({ description: 'How the units are known; `agreed` for a flat fee' }),
    units: z.string(),
    price: z.object({ amountMicro: micro, perUnits: z.string() }),
    offerId: id,
    offerSha256: z.string(),
    amountMicro: micro,
    corrects: id.nullable(),
  })
  .openapi('InvoiceLine');

export function lineJson(line: BillingLine): z.infer<typeof lineAnswer> {
  return {
    id: line.id,
    agreementId: line.agreementId,
    workId: line.workId,
    title: line.title,
    kind: line.kind,
    use: line.use,
    unit: line.unit,
    grade: line.grade,
    units: line.units.toString(),
    price: { amountMicro: line.priceAmountMicro.toString(), perUnits: line.pricePerUnits.toString() },
    offerId: line.offerId,
    offerSha256: line.offerSha256,
    amountMicro: line.amountMicro.toString(),
    corrects: line.corrects,
  };
}

export const paymentAnswer = z.object({
  source: z.enum(['prepaid', 'bank', 'operator-word']),
  amountMicro: micro,
  paidAt: z.iso.datetime(),
});

export const paymentJson = ({ source, amountMicro, paidAt }: Payment): z.infer<typeof paymentAnswer> => ({
  source,
  amountMicro: amountMicro.toString(),
  paidAt: paidAt.toISOString(),
});

export const creditAnswer = z
  .object({
    id,
    number: z.string(),
    invoiceId: id,
    exactMicro: micro,
    totalMicro: micro,
    settledMicro: micro.openapi({
      description: 'Of the total, what no longer has to be paid; the rest is prepaid',
    }),
    reason: z.string(),
    issuedAt: z.iso.datetime(),
    sha256: z.string(),
  })
  .openapi('CreditNote');

export const creditJson = (note: CreditNote): z.infer<typeof creditAnswer> => ({
  id: note.id,
  number: note.number,
  invoiceId: note.invoiceId,
  exactMicro: note.exactMicro.toString(),
  totalMicro: note.totalMicro.toString(),
  settledMicro: note.settledMicro.toString(),
  reason: note.reason,
  issuedAt: note.issuedAt.toISOString(),
  sha256: note.sha256,
});
