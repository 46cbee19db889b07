import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  failCommon,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  type Kernel,
  problemAnswers,
  type Router,
  readUpload,
  type SigningKey,
} from '../kernel/index.ts';
import { type Party, requireParty } from '../parties/index.ts';
import { answerAuthority, authorityOf } from './answer-authority.ts';
import { acceptInvitation, askForShare, declineInvitation, openInvitation } from './answer-invitation.ts';
import {
  authoritySchema,
  factsSchema,
  holdersSchema,
  mediaTypeSchema,
  reasonSchema,
  sha256Schema,
  workUrlSchema,
} from './input.ts';
import { matchIndexRoutes } from './match-index-routes.ts';
import { ROLES, WORK_TYPES } from './model.ts';
import { fail } from './problems.ts';
import { licensability, listWorks, readWork } from './read-work.ts';
import { registerWork, type WorkSource } from './register-work.ts';
import { inviteAgain } from './send-invitation.ts';
import { licensabilityDocument, showLicensability, showWork, workDocument } from './show-work.ts';
import { withdrawWork } from './withdraw-work.ts';

const tags = ['works'];
const workId = z.object({ id: z.string().max(100) });
const token = z.object({ token: z.string().max(200) });

const aboutWork = factsSchema.extend({
  holders: holdersSchema.default([]).openapi({ description: 'Empty: the registrant holds everything' }),
  authority: authoritySchema.optional(),
});
const newWork = aboutWork
  .extend({
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('url'), url: workUrlSchema, sha256: sha256Schema.nullish() }),
      z.object({
        kind: z.literal('fingerprint'),
        sha256: sha256Schema,
        bytes: z.number().int().min(0).nullish(),
        mediaType: mediaTypeSchema.nullish(),
      }),
    ]),
  })
  .openapi('NewWork');

const registerRoute = createRoute({
  method: 'post',
  path: '/api/works',
  tags,
  summary: 'Register a work by address, by fingerprint, or with its file',
  description: 'JSON, or a multipart form with the JSON (without `source`) in the field `work` and one file.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: newWork },
        'multipart/form-data': {
          schema: z.object({ work: z.string(), file: z.string().openapi({ format: 'binary' }) }),
        },
      },
    },
  },
  responses: {
    201: jsonAnswer('The work', workDocument),
    ...problemAnswers({
      400: 'malformed-body',
      401: 'sign-in-required',
      409: 'work-already-registered',
      413: 'body-too-large',
      422: 'invalid-input, shares-not-whole, share-invalid, too-many-holders, holder-twice, holder-email-invalid, identifier-malformed, identifier-check-digit, file-missing, file-type-mismatch, file-polyglot, idempotency-key-reused',
    }),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/works',
  tags,
  summary: 'Works I registered or hold a share in, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.uuid().optional().openapi({ description: 'The last id of the page before' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      'One page',
      z.object({
        works: z.array(
          z.object({
            id: z.uuid(),
            title: z.string(),
            type: z.enum(WORK_TYPES),
            state: z.enum(['registered', 'withdrawn']),
            licensability: licensabilityDocument,
          }),
        ),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 422: 'invalid-input' }),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/works/{id}',
  tags,
  summary: 'One work, for its registrant and its holders',
  request: { params: workId },
  responses: {
    200: jsonAnswer('The work', workDocument),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'work-unknown' }),
  },
});

const withdrawRoute = createRoute({
  method: 'post',
  path: '/api/works/{id}/withdrawal',
  tags,
  summary: 'Withdraw a work; nothing is deleted',
  request: {
    params: workId,
    body: jsonBody(z.object({ reason: reasonSchema.default(''), version: z.number().int().optional() })),
  },
  responses: {
    200: jsonAnswer('The work', workDocument),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'not-the-registrant',
      404: 'work-unknown',
      409: 'work-withdrawn, changed-meanwhile',
    }),
  },
});

const inviteRoute = createRoute({
  method: 'post',
  path: '/api/works/{id}/invitations',
  tags,
  summary: 'Send an invitation again',
  request: { params: workId, body: jsonBody(z.object({ claimId: z.uuid() })) },
  responses: {
    202: { description: 'A mail is on its way' },
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'not-the-registrant',
      404: 'work-unknown, claim-unknown',
      409: 'claim-not-pending, work-withdrawn',
      429: 'too-many-requests',
    }),
  },
});

const gone = problemAnswers({
  404: 'invitation-unknown',
  409: 'invitation-used, work-withdrawn',
  410: 'invitation-expired, invitation-replaced',
  422: 'invalid-input, share-invalid, holder-twice',
});

const openRoute = createRoute({
  method: 'get',
  path: '/api/invitations/{token}',
  tags,
  summary: 'What an invitation is about; opening it decides nothing',
  request: { params: token },
  responses: {
    200: jsonAnswer(
      'The invitation',
      z.object({
        workId: z.uuid(),
        title: z.string(),
        type: z.enum(WORK_TYPES),
        inviter: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
        sharePpm: z.number().int(),
        expiresAt: z.iso.datetime(),
      }),
    ),
    ...gone,
  },
});

const answerRoute = createRoute({
  method: 'post',
  path: '/api/invitations/{token}/acceptance',
  tags,
  summary: 'Answer an invitation; the link proves the mailbox',
  request: {
    params: token,
    body: jsonBody(
      z.discriminatedUnion('answer', [
        z.object({
          answer: z.literal('accept'),
          name: cleanLine(200).optional(),
          authority: authoritySchema.optional(),
        }),
        z.object({ answer: z.literal('decline'), reason: reasonSchema.default('') }),
        z.object({
          answer: z.literal('other-share'),
          sharePpm: z.number().int(),
          note: reasonSchema.default(''),
        }),
      ]),
    ),
  },
  responses: {
    200: jsonAnswer(
      'The answer is stored',
      z.object({ workId: z.uuid(), licensability: licensabilityDocument }),
    ),
    ...gone,
  },
});

const authorityDocument = authoritySchema.extend({
  questionVersion: z.string(),
  answeredAt: z.iso.datetime(),
});

const rightsRoute = createRoute({
  method: 'post',
  path: '/api/rights',
  tags,
  summary: 'Who may say yes: the default for works registered from now on',
  request: { body: jsonBody(authoritySchema) },
  responses: {
    200: jsonAnswer('The answer as stored', authorityDocument),
    ...problemAnswers({ 401: 'sign-in-required', 422: 'invalid-input' }),
  },
});

const readRightsRoute = createRoute({
  method: 'get',
  path: '/api/rights',
  tags,
  summary: 'My latest answer to who may say yes',
  responses: {
    200: jsonAnswer('The answer, or null', authorityDocument.nullable()),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

/** Works, claims, invitations and the match index for programs. `signer` signs what is said about the index. */
export function worksRoutes(options: { signer: (k: Kernel) => Promise<SigningKey> }): Router {
  const router = createRouter();
  matchIndexRoutes(router, options.signer);
  // A file must be streamed, so the route that answers is written beside the one that documents.
  router.openAPIRegistry.registerPath(registerRoute);
  router.post('/api/works', async (c) => {
    const party = await requireParty(c);
    const multipart = (c.req.header('Content-Type') ?? '').startsWith('multipart/form-data');
    const id = multipart ? await registerFromForm(c, party) : await registerFromJson(c, party);
    const location = `${c.get('k').site.baseUrl}/api/works/${id}`;
    return c.json(await documentOf(c, id, party), 201, { Location: location });
  });
  router.openapi(listRoute, async (c) => {
    const party = await requireParty(c);
    const found = await listWorks(c.get('k'), { partyId: party.id, ...c.req.valid('query') });
    const works = found.map(({ work: { id, title, type, state }, licensability }) => ({
      id,
      title,
      type,
      state,
      licensability: showLicensability(licensability),
    }));
    return c.json({ works }, 200);
  });
  router.openapi(readRoute, async (c) =>
    c.json(await documentOf(c, c.req.valid('param').id, await requireParty(c)), 200),
  );
  router.openapi(withdrawRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const { id } = c.req.valid('param');
    await withdrawWork(c.get('k'), { workId: id, party, actor: user.id, ...c.req.valid('json') });
    return c.json(await documentOf(c, id, party), 200);
  });
  router.openapi(inviteRoute, async (c) => {
    const party = await requireParty(c);
    const { claimId } = c.req.valid('json');
    const about = { workId: c.req.valid('param').id, claimId, partyId: party.id, locale: c.get('locale') };
    await inviteAgain(c.get('k'), about);
    return c.body(null, 202);
  });
  router.openapi(openRoute, async (c) => {
    const { work, claim, inviter, expiresAt } = await openInvitation(c.get('k'), c.req.valid('param').token);
    const { name, role, sharePpm } = claim;
    const { id: workId, title, type } = work;
    return c.json(
      { workId, title, type, inviter, name, role, sharePpm, expiresAt: expiresAt.toISOString() },
      200,
    );
  });
  router.openapi(answerRoute, async (c) => {
    const k = c.get('k');
    const { token } = c.req.valid('param');
    const given = c.req.valid('json');
    const done =
      given.answer === 'accept'
        ? await acceptInvitation(k, { ...given, token, locale: c.get('locale') })
        : given.answer === 'decline'
          ? await declineInvitation(k, { token, reason: given.reason })
          : await askForShare(k, { token, sharePpm: given.sharePpm, note: given.note });
    const found = showLicensability(await licensability(k, done.workId));
    return c.json({ workId: done.workId, licensability: found }, 200);
  });
  router.openapi(rightsRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const answer = c.req.valid('json');
    const stored = await answerAuthority(c.get('k'), { partyId: party.id, actor: user.id, answer });
    return c.json({ ...stored, answeredAt: stored.answeredAt.toISOString() }, 200);
  });
  router.openapi(readRightsRoute, async (c) => {
    const found = await authorityOf(c.get('k'), (await requireParty(c)).id);
    return c.json(found ? { ...found, answeredAt: found.answeredAt.toISOString() } : null, 200);
  });
  return router;
}

async function documentOf(c: HttpContext, workId: string, party: Party) {
  const k = c.get('k');
  const detail = await readWork(k, { workId, partyId: party.id });
  return showWork(detail, await licensability(k, workId), { partyId: party.id, baseUrl: k.site.baseUrl });
}

async function registerFromJson(c: HttpContext, party: Party): Promise<string> {
  if (!(c.req.header('Content-Type') ?? '').startsWith('application/json'))
    throw failCommon('malformed-body');
  const given = checkFields(newWork, await c.req.json());
  return register(c, party, given, given.source);
}

async function registerFromForm(c: HttpContext, party: Party): Promise<string> {
  const upload = await readUpload(c, { maxBytes: c.get('k').site.maxUploadBytes });
  try {
    const { work } = upload.fields;
    if (typeof work !== 'string') throw failCommon('malformed-body', { detail: 'work' });
    const given = checkFields(aboutWork, JSON.parse(work));
    if (!upload.file) throw fail('file-missing');
    return await register(c, party, given, { kind: 'file', file: upload.file });
  } finally {
    await upload.discard();
  }
}

async function register(
  c: HttpContext,
  party: Party,
  { holders, authority, ...facts }: z.infer<typeof aboutWork>,
  source: WorkSource,
): Promise<string> {
  const user = await requireUser(c);
  const about = { party, actor: user.id, locale: c.get('locale'), facts, source, holders, authority };
  const { work } = await registerWork(c.get('k'), about);
  return work.id;
}
