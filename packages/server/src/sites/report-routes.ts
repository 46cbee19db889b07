import { createRoute, z } from '@hono/zod-openapi';
import { clientAddress, createRouter, problemAnswers, type Router } from '../kernel/index.ts';
import { type Asked, reportSignals, type SignalReport } from './report-signals.ts';

const usage = z.enum(['ai-train', 'ai-input', 'ai-index', 'search']);

const classes = z.array(
  z.object({
    usage,
    who: z.string(),
    outcome: z.enum(['licensed', 'refused', 'conditional', 'allowed', 'unknown']),
    usable: z.boolean().openapi({ description: 'Without a licence, where silence gives nothing' }),
    says: z.string(),
    others: z.array(z.object({ agents: z.array(z.string()), says: z.string() })),
  }),
);

const reportSchema = z
  .object({
    url: z.string(),
    at: z.iso.datetime(),
    sentence: z.string().openapi({ description: 'What all of it comes to' }),
    platform: z.string().nullable(),
    classes,
    channels: z.array(
      z.object({
        carrier: z.string(),
        name: z.string(),
        says: z.record(usage, z.enum(['allow', 'disallow', 'conditional', 'mixed', 'damaged', 'nothing'])),
        agents: z.array(z.string()),
        raw: z.array(z.string()),
      }),
    ),
    findings: z.array(z.object({ code: z.string(), text: z.string(), cure: z.string() })),
    licenses: z.array(
      z.object({
        url: z.string(),
        level: z.enum(['conformant', 'conformant-with-warnings', 'not-conformant']),
        sentence: z.string().nullable(),
        issues: z.array(z.object({ code: z.string(), message: z.string(), cure: z.string() })),
      }),
    ),
    places: z
      .array(z.object({ pattern: z.string(), url: z.string(), sentence: z.string(), classes }))
      .openapi({ description: 'Of a file without an address: each part of the site it has rules for' }),
    asked: z.array(
      z.object({
        kind: z.string(),
        url: z.string(),
        status: z.number().int().nullable(),
        error: z.string().nullable(),
      }),
    ),
  })
  .openapi('SignalReport');

const bodySchema = z.union([
  z.object({ url: z.string().min(1).max(2_000) }),
  z.object({
    name: z.string().min(1).max(200).openapi({
      description: 'As on a site: robots.txt, license.xml, tdmrep.json, headers.txt, page.html, ai.txt',
    }),
    text: z.string().min(1).max(1_000_000),
    address: z.string().max(2_000).optional().openapi({
      description: 'Which address on the site is meant, whole or as a path; without it every part is told',
    }),
  }),
]);

const reportRoute = createRoute({
  method: 'post',
  path: '/api/signal-reports',
  tags: ['sites'],
  summary: 'What does a bot see? At an address, or in a text; without an account, nothing is kept',
  request: { body: { required: true, content: { 'application/json': { schema: bodySchema } } } },
  responses: {
    200: {
      description: 'What is said to every kind of agent',
      content: { 'application/json': { schema: reportSchema } },
    },
    ...problemAnswers({
      422: 'site-address-invalid, site-address-private, signals-nothing-to-read',
      429: 'too-many-requests',
    }),
  },
});

/** `/api/signal-reports`: what does a bot see? */
export function reportRoutes(): Router {
  const router = createRouter();
  router.openapi(reportRoute, async (c) => {
    const body = c.req.valid('json');
    const asked: Asked =
      'url' in body
        ? body
        : { name: body.name, body: new TextEncoder().encode(body.text), address: body.address };
    const about = { locale: c.get('locale'), network: clientAddress(c) };
    return c.json(reportJson(await reportSignals(c.get('k'), asked, about)), 200);
  });
  return router;
}

function classesJson(classes: SignalReport['classes']): z.infer<typeof reportSchema>['classes'] {
  return classes.map((one) => ({
    ...one,
    others: one.others.map(({ agents, says }) => ({ agents: [...agents], says })),
  }));
}

function reportJson(report: SignalReport): z.infer<typeof reportSchema> {
  const { url, at, sentence, platform = null, classes, channels, findings, licenses, asked, places } = report;
  return {
    url,
    at,
    sentence,
    platform,
    classes: classesJson(classes),
    places: places.map(({ pattern, url: address, sentence: told, classes: found }) => ({
      ...{ pattern, url: address, sentence: told },
      classes: classesJson(found),
    })),
    channels: channels.map((one) => ({ ...one, agents: [...one.agents], raw: [...one.raw] })),
    findings: findings.map(({ code, text, cure }) => ({ code, text, cure })),
    licenses: licenses.map(({ url: address, level, sentence: grants = null, issues }) => ({
      url: address,
      level,
      sentence: grants,
      issues: issues.map(({ code, message, cure }) => ({ code, message, cure })),
    })),
    asked: asked.map(({ kind, url: address, status = null, error = null }) => ({
      kind,
      url: address,
      status,
      error,
    })),
  };
}
