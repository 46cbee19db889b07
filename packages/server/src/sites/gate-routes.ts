import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import { cleanLine, jsonAnswer, problemAnswers, type Router } from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { listGates } from './find-gate.ts';
import type { Gate } from './model.ts';
import { registerGate } from './register-gate.ts';
import { revokeGate } from './revoke-gate.ts';

const time = z.iso.datetime();
const id = z.uuid();
const tags = ['sites'];

const gateSchema = z
  .object({
    id,
    siteId: id,
    name: z.string(),
    publicKey: z.string().openapi({ description: 'Ed25519, base64 of 32 bytes' }),
    createdAt: time,
    revokedAt: time.nullable(),
  })
  .openapi('Gate');

const registerRoute = createRoute({
  method: 'post',
  path: '/api/sites/{id}/gates',
  tags,
  summary: 'Register a gate of one of your sites',
  request: {
    params: z.object({ id }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ name: cleanLine(200), publicKey: z.string().min(1).max(100) }),
        },
      },
    },
  },
  responses: {
    201: jsonAnswer(
      'The gate with its secret for introspection; its id is the user name',
      gateSchema.extend({ secret: z.string().openapi({ description: 'Told this once' }) }),
    ),
    ...problemAnswers({
      401: 'sign-in-required',
      404: 'site-not-found',
      409: 'site-released, gate-site-unproven, gate-limit-reached',
      422: 'gate-key-invalid',
    }),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/sites/{id}/gates',
  tags,
  summary: 'The gates of one of your sites',
  request: { params: z.object({ id }) },
  responses: {
    200: jsonAnswer('Oldest first, also those switched off', z.object({ gates: z.array(gateSchema) })),
    ...problemAnswers({ 401: 'sign-in-required', 404: 'site-not-found' }),
  },
});

const revokeRoute = createRoute({
  method: 'delete',
  path: '/api/sites/{id}/gates/{gateId}',
  tags,
  summary: 'Switch a gate off; what it delivers afterwards is refused',
  request: { params: z.object({ id, gateId: id }) },
  responses: {
    204: { description: 'It is off' },
    ...problemAnswers({ 401: 'sign-in-required', 404: 'site-not-found, gate-not-found' }),
  },
});

/** `/api/sites/{id}/gates`: register, list, switch off. */
export function addGateRoutes(router: Router): void {
  router.openapi(registerRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const { gate, secret } = await registerGate(c.get('k'), {
      siteId: c.req.valid('param').id,
      partyId: party.id,
      actor: user.id,
      ...c.req.valid('json'),
    });
    return c.json({ ...gateJson(gate), secret }, 201);
  });
  router.openapi(listRoute, async (c) => {
    const party = await requireParty(c);
    const gates = await listGates(c.get('k'), { siteId: c.req.valid('param').id, partyId: party.id });
    return c.json({ gates: gates.map(gateJson) }, 200);
  });
  router.openapi(revokeRoute, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const { id: siteId, gateId } = c.req.valid('param');
    await revokeGate(c.get('k'), { siteId, partyId: party.id, gateId, actor: user.id });
    return c.body(null, 204);
  });
}

function gateJson(gate: Gate): z.infer<typeof gateSchema> {
  return {
    id: gate.id,
    siteId: gate.siteId,
    name: gate.name,
    publicKey: Buffer.from(gate.publicKey).toString('base64'),
    createdAt: gate.createdAt.toISOString(),
    revokedAt: gate.revokedAt?.toISOString() ?? null,
  };
}
