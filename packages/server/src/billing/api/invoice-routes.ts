import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator, requireUser } from '../../identity/index.ts';
import { cleanText, createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { creditInvoice } from '../credit-invoice.ts';
import { lineUsage, readLine } from '../line-usage.ts';
import { payInvoice } from '../pay-invoice.ts';
import { failBilling } from '../problems.ts';
import { invoiceDocumentOf, linesOfInvoice, listInvoices, settlementOf } from '../read-invoice.ts';
import { invoiceFor } from '../viewer.ts';
import {
  body,
  creditAnswer,
  creditJson,
  idParam,
  invoiceAnswer,
  invoiceJson,
  json,
  lineAnswer,
  lineJson,
  paymentAnswer,
  paymentJson,
  tags,
} from './parts.ts';

const FOR_PARTIES = { 401: 'sign-in-required', 404: 'invoice-unknown' } as const;
const digits = z
  .string()
  .regex(/^[1-9][0-9]{0,17}$/, 'not a whole number above zero')
  .openapi({ example: '1' });

/** What is taken back of an invoice: of each line so many units, or an amount in micro-units. */
export const creditSchema = z.strictObject({
  reason: cleanText(2_000),
  lines: z
    .array(
      z.union([
        z.strictObject({ lineId: z.uuid(), units: digits }),
        z.strictObject({ lineId: z.uuid(), amountMicro: digits }),
      ]),
    )
    .min(1)
    .max(500),
});

const getInvoices = createRoute({
  method: 'get',
  path: '/api/invoices',
  tags,
  summary: 'Your invoices, the newest first; the operator sees all',
  request: {
    query: z.object({
      before: z.coerce
        .number()
        .int()
        .min(1)
        .max(1e15)
        .optional()
        .openapi({ description: 'Numbers below this one' }),
      period: z.uuid().optional(),
      open: z.enum(['yes', 'no']).optional().openapi({ description: 'Only those something is open of' }),
    }),
  },
  responses: {
    200: json(z.object({ invoices: z.array(invoiceAnswer) }), 'At most 100'),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});
const getInvoice = createRoute({
  method: 'get',
  path: '/api/invoices/{id}',
  tags,
  summary: 'An invoice with its lines, payments and credit notes',
  request: { params: idParam },
  responses: {
    200: json(
      z.object({
        invoice: invoiceAnswer,
        lines: z.array(lineAnswer),
        payments: z.array(paymentAnswer),
        credits: z.array(creditAnswer),
        document: z.string().openapi({ description: 'Signed: a JWS of type clearway-invoice-1' }),
      }),
      'The invoice',
    ),
    ...problemAnswers(FOR_PARTIES),
  },
});
const getUsage = createRoute({
  method: 'get',
  path: '/api/invoices/{id}/lines/{line}/usage',
  tags,
  summary: 'What was counted behind a line of an invoice, in pages',
  request: {
    params: idParam.extend({ line: z.string().max(100) }),
    query: z.object({
      after: z
        .string()
        .max(100)
        .optional()
        .openapi({ description: '`ref` of the last one of the page before' }),
      limit: z.coerce.number().int().min(1).max(5_000).optional(),
    }),
  },
  responses: {
    200: json(
      z.object({
        usage: z.array(
          z.object({
            ref: z.string(),
            at: z.iso.datetime(),
            units: z.string(),
            path: z.string().nullable(),
            sha256: z
              .string()
              .nullable()
              .openapi({ description: 'Of the signed segment, report or agreement' }),
          }),
        ),
      }),
      'Their units sum to those of the line',
    ),
    ...problemAnswers({ ...FOR_PARTIES, 404: 'invoice-unknown, line-unknown' }),
  },
});
const payRoute = createRoute({
  method: 'post',
  path: '/api/invoices/{id}/pay',
  tags,
  summary: 'Pay an invoice of yours from the prepaid balance, as far as it reaches',
  request: { params: idParam },
  responses: {
    200: json(invoiceAnswer, 'The invoice'),
    ...problemAnswers({
      ...FOR_PARTIES,
      403: 'role-required',
      409: 'nothing-to-pay, acting-ended, balance-too-low',
    }),
  },
});
const creditRoute = createRoute({
  method: 'post',
  path: '/api/invoices/{id}/credits',
  tags,
  summary: 'Take back part of an invoice, or all of it, with a credit note',
  request: { params: idParam, body: body(creditSchema) },
  responses: {
    201: json(creditAnswer, 'The credit note'),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required',
      404: 'invoice-unknown',
      409: 'credit-too-high',
      422: 'credit-malformed',
      503: 'instance-not-set-up',
    }),
  },
});

/** `/api/invoices` for companies and the operator. */
export function invoiceRoutes(): Router {
  const router = createRouter();
  router.openapi(getInvoices, async (c) => {
    const { before, period, open } = c.req.valid('query');
    const { operator } = await requireUser(c);
    const licenseeId = operator ? undefined : (await requireParty(c)).id;
    const found = await listInvoices(c.get('k'), {
      licenseeId,
      periodId: period,
      open: open === 'yes',
      before: before === undefined ? undefined : BigInt(before),
    });
    return c.json({ invoices: found.map(invoiceJson) }, 200);
  });
  router.openapi(getInvoice, async (c) => {
    const k = c.get('k');
    const { invoice } = await invoiceFor(c, c.req.valid('param').id);
    const { payments, credits } = await settlementOf(k, invoice.id);
    return c.json(
      {
        invoice: invoiceJson(invoice),
        lines: (await linesOfInvoice(k, invoice.id)).map(lineJson),
        payments: payments.map(paymentJson),
        credits: credits.map(creditJson),
        document: await invoiceDocumentOf(k, invoice.id),
      },
      200,
    );
  });
  router.openapi(getUsage, async (c) => {
    const { invoice } = await invoiceFor(c, c.req.valid('param').id);
    const line = await readLine(c.get('k'), c.req.valid('param').line);
    if (line.invoiceId !== invoice.id) throw failBilling('line-unknown');
    const usage = await lineUsage(c.get('k'), line.id, c.req.valid('query'));
    return c.json(
      { usage: usage.map((one) => ({ ...one, at: one.at.toISOString(), units: one.units.toString() })) },
      200,
    );
  });
  router.openapi(payRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const about = { invoiceId: c.req.valid('param').id, licenseeId: party.id, actor: user.id };
    return c.json(invoiceJson(await payInvoice(c.get('k'), about)), 200);
  });
  router.openapi(creditRoute, async (c) => {
    const { id: actor } = await requireOperator(c);
    const { reason, lines } = c.req.valid('json');
    const note = await creditInvoice(c.get('k'), {
      invoiceId: c.req.valid('param').id,
      reason,
      actor,
      lines: lines.map((line) =>
        'units' in line
          ? { lineId: line.lineId, units: BigInt(line.units) }
          : { lineId: line.lineId, amountMicro: BigInt(line.amountMicro) },
      ),
    });
    return c.json(creditJson(note), 201);
  });
  return router;
}
