import { createRoute, z } from '@hono/zod-openapi';
import { networkOf } from '../identity/index.ts';
import {
  clientAddress,
  createRouter,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  LOCALES,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { countryCode, craftCode } from '../parties/index.ts';
import { currentConsent } from './declaration/consent-texts.ts';
import { closedUntil, currentDeclaration, declarationHash } from './declaration/declaration.ts';
import { handoverRoutes } from './handover/routes.ts';
import { mailingRoutes } from './mailings/mailing-routes.ts';
import { BASES, KINDS, METHODS, signSchema } from './model.ts';
import { eraseSignature } from './own/erase-signature.ts';
import { withdrawSignature } from './own/withdraw-signature.ts';
import { partnerRoutes } from './partners/routes.ts';
import { fail } from './problems.ts';
import { rosterRoutes } from './roster/roster-routes.ts';
import { confirmSignature } from './signing/confirm-signature.ts';
import { signatureByToken } from './signing/find-signature.ts';
import { signDeclaration } from './signing/sign-declaration.ts';
import { spreadRoutes } from './spread/routes.ts';
import { listFeatured, listSignatories, signatureCount, signatureCounts } from './wall/list-signatories.ts';
import { CHECK_FILTERS } from './wall/wall-filter.ts';

const tags = ['campaign'];
const token = z.string().max(200);
const count = z.number().int().openapi({ description: 'How many people count as signatories now' });

const textSchema = z.object({
  title: z.string(),
  paragraphs: z.array(z.string()),
  demandsIntro: z.string(),
  demands: z.array(z.string()),
  closing: z.string(),
});
const declarationRoute = createRoute({
  method: 'get',
  path: '/api/declaration',
  tags,
  summary: 'The declaration in force and the consents asked for, in all languages',
  responses: {
    200: jsonAnswer(
      'Declaration; `sha256` is that of the canonical JSON (RFC 8785) of the other members but `consents`',
      z.object({
        version: z.number().int(),
        publishedOn: z.iso.date(),
        texts: z.object({ en: textSchema, de: textSchema }),
        sha256: z.string(),
        consents: z.object({
          version: z.number().int(),
          texts: z.record(z.string(), z.object({ sign: z.string(), mail: z.string() })),
        }),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open' }),
  },
});

const signRoute = createRoute({
  method: 'post',
  path: '/api/signatures',
  tags,
  summary: 'Sign the declaration; a link in a mail makes it count',
  request: {
    body: jsonBody(
      signSchema.extend({
        locale: z.enum(LOCALES).optional().openapi({ description: 'Language of the consent and the mail' }),
      }),
    ),
  },
  responses: {
    202: jsonAnswer(
      'The same whether the address is new here or not',
      z.object({
        next: z.literal('open-mail'),
        mailInSeconds: z
          .number()
          .int()
          .openapi({ description: 'When the mail leaves: 0 for now, more while very many sign' }),
        mailWaitsFor: z.enum(['mail-domain', 'country']).nullable().openapi({
          description: 'Where the crowd is that the mail waits for: at the mail provider or in the country',
        }),
      }),
    ),
    ...problemAnswers({
      409: 'declaration-outdated',
      404: 'partner-unknown, campaign-not-open: while it is closed only those with the collect key sign',
      410: 'partner-left',
      422: 'invalid-input, name-not-a-name, signature-address-invalid',
      429: 'too-many-requests',
      503: 'instance-not-set-up',
    }),
  },
});

const confirmRoute = createRoute({
  method: 'post',
  path: '/api/signatures/confirmation',
  tags,
  summary:
    'Confirm a signature with the token of the link in the mail; it counts, or is held until somebody has looked at it',
  request: { body: jsonBody(z.object({ token })) },
  responses: {
    200: jsonAnswer('Confirmed', z.object({ state: z.enum(['confirmed', 'held']), count })),
    ...problemAnswers({
      404: 'confirmation-unknown',
      409: 'confirmation-used: it counts already; signature-held, signature-invalidated',
      410: 'confirmation-expired, confirmation-superseded',
    }),
  },
});

const withdrawalRoute = createRoute({
  method: 'post',
  path: '/api/signatures/withdrawal',
  tags,
  summary:
    'Withdraw a signature, or erase everything about it, with the token of the second link in the mail',
  request: { body: jsonBody(z.object({ token, erase: z.boolean().default(false) })) },
  responses: {
    200: jsonAnswer('Done', z.object({ state: z.enum(['withdrawn', 'erased']), count })),
    ...problemAnswers({ 404: 'signature-link-unknown' }),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/signatures',
  tags,
  summary: 'The public list, newest first',
  request: {
    query: z.object({
      after: z.string().max(200).optional().openapi({ description: '`next` of the page before' }),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      before: z.string().max(200).optional().openapi({ description: '`previous` of the page behind' }),
      craft: craftCode.optional(),
      country: countryCode.optional(),
      kind: z.enum(KINDS).optional(),
      check: z.enum(CHECK_FILTERS).optional().openapi({ description: 'By what it was checked' }),
      version: z.coerce.number().int().min(1).max(99_999).optional(),
      affiliation: z.string().max(200).optional().openapi({ description: 'Part of an affiliation' }),
      q: z
        .string()
        .max(200)
        .optional()
        .openapi({ description: 'Part of a name, whatever its case and marks' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      'One page. Those who hide their name are in `count` and `hidden` only',
      z.object({
        count,
        hidden: z.number().int(),
        organisations: z.number().int().openapi({ description: 'Counted for themselves, not in `count`' }),
        signatures: z.array(
          z.object({
            id: z.string().openapi({ description: 'The entry is at `/signed/{id}`' }),
            kind: z.enum(['person', 'organisation']),
            name: z.string(),
            town: z.string().nullable(),
            craft: z.string(),
            country: z.string(),
            signedAt: z.iso.datetime(),
            basis: z.enum(BASES).openapi({ description: 'On what it rests: own mailbox, authority, import' }),
            through: z.string().nullable().openapi({ description: 'Who signed for the person' }),
          }),
        ),
        next: z.string().nullable(),
        previous: z.string().nullable(),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open', 422: 'invalid-input, wall-page-unknown' }),
  },
});

const countsRoute = createRoute({
  method: 'get',
  path: '/api/signatures/counts',
  tags,
  summary: 'People, organisations, and how many entries of the wall each check finds',
  responses: {
    200: jsonAnswer(
      'One with several checks is in each of their numbers; no two numbers are meant to be added',
      z.object({
        confirmed: count,
        hidden: z.number().int(),
        organisations: z.number().int(),
        checks: z.record(z.enum(CHECK_FILTERS), z.number().int()),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open' }),
  },
});

const featuredRoute = createRoute({
  method: 'get',
  path: '/api/signatures/featured',
  tags,
  summary: 'Featured signatories with their checks by method and date',
  responses: {
    200: jsonAnswer(
      'Latest first',
      z.object({
        signatures: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            craft: z.string(),
            country: z.string(),
            town: z.string().nullable(),
            checks: z.array(
              z.object({ method: z.enum(METHODS), detail: z.string(), checkedAt: z.iso.datetime() }),
            ),
          }),
        ),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open' }),
  },
});

/** Signing, confirming, withdrawing and the public list over HTTP. */
export function campaignRoutes(): Router {
  const router = createRouter();
  router.route('/', rosterRoutes());
  router.route('/', mailingRoutes());
  router.route('/', spreadRoutes());
  router.route('/', partnerRoutes());

  // Before the minute of an embargo neither words nor names nor their number can be read.
  const closed = async (c: HttpContext, next: () => Promise<void>) => {
    const until = c.req.method === 'GET' ? await closedUntil(c.get('k')) : undefined;
    if (until) throw fail('campaign-not-open', { detail: until.toISOString() });
    await next();
  };
  router.use('/api/signatures', closed);
  router.use('/api/signatures/counts', closed);
  router.use('/api/signatures/featured', closed);
  router.use('/api/declaration', closed);
  router.use('/api/goals', closed);

  router.route('/', handoverRoutes());

  router.openapi(declarationRoute, async (c) => {
    const declaration = await currentDeclaration(c.get('k'));
    const sha256 = await declarationHash(declaration);
    const { version, publishedOn, texts } = structuredClone(declaration);
    return c.json({ version, publishedOn, texts, sha256, consents: currentConsent() } as never, 200);
  });

  router.openapi(signRoute, async (c) => {
    const { locale = c.get('locale'), ...input } = c.req.valid('json');
    const network = networkOf(clientAddress(c));
    const { waitMs, waitsFor = null } = await signDeclaration(c.get('k'), { ...input, locale }, network);
    const mailInSeconds = Math.ceil(waitMs / 1_000);
    return c.json({ next: 'open-mail' as const, mailInSeconds, mailWaitsFor: waitsFor }, 202);
  });

  router.openapi(confirmRoute, async (c) => {
    const k = c.get('k');
    const { signature } = await confirmSignature(k, c.req.valid('json').token);
    const state = signature.state === 'held' ? ('held' as const) : ('confirmed' as const);
    return c.json({ state, count: await signatureCount(k) }, 200);
  });

  router.openapi(withdrawalRoute, async (c) => {
    const k = c.get('k');
    const { token, erase } = c.req.valid('json');
    const { id } = await signatureByToken(k, token);
    await (erase ? eraseSignature(k, id) : withdrawSignature(k, id));
    return c.json(
      { state: erase ? ('erased' as const) : ('withdrawn' as const), count: await signatureCount(k) },
      200,
    );
  });

  router.openapi(listRoute, async (c) => {
    const { limit, ...asked } = c.req.valid('query');
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    const page = await listSignatories(c.get('k'), { limit, ...given });
    const { count, hidden, organisations, next = null, previous = null } = page;
    const signatures = page.signatories.map(({ namesake: _, ...s }) => ({
      ...s,
      signedAt: s.signedAt.toISOString(),
    }));
    return c.json({ count, hidden, organisations, signatures, next, previous }, 200);
  });

  router.openapi(countsRoute, async (c) => c.json(await signatureCounts(c.get('k')), 200));

  router.openapi(featuredRoute, async (c) => {
    const signatures = (await listFeatured(c.get('k'), 200)).map((one) => ({
      ...{ id: one.id, name: one.name, craft: one.craft, country: one.country, town: one.town },
      checks: one.checks.map((check) => ({ ...check, checkedAt: check.checkedAt.toISOString() })),
    }));
    return c.json({ signatures }, 200);
  });

  return router;
}
