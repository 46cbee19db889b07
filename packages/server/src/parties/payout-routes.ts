import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import { checkFields, createRouter, jsonAnswer, problemAnswers, type Router } from '../kernel/index.ts';
import { payoutProfile } from './find-payout-profiles.ts';
import { type PayoutProfile, payoutProfileSchema } from './payout-profile.ts';
import { requireParty } from './require-party.ts';
import { savePayoutProfile } from './save-payout-profile.ts';

const tags = ['payouts'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const text = z.string().max(300);

const answer = z
  .object({
    version: z.number().int(),
    name: z.string(),
    ibanEnd: z
      .string()
      .openapi({ description: 'Last four characters; the whole number is in the account export' }),
    bic: z.string().nullable(),
    address: z.object({
      streetName: z.string(),
      buildingNumber: z.string(),
      postCode: z.string(),
      townName: z.string(),
      country: z.string(),
    }),
    taxResidence: z.string(),
    changedAt: z.iso.datetime(),
    usableFrom: z.iso.datetime().openapi({ description: 'Nothing is paid before; a change waits a day' }),
  })
  .openapi('PayoutProfile');
const given = z
  .strictObject({
    name: text.openapi({ description: 'Holder of the account', example: 'Ada Byron' }),
    iban: text.openapi({ example: 'DE89370400440532013000' }),
    bic: text.nullable().optional(),
    streetName: text.openapi({ example: 'Hafenstraße' }),
    buildingNumber: text.openapi({ example: '5' }),
    postCode: text.openapi({ example: '24103' }),
    townName: text.openapi({ example: 'Kiel' }),
    country: text.openapi({ example: 'DE' }),
    taxResidence: text.openapi({ example: 'DE' }),
  })
  .openapi('PayoutProfileInput');

const read = createRoute({
  method: 'get',
  path: '/api/payout-profile',
  tags,
  summary: 'Where the party the session acts for is paid',
  responses: {
    200: jsonAnswer('The newest version, or null', z.object({ profile: answer.nullable() })),
    ...problemAnswers({ 401: 'sign-in-required' }),
  },
});
const save = createRoute({
  method: 'put',
  path: '/api/payout-profile',
  tags,
  summary: 'Say where the party the session acts for is paid; it is told by mail',
  request: { body: { required: true, content: { 'application/json': { schema: given } } } },
  responses: {
    200: jsonAnswer('The version in force', z.object({ profile: answer })),
    ...problemAnswers({
      401: 'sign-in-required',
      403: 'role-required',
      409: 'acting-ended',
      410: 'party-erased',
      422: 'invalid-input',
    }),
  },
});

/** Where a party is paid, for programs. */
export function payoutProfileRoutes(): Router {
  const router = createRouter();
  router.openapi(read, async (c) => {
    const { id } = await requireParty(c);
    const profile = await payoutProfile(c.get('k'), id);
    return c.json({ profile: profile ? answerOf(profile) : null }, 200, PRIVATE);
  });
  router.openapi(save, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const fields = checkFields(payoutProfileSchema, c.req.valid('json'));
    const saved = await savePayoutProfile(c.get('k'), { ...fields, partyId: party.id, actor: user.id });
    return c.json({ profile: answerOf(saved) }, 200, PRIVATE);
  });
  return router;
}

function answerOf({ iban, changedAt, usableFrom, address, ...rest }: PayoutProfile) {
  return {
    ...rest,
    address: { ...address },
    ibanEnd: iban.slice(-4),
    changedAt: changedAt.toISOString(),
    usableFrom: usableFrom.toISOString(),
  };
}
