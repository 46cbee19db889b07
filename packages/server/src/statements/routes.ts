import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator, requireUser } from '../identity/index.ts';
import {
  createRouter,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { issueStatements } from './issue-statements.ts';
import { type Objection, OUTCOMES, type StatementSummary } from './model.ts';
import {
  answerObjection,
  listObjections,
  objectionsTo,
  objectionText,
  raiseObjection,
  withdrawObjection,
} from './raise-objection.ts';
import { readEarning, readEarnings } from './read-earnings.ts';
import { listStatements, readStatement, statementFile, type Viewer } from './read-statements.ts';
import type { EarningSum } from './store-earnings.ts';

const tags = ['statements'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const idParam = z.object({ id: z.string().max(100) });
const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });

const statementSchema = z
  .object({
    id: z.uuid(),
    partyId: z.uuid(),
    currency: z.string(),
    number: z.number().int(),
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().openapi({ description: 'The cut-off, not in it' }),
    openingMicro: micro,
    earnedMicro: micro,
    movedMicro: micro.openapi({ description: 'Payouts and corrections, in micro-units' }),
    closingMicro: micro,
    inPayoutMicro: micro.openapi({ description: 'Ordered from the bank and not confirmed, in micro-units' }),
    sha256: z.string(),
    issuedAt: z.iso.datetime(),
    objectionUntil: z.iso.datetime(),
  })
  .openapi('EarningsStatement');
const objectionSchema = z
  .object({
    id: z.uuid(),
    statementId: z.uuid(),
    position: z.number().int().nullable().openapi({ description: 'The line, from 1; null: all of it' }),
    disputedMicro: micro,
    currency: z.string(),
    reason: z.string(),
    raisedAt: z.iso.datetime(),
    outcome: z.enum(OUTCOMES).nullable(),
    answer: z.string().nullable(),
  })
  .openapi('StatementObjection');
const sumSchema = z.object({
  id: z.string(),
  title: z.string(),
  currency: z.string(),
  netMicro: micro,
  feeMicro: micro,
});

const getEarnings = createRoute({
  method: 'get',
  path: '/api/earnings',
  tags,
  summary: 'What you have earned, by month, work and licensee, and where you stand',
  responses: {
    200: jsonAnswer(
      'From all runs, whether or not they are on a statement yet',
      z.object({
        zone: z.string(),
        standing: z.array(z.object({ currency: z.string(), owedMicro: micro, inPayoutMicro: micro })),
        byMonth: z.array(sumSchema),
        byWork: z.array(sumSchema),
        byLicensee: z.array(sumSchema),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});
const getEarning = createRoute({
  method: 'get',
  path: '/api/earnings/lines/{id}',
  tags,
  summary: 'How one earning came about, down to the uses it pays for',
  request: {
    params: idParam,
    query: z.object({ after: z.string().max(200).optional() }),
  },
  responses: {
    200: jsonAnswer(
      'The line as statements say it, and a page of its uses',
      z.object({
        line: z.looseObject({ id: z.string(), amount: z.string() }),
        uses: z.array(
          z.object({
            id: z.string(),
            at: z.iso.datetime(),
            units: z.number().int(),
            path: z.string().optional(),
            sha256: z.string().optional(),
          }),
        ),
        more: z.string().nullable().openapi({ description: '`after` of the next page' }),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'earning-unknown' }),
  },
});
const getStatements = createRoute({
  method: 'get',
  path: '/api/statements',
  tags,
  summary: 'Your statements, newest first; operators see all',
  responses: {
    200: jsonAnswer('At most 500', z.object({ statements: z.array(statementSchema) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});
const getStatement = createRoute({
  method: 'get',
  path: '/api/statements/{id}',
  tags,
  summary: 'A statement with its sealed text and the objections to it',
  request: { params: idParam },
  responses: {
    200: jsonAnswer(
      'The statement',
      z.object({
        statement: statementSchema,
        sealed: z.string().openapi({ description: 'A JWS of type clearway-statement-1' }),
        objections: z.array(objectionSchema),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'statement-unknown' }),
  },
});
const getFile = createRoute({
  method: 'get',
  path: '/api/statements/{id}/file',
  tags,
  summary: 'A statement as `clearway verify` and the page /verify take it, with every use it pays for',
  request: { params: idParam },
  responses: {
    200: jsonAnswer(
      'Canonical JSON of format clearway-statement-file-1',
      z.looseObject({ format: z.string() }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'statement-unknown' }),
  },
});
const postStatements = createRoute({
  method: 'post',
  path: '/api/statements',
  tags,
  summary: 'Issue a statement to everyone with a movement before a cut-off; for operators',
  request: {
    body: jsonBody(
      z.strictObject({
        to: z.iso.datetime().optional().openapi({ description: 'The cut-off, not in it; now unless said' }),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The new ones', z.object({ ids: z.array(z.uuid()) })),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required',
      422: 'statement-in-future',
    }),
  },
});
const postObjection = createRoute({
  method: 'post',
  path: '/api/statements/{id}/objections',
  tags,
  summary: 'Object to a statement of yours or to one of its lines; it is not paid out until it is answered',
  request: {
    params: idParam,
    body: jsonBody(
      z.strictObject({
        position: z.number().int().min(1).max(1_000_000).optional(),
        reason: objectionText,
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The objection', z.object({ id: z.uuid() })),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'role-required',
      404: 'statement-unknown, earning-unknown',
      409: 'objection-open, objection-too-late, acting-ended',
    }),
  },
});
const getObjections = createRoute({
  method: 'get',
  path: '/api/objections',
  tags,
  summary: 'Objections to statements, open ones first; for operators',
  responses: {
    200: jsonAnswer('At most 500', z.object({ objections: z.array(objectionSchema) })),
    ...problemAnswers({ 401: 'sign-in-required', 403: 'operator-required' }),
  },
});
const answerRoute = createRoute({
  method: 'post',
  path: '/api/objections/{id}/answer',
  tags,
  summary: 'Answer an objection; for operators',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ outcome: z.enum(['upheld', 'declined']), answer: objectionText })),
  },
  responses: {
    200: jsonAnswer('Answered', z.object({ id: z.string() })),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required',
      404: 'objection-unknown',
      409: 'objection-answered',
    }),
  },
});
const withdrawRoute = createRoute({
  method: 'post',
  path: '/api/objections/{id}/withdraw',
  tags,
  summary: 'Take an objection of yours back',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('Withdrawn', z.object({ id: z.string() })),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'role-required',
      404: 'objection-unknown',
      409: 'objection-answered, acting-ended',
    }),
  },
});

/** `/api/earnings`, `/api/statements` and `/api/objections`. */
export function statementsRoutes(): Router {
  const router = createRouter();
  router.openapi(getEarnings, async (c) => {
    const party = await requireParty(c);
    const { zone, standing, ...sums } = await readEarnings(c.get('k'), party.id);
    const standingJson = standing.map((one) => ({
      ...one,
      owedMicro: one.owedMicro.toString(),
      inPayoutMicro: one.inPayoutMicro.toString(),
    }));
    const [byMonth, byWork, byLicensee] = [sums.byMonth, sums.byWork, sums.byLicensee].map((all) =>
      all.map(sumJson),
    ) as [ReturnType<typeof sumJson>[], ReturnType<typeof sumJson>[], ReturnType<typeof sumJson>[]];
    return c.json({ zone, standing: standingJson, byMonth, byWork, byLicensee }, 200, PRIVATE);
  });
  router.openapi(getEarning, async (c) => {
    const party = await requireParty(c);
    const about = { id: c.req.valid('param').id, partyId: party.id, ...c.req.valid('query') };
    const { line, uses, more } = await readEarning(c.get('k'), about);
    // The line has optional members, which the type of a JSON answer does not know.
    return c.json({ line, uses, more: more ?? null }, 200, PRIVATE) as never;
  });
  router.openapi(getStatements, async (c) => {
    const { partyId, operator } = await viewerOf(c);
    const found = await listStatements(c.get('k'), operator ? {} : { partyId });
    return c.json({ statements: found.map(statementJson) }, 200, PRIVATE);
  });
  router.openapi(getStatement, async (c) => {
    const k = c.get('k');
    const found = await readStatement(k, { id: c.req.valid('param').id, viewer: await viewerOf(c) });
    const objections = (await objectionsTo(k, found.id)).map(objectionJson);
    return c.json({ statement: statementJson(found), sealed: found.sealed, objections }, 200, PRIVATE);
  });
  router.openapi(getFile, async (c) => {
    const about = { id: c.req.valid('param').id, viewer: await viewerOf(c) };
    const { name, bytes } = await statementFile(c.get('k'), about);
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
      ...PRIVATE,
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${name}.json"`,
    }) as never;
  });
  router.openapi(postStatements, async (c) => {
    await requireOperator(c);
    const k = c.get('k');
    const { to } = c.req.valid('json');
    const ids = await issueStatements(k, { to: to === undefined ? k.clock.now() : new Date(to) });
    return c.json({ ids }, 201);
  });
  router.openapi(postObjection, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const about = { statementId: c.req.valid('param').id, partyId: party.id, userId: user.id };
    return c.json({ id: await raiseObjection(c.get('k'), { ...about, ...c.req.valid('json') }) }, 201);
  });
  router.openapi(getObjections, async (c) => {
    await requireOperator(c);
    return c.json({ objections: (await listObjections(c.get('k'))).map(objectionJson) }, 200, PRIVATE);
  });
  router.openapi(answerRoute, async (c) => {
    const { id: userId } = await requireOperator(c);
    const { id } = c.req.valid('param');
    await answerObjection(c.get('k'), { id, userId, ...c.req.valid('json') });
    return c.json({ id }, 200);
  });
  router.openapi(withdrawRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const { id } = c.req.valid('param');
    await withdrawObjection(c.get('k'), { id, partyId: party.id, userId: user.id });
    return c.json({ id }, 200);
  });
  return router;
}

/** The party the session acts for, and whether it is the operator who looks. */
export async function viewerOf(c: HttpContext): Promise<Viewer> {
  const party = await requireParty(c);
  return { partyId: party.id, operator: (await requireUser(c)).operator };
}

function sumJson(sum: EarningSum): z.infer<typeof sumSchema> {
  return { ...sum, netMicro: sum.netMicro.toString(), feeMicro: sum.feeMicro.toString() };
}

function statementJson(s: StatementSummary): z.infer<typeof statementSchema> {
  return {
    id: s.id,
    partyId: s.partyId,
    currency: s.currency,
    number: s.number,
    from: s.fromAt?.toISOString() ?? null,
    to: s.toAt.toISOString(),
    openingMicro: s.openingMicro.toString(),
    earnedMicro: s.earnedMicro.toString(),
    movedMicro: s.movedMicro.toString(),
    closingMicro: s.closingMicro.toString(),
    inPayoutMicro: s.inPayoutClosingMicro.toString(),
    sha256: s.sha256,
    issuedAt: s.issuedAt.toISOString(),
    objectionUntil: s.objectionUntil.toISOString(),
  };
}

function objectionJson(o: Objection): z.infer<typeof objectionSchema> {
  return {
    id: o.id,
    statementId: o.statementId,
    position: o.position,
    disputedMicro: o.disputedMicro.toString(),
    currency: o.currency,
    reason: o.reason,
    raisedAt: o.raisedAt.toISOString(),
    outcome: o.outcome,
    answer: o.answer,
  };
}
