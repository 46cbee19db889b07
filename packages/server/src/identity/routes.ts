import { createRoute, z } from '@hono/zod-openapi';
import { cleanLine, createRouter, LOCALES, problemAnswers, type Router } from '../kernel/index.ts';
import { requireSession, requireUser } from './current-user.ts';
import { endOtherSessions, endSession, listSessions, signOut } from './end-session.ts';
import { limitMailTo } from './limits.ts';
import { operatorRoutes } from './operator-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { sendSignInLink } from './send-sign-in-link.ts';

const UNSIGNED = { 401: 'sign-in-required' };
const PRIVATE = { 'Cache-Control': 'no-store' };
const tags = ['identity'];

const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    locale: z.enum(LOCALES),
    operator: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .openapi('User');
const sessionSchema = z
  .object({
    id: z.uuid(),
    current: z.boolean(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    agent: z.string(),
    network: z.string(),
  })
  .openapi('Session');

const sendLink = createRoute({
  method: 'post',
  path: '/api/session-links',
  tags,
  summary: 'Send a sign-in link',
  description:
    'Mails a link if there is an account for the address; with `name`, one that makes the account where there is none. The answer is the same for every address.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            email: z.string().max(1_000),
            name: cleanLine(200).optional().describe('Also makes an account where there is none'),
            next: z.string().max(2_000).optional().describe('Path on this site to go to after signing in'),
          }),
        },
      },
    },
  },
  responses: {
    202: { description: 'Taken' },
    ...problemAnswers({
      400: 'malformed-body',
      422: 'invalid-input, email-invalid, idempotency-key-reused',
      429: 'too-many-requests',
    }),
  },
});

const me = createRoute({
  method: 'get',
  path: '/api/me',
  tags,
  summary: 'Who is signed in',
  responses: {
    200: { description: 'The user', content: { 'application/json': { schema: userSchema } } },
    ...problemAnswers(UNSIGNED),
  },
});

const sessions = createRoute({
  method: 'get',
  path: '/api/sessions',
  tags,
  summary: 'Where the user is signed in, last seen first',
  responses: {
    200: {
      description: 'The sessions',
      content: { 'application/json': { schema: z.object({ sessions: z.array(sessionSchema) }) } },
    },
    ...problemAnswers(UNSIGNED),
  },
});

const endOthers = createRoute({
  method: 'delete',
  path: '/api/sessions',
  tags,
  summary: 'End all sessions but this one',
  responses: { 204: { description: 'Ended' }, ...problemAnswers(UNSIGNED) },
});

const endOne = createRoute({
  method: 'delete',
  path: '/api/sessions/{id}',
  tags,
  summary: 'End one session; ending the own one signs out',
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Ended' },
    ...problemAnswers({ ...UNSIGNED, 404: 'session-unknown', 422: 'invalid-input' }),
  },
});

/** Signing in, the user and the sessions as JSON. */
export function identityRoutes(): Router {
  const router = createRouter();
  router.route('/', operatorRoutes());
  router.route('/', passkeyRoutes());
  router.openapi(sendLink, async (c) => {
    const { email, name, next } = c.req.valid('json');
    limitMailTo(c, email);
    await sendSignInLink(c.get('k'), { email, name, next, locale: c.get('locale') });
    return c.body(null, 202);
  });
  router.openapi(me, async (c) => {
    const { id, email, name, locale, operator, createdAt } = await requireUser(c);
    return c.json({ id, email, name, locale, operator, createdAt: createdAt.toISOString() }, 200, PRIVATE);
  });
  router.openapi(sessions, async (c) => {
    const { user, sessionId } = await requireSession(c);
    const found = await listSessions(c.get('k'), user.id);
    const list = found.map((session) => ({
      ...session,
      current: session.id === sessionId,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    }));
    return c.json({ sessions: list }, 200, PRIVATE);
  });
  router.openapi(endOthers, async (c) => {
    const { user, sessionId } = await requireSession(c);
    await endOtherSessions(c.get('k'), user.id, sessionId);
    return c.body(null, 204);
  });
  router.openapi(endOne, async (c) => {
    const { user, sessionId } = await requireSession(c);
    const { id } = c.req.valid('param');
    await endSession(c.get('k'), user.id, id);
    if (id === sessionId) await signOut(c);
    return c.body(null, 204);
  });
  return router;
}
