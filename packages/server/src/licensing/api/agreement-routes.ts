import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../../identity/index.ts';
import {
  cleanText,
  createRouter,
  type HttpContext,
  problemAnswers,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { declareCopies, openLicensedFile, readManifest } from '../licensed-files.ts';
import { type Agreement, agreementState, LICENSED_UNITS, LICENSED_USES } from '../model.ts';
import { listAgreements, readAgreement } from '../read-agreement.ts';
import { revokeAgreement } from '../revoke-agreement.ts';
import { licenseeOf } from './licensee-of.ts';
import { body, FOR_SIGNERS, idParam, json, modelScopeAnswer, SIGNED_IN, tags } from './parts.ts';
import { lineAnswer, lineOf } from './quote-routes.ts';

const agreementAnswer = z
  .object({
    id: z.string(),
    state: z.enum(['in-force', 'ended', 'revoked']),
    use: z.enum(LICENSED_USES),
    unit: z.enum(LICENSED_UNITS),
    modelScope: modelScopeAnswer,
    currency: z.string(),
    madeAt: z.string(),
    endsAt: z.string(),
    inAdvance: z.boolean().openapi({ description: 'Made by acceptance in advance, without a quote' }),
    documentSha256: z.string(),
    licensePage: z.string(),
  })
  .openapi('Agreement');

const agreementDetail = agreementAnswer
  .extend({
    document: z.string().openapi({ description: 'The licence: a compact JWS of type clearway-license-1' }),
    works: z.array(
      lineAnswer.extend({
        sha256s: z.array(z.string()),
        urls: z.array(z.string()),
        consents: z.array(
          z.object({ party: z.string(), sharePpm: z.int(), offer: z.string(), decidedAt: z.string() }),
        ),
      }),
    ),
  })
  .openapi('AgreementDetail');

const manifestAnswer = z
  .object({
    agreement: z.string(),
    documentSha256: z.string(),
    files: z.array(
      z.object({
        workId: z.string(),
        title: z.string(),
        sha256: z.string(),
        bytes: z.string().nullable(),
        mediaType: z.string().nullable(),
        url: z.string().nullable().openapi({ description: 'Null where only the fingerprint is here' }),
        declared: z.boolean().openapi({ description: 'The licensee declared that it holds a copy' }),
      }),
    ),
  })
  .openapi('Manifest');

const getAgreements = createRoute({
  method: 'get',
  path: '/api/agreements',
  tags,
  summary: 'Agreements of the company the session acts for, newest first; go on with `before`',
  request: { query: z.object({ before: z.string().max(100).optional() }) },
  responses: {
    200: json('The agreements', z.object({ agreements: z.array(agreementAnswer) })),
    ...problemAnswers(SIGNED_IN),
  },
});

const getAgreement = createRoute({
  method: 'get',
  path: '/api/agreements/{id}',
  tags,
  summary: 'An agreement with what it pins and the signed licence',
  request: { params: idParam },
  responses: {
    200: json('The agreement', agreementDetail),
    ...problemAnswers({ ...SIGNED_IN, 404: 'agreement-unknown' }),
  },
});

const postRevocation = createRoute({
  method: 'post',
  path: '/api/agreements/{id}/revocation',
  tags,
  summary: 'End an agreement now: somebody who may sign for the licensee, or the operator for a breach',
  request: { params: idParam, body: body(z.strictObject({ reason: cleanText(2_000).default('') })) },
  responses: {
    204: { description: 'It is revoked, now or before' },
    ...problemAnswers({
      ...FOR_SIGNERS,
      404: 'agreement-unknown',
      409: 'licensee-needed',
      422: 'invalid-input',
    }),
  },
});

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ example: 'ab'.repeat(32) });

const BY_CLIENT = 'A client of the company may ask with HTTP Basic instead of a session.';

const getManifest = createRoute({
  method: 'get',
  path: '/api/agreements/{id}/manifest',
  tags,
  summary: 'The licensed files with their checksums',
  description: BY_CLIENT,
  request: { params: idParam },
  responses: {
    200: json('The manifest', manifestAnswer),
    ...problemAnswers({ ...SIGNED_IN, 404: 'agreement-unknown', 409: 'agreement-not-in-force' }),
  },
});

const getFile = createRoute({
  method: 'get',
  path: '/api/agreements/{id}/works/{workId}/files/{fileId}',
  tags,
  summary: 'The bytes of a licensed file',
  description: BY_CLIENT,
  request: {
    params: idParam.extend({ workId: z.string().max(100), fileId: z.string().max(100) }),
  },
  responses: {
    200: {
      description: 'The exact bytes under the checksum',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problemAnswers({
      ...SIGNED_IN,
      404: 'agreement-unknown, file-unknown',
      409: 'agreement-not-in-force',
    }),
  },
});

const postDeclaration = createRoute({
  method: 'post',
  path: '/api/agreements/{id}/copies',
  tags,
  summary: 'Declare, by SHA-256, that the company holds exact copies of licensed works',
  request: {
    params: idParam,
    body: body(
      z.strictObject({
        sha256s: z.array(sha256).min(1).max(1_000),
      }),
    ),
  },
  responses: {
    204: { description: 'It is recorded' },
    ...problemAnswers({
      ...FOR_SIGNERS,
      404: 'agreement-unknown',
      409: 'agreement-not-in-force, licensee-needed',
      422: 'invalid-input, copy-not-in-license',
    }),
  },
});

/** Agreements, licences and licensed files for programs. */
export function agreementRoutes(): Router {
  const router = createRouter();
  router.openapi(getAgreements, async (c) => {
    const { id } = await requireParty(c);
    const agreements = await listAgreements(c.get('k'), {
      licenseeId: id,
      before: c.req.valid('query').before,
    });
    return c.json({ agreements: agreements.map((one) => answerOf(c, one)) }, 200);
  });
  router.openapi(getAgreement, async (c) => {
    const { id } = await requireParty(c);
    const found = await readAgreement(c.get('k'), { agreementId: c.req.valid('param').id, licenseeId: id });
    const works = found.works.map((work) => ({
      ...lineOf(work),
      sha256s: [...work.sha256s],
      urls: [...work.urls],
      consents: work.consents.map(({ party, sharePpm, offer, decidedAt }) => ({
        party,
        sharePpm,
        offer,
        decidedAt,
      })),
    }));
    return c.json({ ...answerOf(c, found.agreement), document: found.agreement.document, works }, 200);
  });
  router.openapi(postRevocation, async (c) => {
    const user = await requireUser(c);
    await revokeAgreement(c.get('k'), {
      agreementId: c.req.valid('param').id,
      userId: user.id,
      operator: user.operator,
      reason: c.req.valid('json').reason,
    });
    return c.body(null, 204);
  });
  router.openapi(getManifest, async (c) => {
    const { licenseeId } = await licenseeOf(c);
    const k = c.get('k');
    const { agreement, files } = await readManifest(k, { agreementId: c.req.valid('param').id, licenseeId });
    const shown = files.map(({ path, bytes, ...file }) => ({
      ...file,
      bytes: bytes?.toString() ?? null,
      url: path === null ? null : `${k.site.baseUrl}${path}`,
    }));
    return c.json({ agreement: agreement.id, documentSha256: agreement.documentSha256, files: shown }, 200);
  });
  router.openapi(getFile, async (c) => {
    const { licenseeId, actor } = await licenseeOf(c);
    const { id, workId, fileId } = c.req.valid('param');
    const { file, content } = await openLicensedFile(c.get('k'), {
      agreementId: id,
      licenseeId,
      workId,
      fileId,
      actor,
    });
    const stream = Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>;
    return c.body(stream, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': 'attachment; filename="work"',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
      'Repr-Digest': `sha-256=:${Buffer.from(file.sha256 ?? '', 'hex').toString('base64')}:`,
    });
  });
  router.openapi(postDeclaration, async (c) => {
    const user = await requireUser(c);
    const { id } = await requireParty(c);
    await declareCopies(c.get('k'), {
      agreementId: c.req.valid('param').id,
      licenseeId: id,
      userId: user.id,
      sha256s: c.req.valid('json').sha256s,
    });
    return c.body(null, 204);
  });
  return router;
}

function answerOf(c: HttpContext, agreement: Agreement) {
  const k = c.get('k');
  const { id, use, unit, modelScope, currency, madeAt, endsAt, standingId, documentSha256, secret } =
    agreement;
  return {
    id,
    state: agreementState(agreement, k.clock.now()),
    use,
    unit,
    modelScope,
    currency,
    madeAt: madeAt.toISOString(),
    endsAt: endsAt.toISOString(),
    inAdvance: standingId !== null,
    documentSha256,
    licensePage: `${k.site.baseUrl}/licenses/${secret}`,
  };
}
