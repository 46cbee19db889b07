import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, LOCALES, problemAnswers, type Router } from '../../kernel/index.ts';
import { KINDS } from '../model.ts';
import { HANDOVER_VERSION, redeemHandover } from './hand-on.ts';

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
            version: z.number().int().min(1).max(1_000).default(1).openapi({
              description: 'The newest answer the body reads. 1: people alone; 2: organisations too',
            }),
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
            version: z.literal(HANDOVER_VERSION).optional().openapi({
              description: 'Only where the body reads it, and with it what follows',
            }),
            kind: z.enum(KINDS).optional(),
            contact: z.string().nullable().optional().openapi({
              description: 'Of organisations: who signed for it',
            }),
            members: z.number().int().nullable().optional().openapi({
              description: 'Of organisations: how many members it says it has',
            }),
          }),
        },
      },
    },
    ...problemAnswers({ 404: 'handover-unknown', 409: 'handover-needs-newer', 410: 'handover-over' }),
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
