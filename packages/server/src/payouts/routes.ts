import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../identity/index.ts';
import {
  cleanLine,
  createRouter,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
  requireInstance,
} from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { approveBatch } from './approve-batch.ts';
import { readBatchFile } from './batch-file.ts';
import { discardBatch } from './discard-batch.ts';
import type { Batch, Item, LeftOut } from './model.ts';
import { proposeBatch } from './propose-batch.ts';
import { itemsOfBatch, leftOutOfBatch, listBatches, payoutsOf, readBatch } from './read-batches.ts';
import { matchItem, rejectItem } from './settle-item.ts';

const tags = ['payouts'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const FOR_OPERATORS = { 401: 'sign-in-required', 403: 'operator-required' } as const;
const id = z.object({ id: z.string().max(100) });
const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });
const maybe = z.string().nullable();

const itemSchema = z
  .object({
    id: z.uuid(),
    batchId: z.uuid(),
    partyId: z.uuid(),
    currency: z.string(),
    amountMicro: micro,
    endToEndId: z.string(),
    ibanEnd: z.string(),
    state: z
      .enum(['proposed', 'ordered', 'paid', 'returned', 'rejected'])
      .openapi({ description: '`ordered`: the bank was told; `paid`: a bank record says so' }),
    orderedAt: maybe,
    paidOn: maybe,
    returnedOn: maybe,
    returnReason: maybe,
    rejectedAt: maybe,
    rejectReason: maybe,
  })
  .openapi('Payout');
const batchSchema = z
  .object({
    id: z.uuid(),
    currency: z.string(),
    minimumMicro: micro,
    state: z.enum(['proposed', 'ordered', 'discarded']),
    proposedBy: z.uuid(),
    proposedAt: z.iso.datetime(),
    decidedBy: z.uuid().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    messageId: z.string(),
    executionDate: maybe,
    fileSha256: maybe,
    items: z.number().int(),
    totalMicro: micro,
    counts: z.object({
      proposed: z.number().int(),
      ordered: z.number().int(),
      paid: z.number().int(),
      returned: z.number().int(),
      rejected: z.number().int(),
    }),
  })
  .openapi('PayoutBatch');
const leftOutSchema = z
  .object({ partyId: z.uuid(), reason: z.string(), balanceMicro: micro })
  .openapi('PayoutLeftOut');

const getBatches = createRoute({
  method: 'get',
  path: '/api/payout-batches',
  tags,
  summary: 'Batches of payouts, newest first; for operators',
  responses: {
    200: jsonAnswer('The batches', z.object({ batches: z.array(batchSchema) })),
    ...problemAnswers(FOR_OPERATORS),
  },
});
const postBatch = createRoute({
  method: 'post',
  path: '/api/payout-batches',
  tags,
  summary: 'Propose to pay all who can be paid; another operator orders it',
  request: {
    body: jsonBody(
      z.strictObject({
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .optional()
          .openapi({ description: 'That of the instance where it is not said', example: 'EUR' }),
        minimumMicro: z
          .string()
          .regex(/^[0-9]{1,15}$/)
          .optional()
          .openapi({ description: 'Least that is paid, micro-units; 1 unit where it is not said' }),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The batch', batchSchema),
    ...problemAnswers({
      ...FOR_OPERATORS,
      409: 'payout-account-missing, nothing-to-pay, batch-waiting',
      422: 'invalid-input',
      503: 'instance-not-set-up',
    }),
  },
});
const getBatch = createRoute({
  method: 'get',
  path: '/api/payout-batches/{id}',
  tags,
  summary: 'A batch with its payments, and who is not in it and why; for operators',
  request: {
    params: id,
    query: z.object({
      after: z
        .string()
        .max(35)
        .optional()
        .openapi({ description: 'End-to-end id of the last payment of the page before' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      'The batch with at most 1,000 payments',
      z.object({ batch: batchSchema, items: z.array(itemSchema), leftOut: z.array(leftOutSchema) }),
    ),
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'batch-unknown' }),
  },
});
const postApproval = createRoute({
  method: 'post',
  path: '/api/payout-batches/{id}/approval',
  tags,
  summary: 'Order a batch another operator proposed',
  request: { params: id },
  responses: {
    200: jsonAnswer('The batch', batchSchema),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required, approver-is-proposer',
      404: 'batch-unknown',
      409: 'batch-decided, batch-outdated',
    }),
  },
});
const deleteBatch = createRoute({
  method: 'delete',
  path: '/api/payout-batches/{id}',
  tags,
  summary: 'Discard a batch nobody has ordered',
  request: { params: id },
  responses: {
    204: { description: 'Discarded' },
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'batch-unknown', 409: 'batch-decided' }),
  },
});
const getFile = createRoute({
  method: 'get',
  path: '/api/payout-batches/{id}/file',
  tags,
  summary: 'The payment file (pain.001.001.09) of an ordered batch, the same bytes every time; for operators',
  request: { params: id },
  responses: {
    200: { description: 'The file', content: { 'application/xml': { schema: z.string() } } },
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'batch-unknown', 409: 'batch-not-ordered' }),
  },
});
const postMatch = createRoute({
  method: 'post',
  path: '/api/payouts/{id}/match',
  tags,
  summary: 'Say which bank entry is about a payment, where the bank did not pass on its end-to-end id',
  request: { params: id, body: jsonBody(z.strictObject({ entryId: z.string().max(100) })) },
  responses: {
    200: jsonAnswer('What it says', z.object({ became: z.enum(['paid', 'returned']) })),
    ...problemAnswers({
      ...FOR_OPERATORS,
      404: 'payout-unknown, bank-entry-unknown',
      409: 'entry-does-not-fit',
      422: 'invalid-input',
    }),
  },
});
const postRejection = createRoute({
  method: 'post',
  path: '/api/payouts/{id}/rejection',
  tags,
  summary: 'Write down that the bank did not take an order; the amount is payable again',
  request: { params: id, body: jsonBody(z.strictObject({ reason: cleanLine(200) })) },
  responses: {
    204: { description: 'Written down' },
    ...problemAnswers({ ...FOR_OPERATORS, 404: 'payout-unknown', 409: 'payout-final', 422: 'invalid-input' }),
  },
});
const getMine = createRoute({
  method: 'get',
  path: '/api/payouts',
  tags,
  summary: 'What was ordered for the party the session acts for, newest first',
  responses: {
    200: jsonAnswer('At most 1,000 payments', z.object({ payouts: z.array(itemSchema) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

/** Paying out, for programs. */
export function payoutsRoutes(): Router {
  const router = createRouter();
  router.openapi(getBatches, async (c) => {
    await requireOperator(c);
    return c.json({ batches: (await listBatches(c.get('k'))).map(batchOf) }, 200, PRIVATE);
  });
  router.openapi(postBatch, async (c) => {
    const { id: actor } = await requireOperator(c);
    const k = c.get('k');
    const { currency = (await requireInstance(k)).currency, minimumMicro } = c.req.valid('json');
    const minimum = minimumMicro === undefined ? undefined : BigInt(minimumMicro);
    const batch = await proposeBatch(k, { currency, minimumMicro: minimum, actor });
    return c.json(batchOf(batch), 201, PRIVATE);
  });
  router.openapi(getBatch, async (c) => {
    await requireOperator(c);
    const k = c.get('k');
    const batch = await readBatch(k, c.req.valid('param').id);
    const items = await itemsOfBatch(k, batch.id, { after: c.req.valid('query').after, limit: 1_000 });
    const leftOut = (await leftOutOfBatch(k, batch.id)).map(leftOutOf);
    return c.json({ batch: batchOf(batch), items: items.map(itemOf), leftOut }, 200, PRIVATE);
  });
  router.openapi(postApproval, async (c) => {
    const { id: actor } = await requireOperator(c);
    const batch = await approveBatch(c.get('k'), { batchId: c.req.valid('param').id, actor });
    return c.json(batchOf(batch), 200, PRIVATE);
  });
  router.openapi(deleteBatch, async (c) => {
    const { id: actor } = await requireOperator(c);
    await discardBatch(c.get('k'), { batchId: c.req.valid('param').id, actor });
    return c.body(null, 204);
  });
  router.openapi(getFile, async (c) => {
    await requireOperator(c);
    const { text, name } = await readBatchFile(c.get('k'), c.req.valid('param').id);
    return c.body(text, 200, fileHeaders(name));
  });
  router.openapi(postMatch, async (c) => {
    const { id: actor } = await requireOperator(c);
    const about = { itemId: c.req.valid('param').id, entryId: c.req.valid('json').entryId, actor };
    return c.json({ became: await matchItem(c.get('k'), about) }, 200, PRIVATE);
  });
  router.openapi(postRejection, async (c) => {
    const { id: actor } = await requireOperator(c);
    const about = { itemId: c.req.valid('param').id, reason: c.req.valid('json').reason, actor };
    await rejectItem(c.get('k'), about);
    return c.body(null, 204);
  });
  router.openapi(getMine, async (c) => {
    const { id: partyId } = await requireParty(c);
    return c.json({ payouts: (await payoutsOf(c.get('k'), partyId)).map(itemOf) }, 200, PRIVATE);
  });
  return router;
}

/** Headers of a payment file. */
export function fileHeaders(name: string): Record<string, string> {
  return {
    ...PRIVATE,
    'Content-Type': 'application/xml; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
  };
}

function batchOf(batch: Batch) {
  const { minimumMicro, totalMicro, proposedAt, decidedAt, debtorIbanEnd: _end, counts, ...rest } = batch;
  return {
    ...rest,
    counts: { ...counts },
    minimumMicro: minimumMicro.toString(),
    totalMicro: totalMicro.toString(),
    proposedAt: proposedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

function itemOf({ amountMicro, orderedAt, rejectedAt, profileVersion: _version, ...rest }: Item) {
  return {
    ...rest,
    amountMicro: amountMicro.toString(),
    orderedAt: orderedAt?.toISOString() ?? null,
    rejectedAt: rejectedAt?.toISOString() ?? null,
  };
}

function leftOutOf({ balanceMicro, ...rest }: LeftOut) {
  return { ...rest, balanceMicro: balanceMicro.toString() };
}
