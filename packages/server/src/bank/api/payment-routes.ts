import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../../identity/index.ts';
import { checkFields, cleanLine, createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import type { HandPayment } from '../model.ts';
import { confirmPayment, listPayments, proposePayment, withdrawPayment } from '../payments-by-hand.ts';
import { body, FOR_OPERATORS, idParam, json, micro, tags } from './parts.ts';

const paymentAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(['invoice', 'prepaid']),
    target: z.string(),
    currency: z.string(),
    amountMicro: micro,
    note: z.string(),
    state: z.enum(['proposed', 'confirmed', 'withdrawn']),
    knownBy: z.literal('operator-word').openapi({ description: 'No bank says so, two operators do' }),
    proposedBy: z.string(),
    decidedBy: z.string().nullable(),
    entryId: z.string().nullable(),
  })
  .openapi('HandPayment');

/** What a payment entered by hand says. */
export const paymentText = z.object({ target: cleanLine(100), note: cleanLine(200) });

const getPayments = createRoute({
  method: 'get',
  path: '/api/payments',
  tags,
  summary: 'Payments entered by hand, newest first; for operators',
  responses: {
    200: json('At most 200', z.object({ payments: z.array(paymentAnswer) })),
    ...problemAnswers(FOR_OPERATORS),
  },
});
const postPayment = createRoute({
  method: 'post',
  path: '/api/payments',
  tags,
  summary: 'Propose a payment no bank record shows; books nothing before another operator confirms it',
  request: {
    body: body(
      z.strictObject({
        kind: z.enum(['invoice', 'prepaid']),
        target: z
          .string()
          .openapi({ description: 'Number of the invoice, or id of the company that pays in advance' }),
        amountMicro: z
          .string()
          .regex(/^[1-9][0-9]{0,15}$/)
          .openapi({ example: '5000000' }),
        note: z.string().openapi({ description: 'How the operator knows' }),
      }),
    ),
  },
  responses: {
    201: json('The proposal', paymentAnswer),
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'bank-target-unknown', 422: 'invalid-input' }),
  },
});
const postConfirmation = createRoute({
  method: 'post',
  path: '/api/payments/{id}/confirmation',
  tags,
  summary: 'Book a payment another operator proposed, on the word of both',
  request: { params: idParam },
  responses: {
    200: json('The payment', paymentAnswer),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required, payment-needs-second-person',
      404: 'payment-unknown',
      409: 'payment-decided',
    }),
  },
});
const deletePayment = createRoute({
  method: 'delete',
  path: '/api/payments/{id}',
  tags,
  summary: 'Withdraw a payment that was proposed; for operators',
  request: { params: idParam },
  responses: {
    204: { description: 'It is withdrawn' },
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'payment-unknown', 409: 'payment-decided' }),
  },
});

/** Money no bank record shows, on the word of two operators. */
export function paymentRoutes(): Router {
  const router = createRouter();
  router.openapi(getPayments, async (c) => {
    await requireOperator(c);
    return c.json({ payments: (await listPayments(c.get('k'))).map(documentOf) }, 200);
  });
  router.openapi(postPayment, async (c) => {
    const { id } = await requireOperator(c);
    const { kind, amountMicro, ...said } = c.req.valid('json');
    const { target, note } = checkFields(paymentText, said);
    const proposal = { kind, target, note, amountMicro: BigInt(amountMicro), actor: id };
    return c.json(documentOf(await proposePayment(c.get('k'), proposal)), 201);
  });
  router.openapi(postConfirmation, async (c) => {
    const { id } = await requireOperator(c);
    const done = await confirmPayment(c.get('k'), { id: c.req.valid('param').id, actor: id });
    return c.json(documentOf(done), 200);
  });
  router.openapi(deletePayment, async (c) => {
    const { id } = await requireOperator(c);
    await withdrawPayment(c.get('k'), { id: c.req.valid('param').id, actor: id });
    return c.body(null, 204);
  });
  return router;
}

function documentOf(payment: HandPayment): z.input<typeof paymentAnswer> {
  const { id, kind, target, currency, amountMicro, note, state, proposedBy, decidedBy, entryId } = payment;
  const knownBy = 'operator-word' as const;
  const shown = { id, kind, target, currency, note, state, knownBy, proposedBy, decidedBy, entryId };
  return { ...shown, amountMicro: amountMicro.toString() };
}
