import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../../identity/index.ts';
import { createRouter, problemAnswers, type Router, requireInstance } from '../../kernel/index.ts';
import { balanceOf } from '../../ledger/index.ts';
import { requireParty } from '../../parties/index.ts';
import { allowCompany, deniedCompanies, denyCompany } from '../deny-company.ts';
import { clientName, createClient, listClients, revokeClient, rotateClient } from '../manage-clients.ts';
import { type Client, LICENSED_USES, type StandingAcceptance } from '../model.ts';
import {
  readStandingAcceptance,
  standingSchema,
  switchOffStanding,
  switchOnStanding,
} from '../standing-acceptance.ts';
import { body, FOR_SIGNERS, idParam, json, micro, SIGNED_IN, tags } from './parts.ts';

const clientAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.string(),
    rotatedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('Client');
const newSecret = z
  .object({ client: clientAnswer, secret: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('ClientSecret');
const NO_STORE = { 'Cache-Control': 'no-store' };

const getClients = createRoute({
  method: 'get',
  path: '/api/clients',
  tags,
  summary: 'The OAuth clients of the company the session acts for',
  responses: {
    200: json('The clients', z.object({ clients: z.array(clientAnswer) })),
    ...problemAnswers(SIGNED_IN),
  },
});
const postClient = createRoute({
  method: 'post',
  path: '/api/clients',
  tags,
  summary: 'Create an OAuth client; its secret is answered once',
  request: { body: body(z.strictObject({ name: clientName })) },
  responses: {
    201: json('The client and its secret', newSecret),
    ...problemAnswers({
      ...FOR_SIGNERS,
      409: 'licensee-needed, too-many-clients, acting-ended',
      422: 'invalid-input',
    }),
  },
});
const postSecret = createRoute({
  method: 'post',
  path: '/api/clients/{id}/secret',
  tags,
  summary: 'Give a client a new secret; the old one is worth nothing at once',
  request: { params: idParam },
  responses: {
    200: json('The client and its new secret', newSecret),
    ...problemAnswers({
      ...FOR_SIGNERS,
      404: 'client-unknown',
      409: 'licensee-needed, client-revoked, acting-ended',
    }),
  },
});
const deleteClient = createRoute({
  method: 'delete',
  path: '/api/clients/{id}',
  tags,
  summary: 'Revoke a client for ever',
  request: { params: idParam },
  responses: {
    204: { description: 'It is revoked, now or before' },
    ...problemAnswers({ ...FOR_SIGNERS, 404: 'client-unknown', 409: 'licensee-needed, acting-ended' }),
  },
});

const standingAnswer = z
  .object({
    uses: z.array(z.enum(LICENSED_USES)),
    currency: z.string(),
    monthlyCapMicro: micro,
    spentMicro: micro,
    switchedOnAt: z.string(),
  })
  .openapi('StandingAcceptance');
const standingOrNone = z.object({ standing: standingAnswer.nullable() });

const getStanding = createRoute({
  method: 'get',
  path: '/api/standing-acceptance',
  tags,
  summary: 'Acceptance in advance of the company the session acts for',
  responses: { 200: json('What is in force', standingOrNone), ...problemAnswers(SIGNED_IN) },
});
const putStanding = createRoute({
  method: 'put',
  path: '/api/standing-acceptance',
  tags,
  summary: 'Switch on acceptance in advance: tokens at the published price per fetch, up to a monthly limit',
  request: { body: body(standingSchema) },
  responses: {
    200: json('What is in force', standingOrNone),
    ...problemAnswers({
      ...FOR_SIGNERS,
      409: 'licensee-needed, standing-on-already, acting-ended',
      422: 'invalid-input',
    }),
  },
});
const deleteStanding = createRoute({
  method: 'delete',
  path: '/api/standing-acceptance',
  tags,
  summary: 'Switch off acceptance in advance',
  responses: {
    204: { description: 'It is off' },
    ...problemAnswers({ ...FOR_SIGNERS, 409: 'licensee-needed, acting-ended' }),
  },
});

const getDenied = createRoute({
  method: 'get',
  path: '/api/denied-companies',
  tags,
  summary: 'Companies the holder gives no licence, whatever the terms say to all',
  responses: {
    200: json(
      'The companies',
      z.object({ companies: z.array(z.object({ id: z.string(), name: z.string(), deniedAt: z.string() })) }),
    ),
    ...problemAnswers(SIGNED_IN),
  },
});
const putDenied = createRoute({
  method: 'put',
  path: '/api/denied-companies/{id}',
  tags,
  summary: 'Give a company no licence from now on',
  request: { params: idParam },
  responses: {
    204: { description: 'It is refused' },
    ...problemAnswers({ ...SIGNED_IN, 403: 'role-required', 404: 'company-unknown', 409: 'acting-ended' }),
  },
});
const deleteDenied = createRoute({
  method: 'delete',
  path: '/api/denied-companies/{id}',
  tags,
  summary: 'Take back that a company is given no licence',
  request: { params: idParam },
  responses: {
    204: { description: 'It is not refused' },
    ...problemAnswers({ ...SIGNED_IN, 403: 'role-required', 409: 'acting-ended' }),
  },
});

const balanceAnswer = z
  .object({ currency: z.string(), postedMicro: micro, heldMicro: micro, availableMicro: micro })
  .openapi('Balance');
const getBalance = createRoute({
  method: 'get',
  path: '/api/balance',
  tags,
  summary: 'The prepaid balance of the party the session acts for',
  responses: { 200: json('The balance', balanceAnswer), ...problemAnswers(SIGNED_IN) },
});
/** Clients, acceptance in advance, refused companies and the prepaid balance for programs. */
export function companyRoutes(): Router {
  const router = createRouter();
  router.openapi(getClients, async (c) => {
    const { id } = await requireParty(c);
    return c.json({ clients: (await listClients(c.get('k'), id)).map(clientOf) }, 200);
  });
  router.openapi(postClient, async (c) => {
    const who = { userId: (await requireUser(c)).id, licenseeId: (await requireParty(c)).id };
    const made = await createClient(c.get('k'), { ...who, name: c.req.valid('json').name });
    return c.json({ client: clientOf(made.client), secret: made.secret }, 201, NO_STORE);
  });
  router.openapi(postSecret, async (c) => {
    const who = { userId: (await requireUser(c)).id, licenseeId: (await requireParty(c)).id };
    const made = await rotateClient(c.get('k'), { ...who, clientId: c.req.valid('param').id });
    return c.json({ client: clientOf(made.client), secret: made.secret }, 200, NO_STORE);
  });
  router.openapi(deleteClient, async (c) => {
    const who = { userId: (await requireUser(c)).id, licenseeId: (await requireParty(c)).id };
    await revokeClient(c.get('k'), { ...who, clientId: c.req.valid('param').id });
    return c.body(null, 204);
  });
  router.openapi(getStanding, async (c) => {
    const found = await readStandingAcceptance(c.get('k'), (await requireParty(c)).id);
    return c.json({ standing: found ? standingOf(found.standing, found.spentMicro) : null }, 200);
  });
  router.openapi(putStanding, async (c) => {
    const who = { userId: (await requireUser(c)).id, licenseeId: (await requireParty(c)).id };
    const standing = await switchOnStanding(c.get('k'), { ...who, ...c.req.valid('json') });
    return c.json({ standing: standingOf(standing, 0n) }, 200);
  });
  router.openapi(deleteStanding, async (c) => {
    const who = { userId: (await requireUser(c)).id, licenseeId: (await requireParty(c)).id };
    await switchOffStanding(c.get('k'), who);
    return c.body(null, 204);
  });
  router.openapi(getDenied, async (c) => {
    const companies = await deniedCompanies(c.get('k'), (await requireParty(c)).id);
    const shown = companies.map(({ party, at }) => ({
      id: party.id,
      name: party.name,
      deniedAt: at.toISOString(),
    }));
    return c.json({ companies: shown }, 200);
  });
  router.openapi(putDenied, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const licenseeId = c.req.valid('param').id;
    await denyCompany(c.get('k'), { holderId: party.id, licenseeId, actor: user.id });
    return c.body(null, 204);
  });
  router.openapi(deleteDenied, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const licenseeId = c.req.valid('param').id;
    await allowCompany(c.get('k'), { holderId: party.id, licenseeId, actor: user.id });
    return c.body(null, 204);
  });
  router.openapi(getBalance, async (c) => {
    const k = c.get('k');
    const partyId = (await requireParty(c)).id;
    const { currency } = await requireInstance(k);
    return c.json(balanceDocument(await balanceOf(k, { partyId, currency })), 200);
  });
  return router;
}

function clientOf({ id, name, createdAt, rotatedAt, revokedAt }: Client) {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    rotatedAt: rotatedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}

function standingOf(standing: StandingAcceptance, spentMicro: bigint) {
  return {
    uses: [...standing.uses],
    currency: standing.currency,
    monthlyCapMicro: standing.monthlyCapMicro.toString(),
    spentMicro: spentMicro.toString(),
    switchedOnAt: standing.switchedOnAt.toISOString(),
  };
}

function balanceDocument(found: Awaited<ReturnType<typeof balanceOf>>) {
  return {
    currency: found.currency,
    postedMicro: found.postedMicro.toString(),
    heldMicro: found.heldMicro.toString(),
    availableMicro: found.availableMicro.toString(),
  };
}
