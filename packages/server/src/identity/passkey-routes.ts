import { createRoute, z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import {
  cleanLine,
  clientAddress,
  createRouter,
  failCommon,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { addPasskey, passkeyCreationOptions } from './add-passkey.ts';
import { removePasskey, renamePasskey } from './change-passkey.ts';
import { requireSession } from './current-user.ts';
import { listPasskeys, type Passkey } from './list-passkeys.ts';
import { networkOf, safeNext } from './model.ts';
import { failProof } from './proof-problems.ts';
import { passkeyRequestOptions, provePasskey } from './prove-passkey.ts';
import { requireRecentProof } from './require-recent-proof.ts';
import { startSession } from './start-session.ts';
import { markRecent } from './step-up.ts';

const tags = ['identity'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const UNSIGNED = { 401: 'sign-in-required' } as const;
/** Strangers may ask for challenges; each is a row for five minutes. */
const PER_NETWORK = { name: 'passkey-network', per: 240, windowMs: 3_600_000, burst: 40 };
const REFUSED = {
  403: 'passkey-wrong-origin, passkey-count-went-back',
  404: 'passkey-unknown',
  409: 'passkey-challenge-used, passkeys-impossible',
  410: 'passkey-challenge-expired',
  422: 'invalid-input, passkey-challenge-unknown, passkey-without-person, passkey-invalid',
} as const;

const text = z.string().max(20_000);
const registration = z
  .looseObject({
    id: text,
    rawId: text,
    type: z.literal('public-key'),
    response: z.looseObject({
      clientDataJSON: text,
      attestationObject: text,
      transports: z.array(z.string()).max(20).optional(),
    }),
    clientExtensionResults: z.looseObject({}).optional(),
  })
  .openapi('RegistrationResponse', { description: '`RegistrationResponseJSON` (WebAuthn §5.1)' });
const assertion = z
  .looseObject({
    id: text,
    rawId: text,
    type: z.literal('public-key'),
    response: z.looseObject({
      clientDataJSON: text,
      authenticatorData: text,
      signature: text,
      userHandle: text.nullish(),
    }),
    clientExtensionResults: z.looseObject({}).optional(),
  })
  .openapi('AuthenticationResponse', { description: '`AuthenticationResponseJSON` (WebAuthn §5.1)' });
const options = z
  .looseObject({ challenge: z.string() })
  .openapi('PasskeyOptions', { description: 'For `navigator.credentials` (WebAuthn §5.1.8, §5.1.9)' });
const passkeyAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    synced: z.boolean(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('Passkey');
const id = z.object({ id: z.string().max(100) });
const name = cleanLine(60);

const list = createRoute({
  method: 'get',
  path: '/api/passkeys',
  tags,
  summary: 'The passkeys of the account',
  responses: {
    200: jsonAnswer('Oldest first', z.object({ passkeys: z.array(passkeyAnswer) })),
    ...problemAnswers(UNSIGNED),
  },
});
const askAdd = createRoute({
  method: 'post',
  path: '/api/passkeys/options',
  tags,
  summary: 'Ask what a browser needs to make a passkey',
  responses: {
    200: jsonAnswer('Good for one answer within five minutes', options),
    ...problemAnswers({ ...UNSIGNED, 403: 'step-up-required', 409: 'passkeys-impossible' }),
  },
});
const add = createRoute({
  method: 'post',
  path: '/api/passkeys',
  tags,
  summary: 'Add the passkey a browser made; told by mail',
  request: { body: jsonBody(z.object({ name, answer: registration })) },
  responses: {
    201: jsonAnswer('The passkey', passkeyAnswer),
    ...problemAnswers({
      ...UNSIGNED,
      ...REFUSED,
      403: 'step-up-required, passkey-wrong-origin',
      409: 'passkey-challenge-used, passkey-taken, too-many-passkeys, passkeys-impossible',
    }),
  },
});
const rename = createRoute({
  method: 'patch',
  path: '/api/passkeys/{id}',
  tags,
  summary: 'Give a passkey another name',
  request: { params: id, body: jsonBody(z.object({ name })) },
  responses: {
    204: { description: 'Renamed' },
    ...problemAnswers({ ...UNSIGNED, 404: 'passkey-unknown', 422: 'invalid-input' }),
  },
});
const remove = createRoute({
  method: 'delete',
  path: '/api/passkeys/{id}',
  tags,
  summary: 'Remove a passkey; told by mail',
  request: { params: id },
  responses: {
    204: { description: 'Removed' },
    ...problemAnswers({ ...UNSIGNED, 403: 'step-up-required', 404: 'passkey-unknown' }),
  },
});
const askSignIn = createRoute({
  method: 'post',
  path: '/api/passkey-sign-in/options',
  tags,
  summary: 'Ask what a browser needs to sign in with a passkey',
  responses: {
    200: jsonAnswer('Good for one answer within five minutes', options),
    ...problemAnswers({ 409: 'passkeys-impossible', 429: 'too-many-requests' }),
  },
});
const signIn = createRoute({
  method: 'post',
  path: '/api/passkey-sign-in',
  tags,
  summary: 'Sign in with a passkey; the session comes as a cookie',
  request: { body: jsonBody(z.object({ answer: assertion, next: z.string().max(2_000).optional() })) },
  responses: {
    200: jsonAnswer('Where to go on this site', z.object({ next: z.string() })),
    ...problemAnswers({ ...REFUSED, 429: 'too-many-requests' }),
  },
});
const askStepUp = createRoute({
  method: 'post',
  path: '/api/step-up/options',
  tags,
  summary: 'Ask what a browser needs to prove with a passkey that it is still you',
  responses: {
    200: jsonAnswer('Good for one answer within five minutes', options),
    ...problemAnswers({ ...UNSIGNED, 409: 'passkeys-impossible' }),
  },
});
const stepUp = createRoute({
  method: 'post',
  path: '/api/step-up',
  tags,
  summary:
    'Prove with a passkey that it is still you: for 15 minutes, money and keys are open to the session',
  request: { body: jsonBody(z.object({ answer: assertion, next: z.string().max(2_000).optional() })) },
  responses: {
    200: jsonAnswer('Where to go on this site', z.object({ next: z.string() })),
    ...problemAnswers({
      ...UNSIGNED,
      ...REFUSED,
      403: 'passkey-other-account, passkey-wrong-origin, passkey-count-went-back',
    }),
  },
});

/** Passkeys, as browsers' scripts and programs use them. */
export function passkeyRoutes(): Router {
  const router = createRouter();
  router.openapi(list, async (c) => {
    const { user } = await requireSession(c);
    return c.json({ passkeys: (await listPasskeys(c.get('k'), user.id)).map(answerOf) }, 200, PRIVATE);
  });
  router.openapi(askAdd, async (c) => {
    const session = await requireSession(c);
    await requireRecentProof(c);
    return c.json(plain(await passkeyCreationOptions(c.get('k'), session)), 200, PRIVATE);
  });
  router.openapi(add, async (c) => {
    const { user, sessionId } = await requireSession(c);
    await requireRecentProof(c);
    const given = c.req.valid('json');
    const answer = given.answer as unknown as RegistrationResponseJSON;
    const made = await addPasskey(c.get('k'), { user, sessionId, name: given.name, answer });
    return c.json(answerOf(made), 201, PRIVATE);
  });
  router.openapi(rename, async (c) => {
    const { user } = await requireSession(c);
    await renamePasskey(c.get('k'), { user, ...c.req.valid('param'), ...c.req.valid('json') });
    return c.body(null, 204);
  });
  router.openapi(remove, async (c) => {
    const { user } = await requireSession(c);
    await requireRecentProof(c);
    await removePasskey(c.get('k'), { user, ...c.req.valid('param') });
    return c.body(null, 204);
  });
  router.openapi(askSignIn, async (c) => {
    limit(c);
    const made = await passkeyRequestOptions(c.get('k'), { purpose: 'sign-in', sessionId: null });
    return c.json(plain(made), 200, PRIVATE);
  });
  router.openapi(signIn, async (c) => {
    limit(c);
    const { answer, next } = c.req.valid('json');
    const about = { purpose: 'sign-in', sessionId: null, answer: assertionOf(answer) } as const;
    await startSession(c, await provePasskey(c.get('k'), about));
    return c.json({ next: safeNext(next) }, 200, PRIVATE);
  });
  router.openapi(askStepUp, async (c) => {
    const { user, sessionId } = await requireSession(c);
    const about = { purpose: 'step-up', sessionId, userId: user.id } as const;
    return c.json(plain(await passkeyRequestOptions(c.get('k'), about)), 200, PRIVATE);
  });
  router.openapi(stepUp, async (c) => {
    const { user, sessionId } = await requireSession(c);
    const { answer, next } = c.req.valid('json');
    const about = { purpose: 'step-up', sessionId, answer: assertionOf(answer) } as const;
    if ((await provePasskey(c.get('k'), about)) !== user.id) throw failProof('passkey-other-account');
    await markRecent(c, 'passkey');
    return c.json({ next: safeNext(next) }, 200, PRIVATE);
  });
  return router;
}

function limit(c: HttpContext): void {
  const wait = c.get('k').limits.take(PER_NETWORK, networkOf(clientAddress(c)));
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
}

/** As it will be sent: without what is undefined. */
function plain(made: object): { challenge: string } {
  return JSON.parse(JSON.stringify(made)) as { challenge: string };
}

function assertionOf(answer: z.infer<typeof assertion>): AuthenticationResponseJSON {
  return answer as unknown as AuthenticationResponseJSON;
}

function answerOf({ createdAt, lastUsedAt, ...rest }: Passkey) {
  return { ...rest, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
