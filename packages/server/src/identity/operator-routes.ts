import { createRoute, z } from '@hono/zod-openapi';
import { cleanLine, createRouter, LOCALES, problemAnswers, type Router } from '../kernel/index.ts';
import { requireOperator } from './current-user.ts';
import { inviteOperator, withdrawOperatorInvitation } from './invite-operator.ts';
import { listOperators, type OperatorInvitation, openOperatorInvitations } from './list-operators.ts';
import { removeOperator } from './remove-operator.ts';

const tags = ['operator'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const REFUSED = { 401: 'sign-in-required', 403: 'operator-required' } as const;
const id = z.object({ id: z.string().max(100) });

const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    sentAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('OperatorInvitation');
const operatorSchema = z.object({ id: z.uuid(), name: z.string(), email: z.string() }).openapi('Operator');

const list = createRoute({
  method: 'get',
  path: '/api/operators',
  tags,
  summary: 'Who runs this instance, and who is invited to',
  responses: {
    200: {
      description: 'Operators, longest here first, and open invitations',
      content: {
        'application/json': {
          schema: z.object({ operators: z.array(operatorSchema), invitations: z.array(invitationSchema) }),
        },
      },
    },
    ...problemAnswers(REFUSED),
  },
});
const invite = createRoute({
  method: 'post',
  path: '/api/operators',
  tags,
  summary: 'Invite another operator by mail',
  description:
    'The mail holds a link to a page with a button. A second operator is needed for whatever two people must agree on.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            email: z.string().max(1_000),
            name: cleanLine(200).openapi({ description: 'For the account, where there is none yet' }),
            locale: z.enum(LOCALES).optional().openapi({ description: 'Language of the mail' }),
          }),
        },
      },
    },
  },
  responses: {
    201: { description: 'The invitation', content: { 'application/json': { schema: invitationSchema } } },
    ...problemAnswers({
      ...REFUSED,
      409: 'operator-already',
      422: 'invalid-input, email-invalid',
      429: 'too-many-requests',
    }),
  },
});
const remove = createRoute({
  method: 'delete',
  path: '/api/operators/{id}',
  tags,
  summary: 'End that somebody runs this instance; never the last one',
  request: { params: id },
  responses: {
    204: { description: 'Removed' },
    ...problemAnswers({ ...REFUSED, 404: 'operator-unknown', 409: 'last-operator' }),
  },
});
const withdraw = createRoute({
  method: 'delete',
  path: '/api/operator-invitations/{id}',
  tags,
  summary: 'Take an invitation back',
  request: { params: id },
  responses: {
    204: { description: 'Taken back' },
    ...problemAnswers({ ...REFUSED, 404: 'operator-link-unknown' }),
  },
});

/** Who runs the instance, for programs. */
export function operatorRoutes(): Router {
  const router = createRouter();
  router.openapi(list, async (c) => {
    await requireOperator(c);
    const operators = (await listOperators(c.get('k'))).map(({ id, name, email }) => ({ id, name, email }));
    const invitations = (await openOperatorInvitations(c.get('k'))).map(answerOf);
    return c.json({ operators, invitations }, 200, PRIVATE);
  });
  router.openapi(invite, async (c) => {
    const { id: actor } = await requireOperator(c);
    const { email, name, locale = c.get('locale') } = c.req.valid('json');
    return c.json(answerOf(await inviteOperator(c.get('k'), { email, name, actor, locale })), 201, PRIVATE);
  });
  router.openapi(remove, async (c) => {
    const { id: actor } = await requireOperator(c);
    await removeOperator(c.get('k'), { userId: c.req.valid('param').id, actor });
    return c.body(null, 204);
  });
  router.openapi(withdraw, async (c) => {
    const { id: actor } = await requireOperator(c);
    await withdrawOperatorInvitation(c.get('k'), { id: c.req.valid('param').id, actor });
    return c.body(null, 204);
  });
  return router;
}

function answerOf({ id, email, name, sentAt, expiresAt }: OperatorInvitation) {
  return { id, email, name, sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
