import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../../identity/index.ts';
import { createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { closePeriod } from '../close-period.ts';
import { dropPeriod, listPeriods, openPeriod, periodSchema, readPeriod } from '../open-period.ts';
import { type ChecklistPart, periodChecklist } from '../period-checklist.ts';
import { body, id, idParam, json, periodAnswer, periodJson, tags } from './parts.ts';

const OPERATOR = { 401: 'sign-in-required', 403: 'operator-required' } as const;
const itemAnswer = z.object({
  key: z.string(),
  state: z.enum(['done', 'blocked', 'needs-you', 'waiting']),
  title: z.string(),
  detail: z.string(),
  href: z.string().optional(),
});

const getPeriods = createRoute({
  method: 'get',
  path: '/api/periods',
  tags,
  summary: 'The periods in which usage is charged, the latest first',
  responses: {
    200: json(z.object({ periods: z.array(periodAnswer) }), 'At most 200'),
    ...problemAnswers(OPERATOR),
  },
});
const postPeriod = createRoute({
  method: 'post',
  path: '/api/periods',
  tags,
  summary: 'Open a period: any range of time, in the zone in which books close',
  request: { body: body(periodSchema) },
  responses: {
    201: json(periodAnswer, 'The period'),
    ...problemAnswers({
      ...OPERATOR,
      409: 'period-overlaps, period-before-closed',
      422: 'period-malformed',
      503: 'instance-not-set-up',
    }),
  },
});
const getPeriod = createRoute({
  method: 'get',
  path: '/api/periods/{id}',
  tags,
  summary: 'A period with its checklist',
  request: { params: idParam },
  responses: {
    200: json(z.object({ period: periodAnswer, checklist: z.array(itemAnswer) }), 'As it stands now'),
    ...problemAnswers({ ...OPERATOR, 404: 'period-unknown' }),
  },
});
const deletePeriod = createRoute({
  method: 'delete',
  path: '/api/periods/{id}',
  tags,
  summary: 'Take an open period back',
  request: { params: idParam },
  responses: {
    204: { description: 'It is gone' },
    ...problemAnswers({ ...OPERATOR, 404: 'period-unknown', 409: 'period-is-closed' }),
  },
});
const closeRoute = createRoute({
  method: 'post',
  path: '/api/periods/{id}/close',
  tags,
  summary: 'Charge what was used, issue the invoices and close the period; again answers the same',
  request: { params: idParam },
  responses: {
    200: json(
      z.object({
        period: periodAnswer,
        invoiceIds: z.array(id),
        closed: z.boolean().openapi({ description: 'False when it was closed before' }),
      }),
      'It is closed',
    ),
    ...problemAnswers({
      ...OPERATOR,
      404: 'period-unknown',
      409: 'period-not-past, period-earlier-open, balance-too-low',
      503: 'instance-not-set-up',
    }),
  },
});

/** `/api/periods` for the operator. */
export function periodRoutes(parts: readonly ChecklistPart[]): Router {
  const router = createRouter();
  router.openapi(getPeriods, async (c) => {
    await requireOperator(c);
    return c.json({ periods: (await listPeriods(c.get('k'))).map(periodJson) }, 200);
  });
  router.openapi(postPeriod, async (c) => {
    const { id: actor } = await requireOperator(c);
    return c.json(periodJson(await openPeriod(c.get('k'), { ...c.req.valid('json'), actor })), 201);
  });
  router.openapi(getPeriod, async (c) => {
    await requireOperator(c);
    const period = await readPeriod(c.get('k'), c.req.valid('param').id);
    const checklist = await periodChecklist(c.get('k'), { period, locale: c.get('locale'), parts });
    return c.json({ period: periodJson(period), checklist }, 200);
  });
  router.openapi(deletePeriod, async (c) => {
    const { id: actor } = await requireOperator(c);
    await dropPeriod(c.get('k'), { periodId: c.req.valid('param').id, actor });
    return c.body(null, 204);
  });
  router.openapi(closeRoute, async (c) => {
    const { id: actor } = await requireOperator(c);
    const { period, invoiceIds, closed } = await closePeriod(c.get('k'), {
      periodId: c.req.valid('param').id,
      actor,
    });
    return c.json({ period: periodJson(period), invoiceIds: [...invoiceIds], closed }, 200);
  });
  return router;
}
