import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, jsonAnswer, problemAnswers, type Router } from '../../kernel/index.ts';
import { exportContacts } from './export-contacts.ts';
import { requirePartner } from './require-moderator.ts';
import { listPartners, partnerCounts, partnerDays } from './show-partners.ts';

const tags = ['campaign'];
const params = z.object({ source: z.string().max(100) });
const figures = z.object({
  confirmed: z.number().int(),
  hidden: z.number().int(),
  held: z.number().int(),
  contacts: z.number().int().openapi({ description: 'How many agreed to mail from the partner' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/partners',
  tags,
  summary: 'Organisations that carry the campaign and ask on their own pages',
  responses: {
    200: jsonAnswer(
      'Those that take part now',
      z.object({
        partners: z.array(
          z.object({
            source: z.string(),
            name: z.string(),
            hosts: z.array(z.string()),
            logo: z.string().nullable().openapi({ description: 'Path of a PNG' }),
            widget: z.string().openapi({ description: 'Path of the form for frames on these hosts' }),
          }),
        ),
      }),
    ),
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/partners/{source}',
  tags,
  summary: 'What came through one partner, for its moderators',
  request: { params },
  responses: {
    200: jsonAnswer(
      'Counts now, and by day (UTC), newest first',
      z.object({
        counts: figures,
        days: z.array(z.object({ day: z.iso.date(), count: z.number().int() })),
      }),
    ),
    ...problemAnswers({ 401: 'sign-in-required', 403: 'moderator-required', 404: 'partner-unknown' }),
  },
});

const exportRoute = createRoute({
  method: 'post',
  path: '/api/partners/{source}/exports',
  tags,
  summary: 'Those who agreed to mail from the partner and count; each export is in the activity log',
  request: { params },
  responses: {
    200: jsonAnswer(
      'Nobody else; names only of those who show them',
      z.object({
        contacts: z.array(
          z.object({
            email: z.string(),
            name: z.string(),
            locale: z.string(),
            country: z.string(),
            consentVersion: z.number().int(),
            consentText: z.string(),
            consentedAt: z.iso.datetime(),
          }),
        ),
      }),
    ),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'moderator-required',
      404: 'partner-unknown',
      410: 'partner-left',
    }),
  },
});

/** Partners over HTTP. */
export function partnerRoutes(): Router {
  const router = createRouter();
  router.openapi(listRoute, async (c) => {
    const active = (await listPartners(c.get('k'))).filter(({ leftAt }) => leftAt === null);
    const partners = active.map(({ source, name, hosts, logoSha256 }) => ({
      source,
      name,
      hosts: [...hosts],
      logo: logoSha256 && `/logos/${logoSha256}.png`,
      widget: `/widget/${source}`,
    }));
    return c.json({ partners }, 200);
  });
  router.openapi(oneRoute, async (c) => {
    const { partner } = await requirePartner(c);
    const k = c.get('k');
    const counts = await partnerCounts(k, partner.id);
    return c.json({ counts, days: await partnerDays(k, partner.id, 366) }, 200);
  });
  router.openapi(exportRoute, async (c) => {
    const { user, partner } = await requirePartner(c);
    const about = { partnerId: partner.id, by: user.id, format: 'json' } as const;
    const contacts = await exportContacts(c.get('k'), about);
    return c.json(
      { contacts: contacts.map((one) => ({ ...one, consentedAt: one.consentedAt.toISOString() })) },
      200,
      { 'Cache-Control': 'no-store' },
    );
  });
  return router;
}
