import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../../identity/index.ts';
import {
  bounceSecret,
  createRouter,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
  receiveBounce,
} from '../../kernel/index.ts';
import { testMailing } from './compose-mailing.ts';
import {
  approveMailing,
  discardMailing,
  pauseMailing,
  proposeMailing,
  resumeMailing,
  saveMailing,
  stopMailing,
} from './edit-mailing.ts';
import { readGoals, removeGoal, setGoal } from './goals.ts';
import { audienceSchema, MAILING_KINDS, PER_MINUTE, perMinuteSchema, textSchema } from './mailing.ts';
import { fail } from './mailing-problems.ts';
import { listMailings, type MailingReport, previewAudience, reportMailing } from './show-mailing.ts';

const tags = ['mailings'];
const operator = { 401: 'sign-in-required', 403: 'operator-required' };
const int = z.number().int();
const time = z.iso.datetime().nullable();

const mailing = z.object({
  id: z.string(),
  kind: z.enum(MAILING_KINDS),
  state: z.string(),
  edition: int.openapi({ description: 'Given back when it is changed or approved' }),
  texts: z.object({ en: textSchema.optional(), de: textSchema.optional() }),
  audience: z.record(z.string(), z.union([z.string(), int])),
  perMinute: int,
  startAt: time,
  startedAt: time,
  finishedAt: time,
  total: int.openapi({ description: 'How many there were to write to when it began' }),
  written: int,
  mails: z.object({ queued: int, sent: int, suppressed: int, bounced: int, failed: int }),
});

const id = z.object({ id: z.uuid() });
const words = z.object({
  kind: z.enum(MAILING_KINDS).default('news'),
  texts: z.object({ en: textSchema.optional(), de: textSchema.optional() }),
  audience: audienceSchema.default({}),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/mailings',
  tags,
  summary: 'Mailings, newest first; for operators',
  responses: {
    200: jsonAnswer('Mailings', z.object({ mailings: z.array(mailing) })),
    ...problemAnswers(operator),
  },
});
const readRoute = createRoute({
  method: 'get',
  path: '/api/mailings/{id}',
  tags,
  summary: 'A mailing with its report; for operators',
  request: { params: id },
  responses: {
    200: jsonAnswer('The mailing', mailing),
    ...problemAnswers({ ...operator, 404: 'mailing-unknown' }),
  },
});
const audienceRoute = createRoute({
  method: 'post',
  path: '/api/mailings/audience',
  tags,
  summary: 'Count whom conditions reach, with a sample; nothing is sent',
  request: { body: jsonBody(audienceSchema) },
  responses: {
    200: jsonAnswer(
      'How many mailboxes, and some of the signatures, without addresses',
      z.object({
        count: int,
        byLocale: z.object({ en: int, de: int }),
        sample: z.array(
          z.object({ name: z.string(), country: z.string(), locale: z.string(), version: int }),
        ),
      }),
    ),
    ...problemAnswers({ ...operator, 422: 'invalid-input' }),
  },
});
const saveRoute = createRoute({
  method: 'post',
  path: '/api/mailings',
  tags,
  summary: 'Write a mailing',
  request: { body: jsonBody(words) },
  responses: {
    201: jsonAnswer('Written', mailing),
    ...problemAnswers({ ...operator, 422: 'invalid-input, mailing-text-missing' }),
  },
});
const changeRoute = createRoute({
  method: 'put',
  path: '/api/mailings/{id}',
  tags,
  summary: 'Change a mailing that is not approved',
  request: { params: id, body: jsonBody(words.extend({ edition: int })) },
  responses: {
    200: jsonAnswer('Changed; a proposal is a draft again', mailing),
    ...problemAnswers({
      ...operator,
      404: 'mailing-unknown',
      409: 'mailing-fixed, mailing-edited-meanwhile',
      422: 'invalid-input, mailing-text-missing',
    }),
  },
});
const actRoute = createRoute({
  method: 'post',
  path: '/api/mailings/{id}/steps',
  tags,
  summary: 'Test, propose, approve, pause, resume, stop or discard a mailing',
  request: {
    params: id,
    body: jsonBody(
      z.object({
        step: z.enum(['test', 'propose', 'approve', 'pause', 'resume', 'stop', 'discard']),
        edition: int.optional().openapi({ description: 'For propose and approve' }),
        startAt: z.iso.datetime().nullable().default(null),
        to: z.string().max(1_000).optional().openapi({ description: 'Where a test goes' }),
        perMinute: perMinuteSchema.default(PER_MINUTE),
      }),
    ),
  },
  responses: {
    204: { description: 'Done' },
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'operator-required, mailing-second-person',
      404: 'mailing-unknown',
      409: 'mailing-fixed, mailing-edited-meanwhile, mailing-not-proposed, mailing-not-under-way',
      422: 'invalid-input, mailing-time-wrong, signature-address-invalid',
    }),
  },
});
const bounceRoute = createRoute({
  method: 'post',
  path: '/api/mail-bounces',
  tags,
  summary: 'Hand over a mail that came back, as it arrived (RFC 3464), with the secret as a bearer token',
  request: {
    query: z.object({
      recipient: z.string().max(500).optional().openapi({ description: 'Envelope address it came to' }),
    }),
    body: { required: true, content: { 'message/rfc822': { schema: z.string() } } },
  },
  responses: {
    200: jsonAnswer(
      '`recorded`: a mail came back for good; `delayed`: it is still under way; else about no mail of ours',
      z.object({ result: z.enum(['recorded', 'delayed', 'unknown', 'no-report']) }),
    ),
    ...problemAnswers({ 403: 'bounce-secret-wrong' }),
  },
});
const goalsRoute = createRoute({
  method: 'get',
  path: '/api/goals',
  tags,
  summary: 'The next goal, and milestones with the day on which the count passed them',
  responses: {
    200: jsonAnswer(
      'Goals',
      z.object({
        count: int.openapi({ description: 'How many people have signed' }),
        next: int.nullable(),
        reached: z.array(z.object({ target: int, at: z.iso.datetime(), count: int })),
      }),
    ),
  },
});
const target = z.object({ target: z.coerce.number().int().min(1).max(1_000_000_000) });
const setGoalRoute = createRoute({
  method: 'post',
  path: '/api/goals',
  tags,
  summary: 'Set a goal; for operators',
  request: { body: jsonBody(target) },
  responses: {
    204: { description: 'Set' },
    ...problemAnswers({ ...operator, 422: 'invalid-input, goal-passed' }),
  },
});
const removeGoalRoute = createRoute({
  method: 'post',
  path: '/api/goals/removal',
  tags,
  summary: 'Take back a goal that is not reached; for operators',
  request: { body: jsonBody(target) },
  responses: {
    204: { description: 'Taken back' },
    ...problemAnswers({ ...operator, 404: 'goal-unknown', 422: 'invalid-input' }),
  },
});

/** Mailings, returned mail and goals over HTTP. */
export function mailingRoutes(): Router {
  const router = createRouter();
  router.openapi(listRoute, async (c) => {
    await requireOperator(c);
    return c.json({ mailings: (await listMailings(c.get('k'))).map(toJson) } as never, 200);
  });
  router.openapi(audienceRoute, async (c) => {
    await requireOperator(c);
    return c.json((await previewAudience(c.get('k'), c.req.valid('json'))) as never, 200);
  });
  router.openapi(readRoute, async (c) => {
    await requireOperator(c);
    return c.json(toJson(await reportMailing(c.get('k'), c.req.valid('param').id)) as never, 200);
  });
  router.openapi(saveRoute, async (c) => {
    const { id: by } = await requireOperator(c);
    const k = c.get('k');
    const saved = await saveMailing(k, { ...given(c.req.valid('json')), edition: 0, by });
    return c.json(toJson(await reportMailing(k, saved)) as never, 201);
  });
  router.openapi(changeRoute, async (c) => {
    const { id: by } = await requireOperator(c);
    const k = c.get('k');
    const { edition, ...rest } = c.req.valid('json');
    const saved = await saveMailing(k, { ...given(rest), id: c.req.valid('param').id, edition, by });
    return c.json(toJson(await reportMailing(k, saved)) as never, 200);
  });
  router.openapi(actRoute, async (c) => {
    const { id: by } = await requireOperator(c);
    const { id } = c.req.valid('param');
    const { step, edition = -1, startAt, perMinute, to = '' } = c.req.valid('json');
    const k = c.get('k');
    const about = { id, edition, by };
    if (step === 'test') await testMailing(k, { id, to });
    else if (step === 'propose')
      await proposeMailing(k, { ...about, startAt: startAt === null ? null : new Date(startAt), perMinute });
    else if (step === 'approve') await approveMailing(k, about);
    else if (step === 'pause') await pauseMailing(k, about);
    else if (step === 'resume') await resumeMailing(k, about);
    else if (step === 'stop') await stopMailing(k, about);
    else await discardMailing(k, about);
    return c.body(null, 204);
  });
  router.openapi(bounceRoute, async (c) => {
    const k = c.get('k');
    if (c.req.header('Authorization') !== `Bearer ${await bounceSecret(k)}`)
      throw fail('bounce-secret-wrong');
    const result = await receiveBounce(k, await c.req.text(), c.req.valid('query').recipient);
    return c.json({ result }, 200);
  });
  router.openapi(goalsRoute, async (c) => {
    const { count, next, reached } = await readGoals(c.get('k'));
    const milestones = reached.map((one) => ({ ...one, at: one.at.toISOString() }));
    return c.json({ count, next: next ?? null, reached: milestones }, 200);
  });
  router.openapi(setGoalRoute, async (c) => {
    const { id: by } = await requireOperator(c);
    await setGoal(c.get('k'), { ...c.req.valid('json'), by });
    return c.body(null, 204);
  });
  router.openapi(removeGoalRoute, async (c) => {
    const { id: by } = await requireOperator(c);
    await removeGoal(c.get('k'), { ...c.req.valid('json'), by });
    return c.body(null, 204);
  });
  return router;
}

function given({ kind, texts, audience }: z.infer<typeof words>) {
  return {
    kind,
    audience,
    texts: { ...(texts.en ? { en: texts.en } : {}), ...(texts.de ? { de: texts.de } : {}) },
  };
}

function toJson({ mailing, progress }: MailingReport) {
  const { id, kind, state, edition, texts, audience, perMinute, startAt, startedAt, finishedAt } = mailing;
  const { written, total, ...mails } = progress;
  const facts = { id, kind, state, edition, texts, audience, perMinute, startAt, startedAt, finishedAt };
  return { ...facts, total, written, mails };
}
