import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { type Entitlement, entitlements, MAX_ENTITLEMENTS } from '../entitlement.ts';
import { EXCLUSION_CODES, LICENSED_UNITS, LICENSED_USES } from '../model.ts';
import { licenseeOf } from './licensee-of.ts';
import { body, json, micro, SIGNED_IN, tags } from './parts.ts';

const entitlementAnswer = z
  .object({
    work: z.string(),
    state: z.enum(['licensed', 'licensable', 'reserved', 'on-hold', 'unknown']),
    agreementId: z.string().optional(),
    price: z
      .object({
        amountMicro: micro,
        perUnits: z.string(),
        unit: z.enum(LICENSED_UNITS),
        currency: z.string(),
      })
      .optional()
      .openapi({ description: 'What was agreed, or what a licence costs now; 0 only where it is free' }),
    reason: z.enum(EXCLUSION_CODES).optional(),
  })
  .openapi('Entitlement');

const postEntitlements = createRoute({
  method: 'post',
  path: '/api/entitlements',
  tags,
  summary:
    'What each work is to the company for one use: licensed, licensable at a price, reserved, on hold, unknown',
  description:
    'A client of the company may ask with HTTP Basic instead of a session. Computed from what is in force at `at` ' +
    '(now, unless given), in the order asked; nothing is stored.',
  request: {
    body: body(
      z.strictObject({
        use: z.enum(LICENSED_USES),
        at: z.iso.datetime().optional(),
        works: z.array(z.uuid()).min(1).max(MAX_ENTITLEMENTS),
      }),
    ),
  },
  responses: {
    200: json('One answer for each work', z.object({ entitlements: z.array(entitlementAnswer) })),
    ...problemAnswers({ ...SIGNED_IN, 422: 'invalid-input', 503: 'instance-not-set-up' }),
  },
});

/** Entitlements for programs. */
export function entitlementRoutes(): Router {
  const router = createRouter();
  router.openapi(postEntitlements, async (c) => {
    const { licenseeId } = await licenseeOf(c);
    const { use, at, works } = c.req.valid('json');
    const found = await entitlements(c.get('k'), {
      licenseeId,
      use,
      at: at === undefined ? undefined : new Date(at),
      workIds: works.map((id) => id.toLowerCase()),
    });
    return c.json({ entitlements: found.map(answerOf) }, 200);
  });
  return router;
}

function answerOf({ workId, state, agreementId, price, reason }: Entitlement) {
  return {
    work: workId,
    state,
    ...(agreementId === undefined ? {} : { agreementId }),
    ...(price === undefined
      ? {}
      : {
          price: {
            amountMicro: price.amountMicro.toString(),
            perUnits: price.perUnits.toString(),
            unit: price.unit,
            currency: price.currency,
          },
        }),
    ...(reason === undefined ? {} : { reason }),
  };
}
