import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import { createRouter, jsonAnswer, problemAnswers, type Router } from '../kernel/index.ts';
import { EXCLUSION_CODES, LICENSED_UNITS, LICENSED_USES } from '../licensing/index.ts';
import { requireParty } from '../parties/index.ts';
import { type Case, type DatasetCheck, STATES } from './model.ts';
import { caseSchema, openCase } from './open-case.ts';
import { listCases, readBundle, readCase } from './read-case.ts';
import { type CheckResult, listChecks, readCheck } from './read-check.ts';
import { takeReport } from './take-report.ts';

const tags = ['evidence'];
const params = z.object({ id: z.string().max(100) });
const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });

const checkAnswer = z
  .object({
    id: z.string(),
    dataset: z.string(),
    use: z.enum(LICENSED_USES),
    reportSha256: z.string(),
    indexSha256: z.string(),
    scannedAt: z.string(),
    handedInAt: z.string(),
    items: z.string(),
    words: z.string(),
    bytes: z.string(),
    page: z.string(),
  })
  .openapi('DatasetCheck');

const checkDetail = checkAnswer
  .extend({
    counts: z.object(Object.fromEntries(STATES.map((state) => [state, z.int()]))),
    costs: z
      .array(
        z.object({ unit: z.enum(LICENSED_UNITS), currency: z.string(), works: z.int(), amountMicro: micro }),
      )
      .openapi({ description: 'One unit of every work that can be licensed now' }),
    works: z.array(
      z.object({
        work: z.string(),
        title: z.string(),
        items: z.int(),
        kinds: z.array(z.string()),
        words: z.int().nullable(),
        coverage: z.number().nullable(),
        state: z.enum(STATES),
        agreementId: z.string().nullable(),
        price: z
          .object({
            amountMicro: micro,
            perUnits: z.string(),
            unit: z.enum(LICENSED_UNITS),
            currency: z.string(),
          })
          .nullable(),
        reason: z.enum(EXCLUSION_CODES).nullable(),
      }),
    ),
  })
  .openapi('DatasetCheckResult');

const caseAnswer = z
  .object({
    id: z.string(),
    siteId: z.string().nullable(),
    client: z.string().nullable().openapi({ description: 'What the client calls itself' }),
    from: z.string(),
    to: z.string(),
    works: z.array(z.string()),
    checks: z.array(z.string()),
    sealedSha256: z.string(),
    openedAt: z.string(),
    page: z.string(),
  })
  .openapi('Case');
const lines = z.object({ en: z.array(z.string()), de: z.array(z.string()) });
const text = z.string().optional();
const number = z.number().optional();
const entry = z
  .object({
    kind: z.enum(['refusal', 'fetch', 'match', 'terms']),
    at: z.string(),
    to: text,
    terms: z.array(z.string()).optional().openapi({ description: 'SHA-256 of the terms in force then' }),
    reason: text,
    count: number,
    path: text,
    use: text,
    status: number,
    agreement: text,
    segment: text,
    position: number,
    record: number,
    work: text,
    report: text,
    match: text,
    item: text,
    input: text,
    words: number,
    coverage: number,
    sha256: text,
  })
  .openapi('CaseEntry');
const caseDetail = caseAnswer
  .extend({
    timeline: z.array(entry),
    named: z.array(z.object({ party: z.string(), name: z.string(), agreement: z.string() })),
    shows: lines,
    doesNotShow: lines,
  })
  .openapi('CaseDetail');

const getChecks = createRoute({
  method: 'get',
  path: '/api/dataset-checks',
  tags,
  summary: 'Dataset checks of the party the session acts for, newest first',
  responses: {
    200: jsonAnswer('The checks', z.object({ checks: z.array(checkAnswer) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

const postCheck = createRoute({
  method: 'post',
  path: '/api/dataset-checks',
  tags,
  summary: 'Hand in the report of a scan; the same one again is the same check',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({
            dataset: z.string().openapi({ description: 'What the data set is called' }),
            use: z.enum(LICENSED_USES).default('ai-train'),
            report: z
              .string()
              .openapi({ format: 'binary', description: 'A file of format clearway-scan-report-1' }),
          }),
        },
      },
    },
  },
  responses: {
    201: jsonAnswer('The check', checkAnswer),
    ...problemAnswers({
      400: 'malformed-body',
      401: 'sign-in-required',
      403: 'role-required',
      409: 'acting-ended',
      413: 'body-too-large',
      422: 'invalid-input, report-missing, report-malformed, report-too-many-works',
    }),
  },
});

const getCheck = createRoute({
  method: 'get',
  path: '/api/dataset-checks/{id}',
  tags,
  summary: 'A dataset check: every work that matches, and what it is to you now',
  request: { params },
  responses: {
    200: jsonAnswer('The result', checkDetail),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'check-unknown', 503: 'instance-not-set-up' }),
  },
});

const getCases = createRoute({
  method: 'get',
  path: '/api/cases',
  tags,
  summary: 'Cases of the party the session acts for, newest first',
  responses: {
    200: jsonAnswer('The cases', z.object({ cases: z.array(caseAnswer) })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});

const postCase = createRoute({
  method: 'post',
  path: '/api/cases',
  tags,
  summary: 'Open a case about a client at a site of yours, or about dataset checks of yours, and seal it',
  description:
    'Without `works`, those of yours that are at the site or matched. What is seen later is another case.',
  request: { body: { required: true, content: { 'application/json': { schema: caseSchema } } } },
  responses: {
    201: jsonAnswer('The case', caseAnswer),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'role-required',
      404: 'site-not-found, check-unknown, work-unknown',
      409: 'acting-ended',
      422: 'invalid-input, case-about-nothing, case-period-invalid, case-too-large',
    }),
  },
});

const getCase = createRoute({
  method: 'get',
  path: '/api/cases/{id}',
  tags,
  summary: 'A case with its timeline and what it shows and does not show',
  request: { params },
  responses: {
    200: jsonAnswer('The case', caseDetail),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'case-unknown', 410: 'bundle-erased' }),
  },
});

const getBundle = createRoute({
  method: 'get',
  path: '/api/cases/{id}/bundle',
  tags,
  summary: 'The evidence file of a case, which a stranger checks with `clearway verify`',
  request: { params },
  responses: {
    200: jsonAnswer(
      'A file of format clearway-evidence-file-1, in exactly these bytes',
      z.object({
        format: z.string(),
        verifierKey: z.string(),
        evidence: z.string(),
        log: z.object({
          salt: z.string(),
          index: z.int(),
          inclusionProof: z.array(z.string()),
          checkpoint: z.string(),
        }),
      }),
    ),
    ...problemAnswers({
      401: 'sign-in-required',
      404: 'case-unknown',
      410: 'bundle-erased',
      503: 'bundle-not-in-log-yet',
    }),
  },
});

/** Dataset checks and cases for programs. */
export function evidenceRoutes(): Router {
  const router = createRouter();
  router.openapi(getChecks, async (c) => {
    const [k, party] = [c.get('k'), await requireParty(c)];
    const checks = await listChecks(k, party.id);
    return c.json({ checks: checks.map((one) => checkOf(one, k.site.baseUrl)) }, 200);
  });
  // A file must be streamed, so the route that answers is written beside the one that documents.
  router.openAPIRegistry.registerPath(postCheck);
  router.post('/api/dataset-checks', async (c) => {
    const check = await takeReport(c);
    return c.json(checkOf(check, c.get('k').site.baseUrl), 201);
  });
  router.openapi(getCheck, async (c) => {
    const [k, party] = [c.get('k'), await requireParty(c)];
    const found = await readCheck(k, { checkId: c.req.valid('param').id, partyId: party.id });
    return c.json(resultOf(found, k.site.baseUrl), 200);
  });
  router.openapi(getCases, async (c) => {
    const [k, party] = [c.get('k'), await requireParty(c)];
    const cases = await listCases(k, party.id);
    return c.json({ cases: cases.map((one) => caseOf(one, k.site.baseUrl)) }, 200);
  });
  router.openapi(postCase, async (c) => {
    const [k, user, party] = [c.get('k'), await requireUser(c), await requireParty(c)];
    const opened = await openCase(k, { ...c.req.valid('json'), partyId: party.id, actor: user.id });
    return c.json(caseOf(opened, k.site.baseUrl), 201);
  });
  router.openapi(getCase, async (c) => {
    const [k, party] = [c.get('k'), await requireParty(c)];
    const asked = { caseId: c.req.valid('param').id, partyId: party.id };
    const { found, document } = await readCase(k, asked);
    const { timeline, named, shows, doesNotShow } = document;
    return c.json(
      {
        ...caseOf(found, k.site.baseUrl),
        timeline: timeline.map((one) => entry.parse(one)),
        named: [...named],
        shows: { en: [...shows.en], de: [...shows.de] },
        doesNotShow: { en: [...doesNotShow.en], de: [...doesNotShow.de] },
      },
      200,
    );
  });
  router.openapi(getBundle, async (c) => {
    const party = await requireParty(c);
    const caseId = c.req.valid('param').id;
    const bytes = await readBundle(c.get('k'), { caseId, partyId: party.id });
    const answer = c.body(bytes, 200, {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="evidence-${caseId}.json"`,
      'Cache-Control': 'private, no-store',
    });
    return answer as never;
  });
  return router;
}

function checkOf(check: DatasetCheck, baseUrl: string) {
  const { id, dataset, use, reportSha256, indexSha256, scannedAt, handedInAt, items, words, bytes } = check;
  return {
    id,
    dataset,
    use,
    reportSha256,
    indexSha256,
    scannedAt: scannedAt.toISOString(),
    handedInAt: handedInAt.toISOString(),
    items: items.toString(),
    words: words.toString(),
    bytes: bytes.toString(),
    page: `${baseUrl}/dataset-checks/${id}`,
  };
}

function resultOf({ check, works, counts, costs }: CheckResult, baseUrl: string) {
  return {
    ...checkOf(check, baseUrl),
    counts,
    costs: costs.map((one) => ({ ...one, amountMicro: one.amountMicro.toString() })),
    works: works.map(({ workId, title, items, kinds, words, coverage, entitlement }) => ({
      work: workId,
      title,
      items,
      kinds: [...kinds],
      words,
      coverage,
      state: entitlement.state,
      agreementId: entitlement.agreementId ?? null,
      price: entitlement.price
        ? {
            amountMicro: entitlement.price.amountMicro.toString(),
            perUnits: entitlement.price.perUnits.toString(),
            unit: entitlement.price.unit,
            currency: entitlement.price.currency,
          }
        : null,
      reason: entitlement.reason ?? null,
    })),
  };
}

function caseOf(one: Omit<Case, 'sealed'>, baseUrl: string) {
  const { id, siteId, client, from, to, workIds, checkIds, sealedSha256, openedAt } = one;
  return {
    id,
    siteId,
    client,
    from: from.toISOString(),
    to: to.toISOString(),
    works: [...workIds],
    checks: [...checkIds],
    sealedSha256,
    openedAt: openedAt.toISOString(),
    page: `${baseUrl}/cases/${id}`,
  };
}
