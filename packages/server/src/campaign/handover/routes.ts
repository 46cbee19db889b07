import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, LOCALES, problemAnswers, type Router } from '../../kernel/index.ts';
import { redeemHandover } from './hand-on.ts';

const handoverRoute = createRoute({
  method: 'post',
  path: '/api/handovers',
  tags: ['campaign'],
  summary: 'A licensing body fetches, once, what a signatory agreed to hand on to it',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            code: z.string().min(1).max(200).openapi({ description: 'From the address she came with' }),
            body: z.url().max(300).openapi({ description: 'Address of the body that fetches' }),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'What she agreed to hand on',
      content: {
        'application/json': {
          schema: z.object({
            campaign: z.url(),
            name: z.string(),
            craft: z.string(),
            country: z.string(),
            email: z.string(),
            locale: z.enum(LOCALES),
            emailConfirmedAt: z.iso.datetime(),
            justConfirmed: z.boolean().openapi({
              description: 'False: she came by a link others may hold; open the account by mail only',
            }),
          }),
        },
      },
    },
    ...problemAnswers({ 404: 'handover-unknown', 410: 'handover-over' }),
  },
});

/** Handing signatories on, as a licensing body calls it. */
export function handoverRoutes(): Router {
  const router = createRouter();
  router.openapi(handoverRoute, async (c) =>
    c.json(await redeemHandover(c.get('k'), c.req.valid('json')), 200),
  );
  return router;
}
