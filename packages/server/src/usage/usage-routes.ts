import { createRoute, z } from '@hono/zod-openapi';
import { currentUser, requireUser } from '../identity/index.ts';
import { type HttpContext, jsonAnswer, problemAnswers, type Router, readBasic } from '../kernel/index.ts';
import { authenticateClient } from '../licensing/index.ts';
import { requireParty } from '../parties/index.ts';
import { FAULTS } from './model.ts';
import { failUsage } from './problems.ts';
import { listReceipts, refusalsAt, usageOfAgreement, usageOfWork } from './read-usage.ts';
import { reportSchema, reportUsage } from './report-usage.ts';
import type { Report } from './store-reports.ts';
import type { UsageSum } from './store-sums.ts';

const tags = ['usage'];
const id = z.uuid();
const params = z.object({ id });
const count = z.int().min(0);
const period = z.object({
  from: z.iso.date().optional().openapi({ description: 'First day, in the zone of the instance' }),
  to: z.iso.date().optional().openapi({ description: 'Last day' }),
});

const sumSchema = z
  .object({
    agreementId: id,
    workId: id,
    use: z.string(),
    unit: z.string(),
    grade: z.string().openapi({ description: 'crawler-signed, gate-counted or licensee-reported' }),
    units: count,
    bytes: count,
  })
  .openapi('UsageSum');

const reportAnswerSchema = z
  .object({
    id,
    agreementId: id,
    use: z.string(),
    unit: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    document: z.string().openapi({ description: 'The canonical text under the hash' }),
    sha256: z.string(),
    reportedAt: z.iso.datetime(),
    lines: z.array(z.object({ workId: id, units: count })),
  })
  .openapi('UsageReport');

const agreementSchema = z
  .object({
    agreementId: id,
    use: z.string(),
    unit: z.string(),
    payable: z.array(z.string()).openapi({ description: 'The grades that are paid for' }),
    sums: z.array(sumSchema),
    reports: z.array(reportAnswerSchema),
    mismatches: z.array(
      z.object({
        reportId: id,
        workId: id,
        from: z.iso.date(),
        to: z.iso.date(),
        reported: count,
        counted: count,
      }),
    ),
    faults: z.array(z.object({ fault: z.enum(FAULTS), records: count })),
  })
  .openapi('AgreementUsage');

const receiptSchema = z
  .object({
    number: z.int(),
    grade: z.string(),
    total: z.int(),
    issuedAt: z.iso.datetime(),
    document: z.string().openapi({ description: 'The signed receipt: a JWS of type clearway-receipt-1' }),
  })
  .openapi('UsageReceipt');

const agreementRoute = createRoute({
  method: 'get',
  path: '/api/usage/agreements/{id}',
  tags,
  summary: 'What was used under an agreement of yours, and where your numbers and ours differ',
  description: 'With a session, or with HTTP Basic of a client of the company',
  request: { params, query: period },
  responses: {
    200: jsonAnswer('By work, use, unit and grade', agreementSchema),
    ...problemAnswers({ 401: 'sign-in-required, usage-client-unknown', 404: 'agreement-unknown' }),
  },
});

const receiptsRoute = createRoute({
  method: 'get',
  path: '/api/usage/agreements/{id}/receipts',
  tags,
  summary: 'The signed receipts of an agreement of yours, in their order, 200 at a time',
  description: 'With a session, or with HTTP Basic of a client of the company',
  request: { params, query: z.object({ after: z.coerce.number().int().min(0).max(1e15).default(0) }) },
  responses: {
    200: jsonAnswer('From the one after `after`', z.object({ receipts: z.array(receiptSchema) })),
    ...problemAnswers({ 401: 'sign-in-required, usage-client-unknown', 404: 'agreement-unknown' }),
  },
});

const reportRoute = createRoute({
  method: 'post',
  path: '/api/usage/agreements/{id}/reports',
  tags,
  summary: 'Report usage no gate sees; the same report again is the same',
  request: { params, body: { required: true, content: { 'application/json': { schema: reportSchema } } } },
  responses: {
    201: jsonAnswer('The report', reportAnswerSchema),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'report-needs-signer, role-required',
      404: 'agreement-unknown',
      409: 'report-overlaps, acting-ended',
      422: 'report-model-not-licensed, report-work-not-licensed, report-outside-agreement, …',
    }),
  },
});

const workRoute = createRoute({
  method: 'get',
  path: '/api/usage/works/{id}',
  tags,
  summary: 'What a work of yours was used for',
  request: { params, query: period },
  responses: {
    200: jsonAnswer(
      'By agreement, use, unit and grade',
      z.object({ sums: z.array(sumSchema.extend({ licensee: z.string() })) }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'work-unknown' }),
  },
});

const refusalsRoute = createRoute({
  method: 'get',
  path: '/api/usage/sites/{id}/refusals',
  tags,
  summary: 'Who was refused at a site of yours, as its gates counted it',
  request: { params, query: period },
  responses: {
    200: jsonAnswer(
      'Most first; names are what clients call themselves',
      z.object({
        refusals: z.array(z.object({ reason: z.string(), agentName: z.string(), count: count })),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'site-not-found' }),
  },
});

/** `/api/usage`: the numbers of both sides, receipts and reports. */
export function addUsageRoutes(router: Router): void {
  router.openapi(agreementRoute, async (c) => {
    const viewer = await licenseeOf(c);
    const agreementId = c.req.valid('param').id;
    const found = await usageOfAgreement(c.get('k'), { agreementId, viewer, ...c.req.valid('query') });
    return c.json(
      {
        agreementId,
        use: found.agreement.use,
        unit: found.agreement.unit,
        payable: [...found.payable],
        sums: found.sums.map(sumJson),
        reports: found.reports.map(reportJson),
        mismatches: found.mismatches.map((one) => ({
          ...one,
          reported: Number(one.reported),
          counted: Number(one.counted),
        })),
        faults: found.faults.map(({ fault, records }) => ({ fault, records: Number(records) })),
      },
      200,
    );
  });
  router.openapi(receiptsRoute, async (c) => {
    const viewer = await licenseeOf(c);
    const about = { agreementId: c.req.valid('param').id, viewer, after: c.req.valid('query').after };
    const receipts = (await listReceipts(c.get('k'), about)).map((receipt) => ({
      number: receipt.number,
      grade: receipt.grade,
      total: receipt.total,
      issuedAt: receipt.issuedAt.toISOString(),
      document: receipt.sealed,
    }));
    return c.json({ receipts }, 200);
  });
  router.openapi(reportRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const made = await reportUsage(c.get('k'), {
      ...c.req.valid('json'),
      agreementId: c.req.valid('param').id,
      licenseeId: party.id,
      userId: user.id,
    });
    return c.json(reportJson(made), 201);
  });
  router.openapi(workRoute, async (c) => {
    const viewer = await viewerOf(c);
    const about = { workId: c.req.valid('param').id, viewer, ...c.req.valid('query') };
    const sums = (await usageOfWork(c.get('k'), about)).map((sum) => ({
      ...sumJson(sum),
      licensee: sum.licensee,
    }));
    return c.json({ sums }, 200);
  });
  router.openapi(refusalsRoute, async (c) => {
    const party = await requireParty(c);
    const about = { siteId: c.req.valid('param').id, partyId: party.id, ...c.req.valid('query') };
    const refusals = await refusalsAt(c.get('k'), about);
    return c.json({ refusals: refusals.map((one) => ({ ...one, count: Number(one.count) })) }, 200);
  });
}

/** As `viewerOf`, or the company of a client that names itself with its secret: crawlers fetch receipts by themselves. */
async function licenseeOf(c: HttpContext): Promise<{ partyId: string; operator: boolean }> {
  if (c.req.header('Authorization') === undefined) return viewerOf(c);
  const given = readBasic(c);
  const client = given && (await authenticateClient(c.get('k'), { id: given.user, secret: given.password }));
  if (!client) {
    throw failUsage('usage-client-unknown', { headers: { 'WWW-Authenticate': 'Basic realm="usage"' } });
  }
  return { partyId: client.licenseeId, operator: false };
}

/** The party the session acts for, and whether it is the operator who looks. */
export async function viewerOf(c: HttpContext): Promise<{ partyId: string; operator: boolean }> {
  const party = await requireParty(c);
  return { partyId: party.id, operator: (await currentUser(c))?.operator ?? false };
}

function sumJson(sum: UsageSum): z.infer<typeof sumSchema> {
  const { agreementId, workId, use, unit, grade, units, bytes } = sum;
  return { agreementId, workId, use, unit, grade, units: Number(units), bytes: Number(bytes) };
}

function reportJson(report: Report): z.infer<typeof reportAnswerSchema> {
  const { id, agreementId, use, unit, from, to, document, sha256, reportedAt, lines } = report;
  return {
    id,
    agreementId,
    use,
    unit,
    from,
    to,
    document,
    sha256,
    reportedAt: reportedAt.toISOString(),
    lines: lines.map(({ workId, units }) => ({ workId, units: Number(units) })),
  };
}
