import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import {
  createRouter,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { askForReview, checkProof } from './check-proof.ts';
import { addGateRoutes } from './gate-routes.ts';
import { listSites, type SiteStatus, siteDetails } from './list-sites.ts';
import { CHECK_RESULTS, type Check, METHODS } from './model.ts';
import { registerSite } from './register-site.ts';
import { reportRoutes } from './report-routes.ts';
import { requireHeldSite } from './require-site.ts';
import { resultText } from './result-messages.ts';
import { type ProofInstructions, startProof } from './start-proof.ts';

const time = z.iso.datetime();
const id = z.uuid();

const siteSchema = z
  .object({
    id,
    kind: z.enum(['host', 'profile']),
    host: z.string().openapi({ description: 'Lower case, punycode' }),
    path: z.string().openapi({ description: 'Of the profile; empty for a whole host' }),
    url: z.string(),
    platform: z.string().nullable(),
    state: z.enum(['proven', 'waiting', 'lapsed', 'open']),
    contested: z.boolean().openapi({ description: 'Another party has proven the same place' }),
    proof: z.object({ method: z.enum(METHODS), checkedAt: time, validUntil: time }).nullable(),
  })
  .openapi('Site');

const publishSchema = z
  .object({
    value: z.string(),
    expiresAt: time,
    file: z.object({ url: z.string(), content: z.string() }).optional(),
    dns: z.object({ name: z.string(), value: z.string() }).optional(),
    meta: z.object({ page: z.string(), tag: z.string() }).optional(),
  })
  .openapi('SiteProofInstructions', {
    description: 'What to publish: any one of `file`, `dns`, `meta`; for a profile `value` in its own text',
  });

const detailsSchema = siteSchema
  .extend({
    publish: publishSchema.nullable().openapi({ description: 'Null once the site is given up' }),
    siteWide: z.object({ ready: z.boolean(), reasons: z.array(z.string()) }),
  })
  .openapi('SiteDetails');

const checkSchema = z
  .object({
    id,
    method: z.enum(METHODS),
    result: z.enum(CHECK_RESULTS),
    title: z.string(),
    cure: z.string(),
    checkedAt: time,
    validUntil: time.nullable(),
    evidence: z.record(z.string(), z.unknown()),
  })
  .openapi('SiteCheck');

const tags = ['sites'];
const params = z.object({ id });

const addRoute = createRoute({
  method: 'post',
  path: '/api/sites',
  tags,
  summary: 'Add a host or a public profile; the same place again answers the site that is there',
  request: { body: jsonBody(z.object({ url: z.string().min(1).max(2_000) })) },
  responses: {
    201: jsonAnswer('The site and what to publish to prove it', detailsSchema),
    ...problemAnswers({ 401: 'sign-in-required', 422: 'site-address-private, site-address-invalid, …' }),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/sites',
  tags,
  summary: 'Your sites',
  responses: {
    200: jsonAnswer('By host', z.object({ sites: z.array(siteSchema) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/api/sites/{id}',
  tags,
  summary: 'One of your sites and what to publish to prove it',
  request: { params },
  responses: {
    200: jsonAnswer('The site', detailsSchema),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'site-not-found' }),
  },
});

const checkRoute = createRoute({
  method: 'post',
  path: '/api/sites/{id}/checks',
  tags,
  summary: 'Look now whether the value is published; `person` asks that a person look at a profile',
  request: {
    params,
    body: jsonBody(z.object({ method: z.enum(['file', 'dns', 'meta', 'code', 'person']) })),
  },
  responses: {
    201: jsonAnswer('What was seen; only `proven` is a proof', checkSchema),
    ...problemAnswers({
      401: 'sign-in-required',
      404: 'site-not-found',
      409: 'site-released, site-challenge-missing',
      422: 'site-method-unfit',
      429: 'site-checks-too-often',
    }),
  },
});

/** `/api/sites`: add, list, look, prove; the gates of a site; what a bot sees anywhere. */
export function sitesRoutes(): Router {
  const router = createRouter();
  router.openapi(addRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const { url } = c.req.valid('json');
    const site = await registerSite(c.get('k'), { partyId: party.id, url, actor: user.id });
    return c.json(await detailsJson(c, site.id, party.id), 201);
  });
  router.openapi(listRoute, async (c) => {
    const party = await requireParty(c);
    return c.json({ sites: (await listSites(c.get('k'), party.id)).map(siteJson) }, 200);
  });
  router.openapi(getRoute, async (c) => {
    const party = await requireParty(c);
    return c.json(await detailsJson(c, c.req.valid('param').id, party.id), 200);
  });
  router.openapi(checkRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const k = c.get('k');
    const site = await requireHeldSite(k, c.req.valid('param').id, party.id);
    const { method } = c.req.valid('json');
    const check =
      method === 'person'
        ? await askForReview(k, site.id, user.id)
        : await checkProof(k, site.id, method, user.id);
    return c.json(checkJson(c, check), 201);
  });
  addGateRoutes(router);
  router.route('/', reportRoutes());
  return router;
}

function siteJson({ site, state, proof, contested }: SiteStatus): z.infer<typeof siteSchema> {
  const { id, kind, host, path, url, platform = null } = site;
  const shown = proof?.validUntil && {
    method: proof.method,
    checkedAt: proof.checkedAt.toISOString(),
    validUntil: proof.validUntil.toISOString(),
  };
  return { id, kind, host, path, url, platform, state, contested, proof: shown ?? null };
}

async function detailsJson(c: HttpContext, siteId: string, partyId: string) {
  const details = await siteDetails(c.get('k'), siteId, partyId);
  const released = details.site.releasedAt !== undefined;
  const publish = released ? null : publishJson(await startProof(c.get('k'), siteId));
  const { ready, reasons } = details.siteWide;
  return { ...siteJson(details), publish, siteWide: { ready, reasons: [...reasons] } };
}

function publishJson(proof: ProofInstructions): z.infer<typeof publishSchema> {
  const { value } = proof;
  const expiresAt = proof.expiresAt.toISOString();
  if (proof.kind === 'profile') return { value, expiresAt };
  return { value, expiresAt, file: proof.file, dns: proof.dns, meta: proof.meta };
}

function checkJson(c: HttpContext, check: Check): z.infer<typeof checkSchema> {
  const { id, method, result, checkedAt, validUntil, evidence } = check;
  const { title, cure } = resultText(c.get('locale'))[result];
  return {
    id,
    method,
    result,
    title,
    cure,
    checkedAt: checkedAt.toISOString(),
    validUntil: validUntil?.toISOString() ?? null,
    evidence: { ...evidence },
  };
}
