import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../identity/index.ts';
import { createRouter, jsonAnswer, problemAnswers, type Router } from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { DISPOSITIONS, RUN_STATES, type Run } from './model.ts';
import { listRuns, readRun } from './read-runs.ts';
import { type NamedWaiting, suspenseOf, waitingFor, withNames } from './read-suspense.ts';

const tags = ['distribution'];
const id = z.uuid();
const micro = z
  .string()
  .regex(/^-?\d+$/)
  .openapi({ description: 'Micro-units: 1,000,000 are one of the currency' });
const time = z.iso.datetime();
const OPERATORS = { 401: 'sign-in-required', 403: 'operator-required' };

const runSchema = z
  .object({
    id,
    kind: z.enum(['invoice', 'credit', 'release']),
    subject: id.openapi({ description: 'The invoice; of a release: the work' }),
    currency: z.string(),
    state: z.enum(RUN_STATES),
    lines: z.int(),
    totalMicro: micro,
    inputSha256: z.string(),
    sqlRoot: z.string().nullable(),
    tsRoot: z.string().nullable(),
    fault: z.string().nullable(),
    plannedAt: time,
    postedAt: time.nullable(),
  })
  .openapi('DistributionRun');

const totalSchema = z.object({
  to: z.enum(['fee', ...DISPOSITIONS]),
  accounts: z.int(),
  amountMicro: micro,
});

const waitingSchema = z
  .object({
    workId: id,
    title: z.string(),
    claimId: id.nullable(),
    holder: z.string().nullable(),
    reason: z.enum(['contested', 'unaccepted', 'ownerless']),
    currency: z.string(),
    amountMicro: micro,
    lines: z.int(),
    since: time,
    mine: z.boolean(),
  })
  .openapi('WaitingMoney');

const runsRoute = createRoute({
  method: 'get',
  path: '/api/distribution/runs',
  tags,
  summary: 'Distribution runs, newest first, 50 at a time; for operators',
  request: { query: z.object({ before: id.optional() }) },
  responses: {
    200: jsonAnswer('From the one before `before`', z.object({ runs: z.array(runSchema) })),
    ...problemAnswers(OPERATORS),
  },
});
const runRoute = createRoute({
  method: 'get',
  path: '/api/distribution/runs/{id}',
  tags,
  summary: 'A distribution run and where its money went; for operators',
  request: { params: z.object({ id }) },
  responses: {
    200: jsonAnswer('The run', z.object({ run: runSchema, totals: z.array(totalSchema) })),
    ...problemAnswers({ ...OPERATORS, 404: 'run-unknown' }),
  },
});
const suspenseRoute = createRoute({
  method: 'get',
  path: '/api/distribution/suspense',
  tags,
  summary: 'Money that waits and why, the largest amounts first; for operators',
  responses: {
    200: jsonAnswer('By work, share and reason', z.object({ waiting: z.array(waitingSchema) })),
    ...problemAnswers(OPERATORS),
  },
});
const waitingRoute = createRoute({
  method: 'get',
  path: '/api/earnings/waiting',
  tags,
  summary: 'Your money that waits and why, and that of co-owners in works you registered',
  responses: {
    200: jsonAnswer('By work, share and reason', z.object({ waiting: z.array(waitingSchema) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

/** `/api/distribution`: what operators see; `/api/earnings/waiting`: what holders see. */
export function distributionRoutes(): Router {
  const router = createRouter();
  router.openapi(runsRoute, async (c) => {
    await requireOperator(c);
    const runs = await listRuns(c.get('k'), c.req.valid('query'));
    return c.json({ runs: runs.map(runJson) }, 200);
  });
  router.openapi(runRoute, async (c) => {
    await requireOperator(c);
    const { run, totals } = await readRun(c.get('k'), c.req.valid('param').id);
    const shown = totals.map(({ to, accounts, micro: sum }) => ({
      to,
      accounts,
      amountMicro: sum.toString(),
    }));
    return c.json({ run: runJson(run), totals: shown }, 200);
  });
  router.openapi(suspenseRoute, async (c) => {
    await requireOperator(c);
    const items = await withNames(c.get('k'), await suspenseOf(c.get('k')));
    return c.json({ waiting: items.map(waitingJson) }, 200);
  });
  router.openapi(waitingRoute, async (c) => {
    const party = await requireParty(c);
    return c.json({ waiting: (await waitingFor(c.get('k'), party.id)).map(waitingJson) }, 200);
  });
  return router;
}

function runJson(run: Run): z.infer<typeof runSchema> {
  const { id, kind, subject, currency, state, lines, inputSha256, sqlRoot, tsRoot, fault } = run;
  return {
    id,
    kind,
    subject,
    currency,
    state,
    lines,
    totalMicro: run.totalMicro.toString(),
    inputSha256,
    sqlRoot,
    tsRoot,
    fault,
    plannedAt: run.plannedAt.toISOString(),
    postedAt: run.postedAt?.toISOString() ?? null,
  };
}

function waitingJson(item: NamedWaiting): z.infer<typeof waitingSchema> {
  const { workId, title, claimId, holder, reason, currency, lines, mine } = item;
  return {
    workId,
    title,
    claimId,
    holder,
    reason,
    currency,
    amountMicro: item.amountMicro.toString(),
    lines,
    since: item.since.toISOString(),
    mine,
  };
}
