import { publicJwk } from '@clearway/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { gateBundle } from '../gate-bundle.ts';
import { SIGNING_PURPOSE } from '../make-agreement.ts';
import { removalFeed } from '../removals.ts';
import { idParam, json, tags } from './parts.ts';

const OPEN = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
const jose = (description: string) => ({
  description,
  content: { 'application/jose': { schema: z.string() } },
});

const getBundle = createRoute({
  method: 'get',
  path: '/api/gates/{id}/bundle',
  tags,
  summary:
    'What the gates of a site decide by, signed; ask again with `If-None-Match`. `id` is that of the site',
  request: { params: idParam },
  responses: {
    200: jose('A compact JWS of type clearway-bundle-1'),
    304: { description: 'Nothing new' },
    ...problemAnswers({ 404: 'site-not-found', 409: 'site-not-ready', 503: 'instance-not-set-up' }),
  },
});

const getRemovals = createRoute({
  method: 'get',
  path: '/api/removals',
  tags,
  summary: 'Works that are no longer licensed anew, after a position; agreements that run keep their rights',
  request: {
    query: z.object({
      after: z
        .string()
        .regex(/^[0-9]{1,15}$/)
        .default('0'),
    }),
  },
  responses: {
    200: jose('A compact JWS of type clearway-removals-1'),
    ...problemAnswers({ 422: 'invalid-input' }),
  },
});

const getKeys = createRoute({
  method: 'get',
  path: '/api/licensing-keys',
  tags,
  summary: 'The keys that sign licences, tokens, bundles and the removal feed (RFC 7517)',
  responses: {
    200: json(
      'The key set',
      z.object({
        keys: z.array(
          z.object({
            kty: z.literal('OKP'),
            crv: z.literal('Ed25519'),
            x: z.string(),
            kid: z.string(),
            alg: z.literal('EdDSA'),
            use: z.literal('sig'),
          }),
        ),
      }),
    ),
  },
});

/** What gates, crawlers and verifiers fetch without an account. */
export function machineRoutes(): Router {
  const router = createRouter();
  router.openapi(getBundle, async (c) => {
    const { sealed, etag } = await gateBundle(c.get('k'), c.req.valid('param').id);
    const headers = { ETag: etag, 'Cache-Control': 'no-cache', ...OPEN };
    const known = (c.req.header('If-None-Match') ?? '')
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag)) return c.body(null, 304, headers);
    return c.body(sealed, 200, { ...headers, 'Content-Type': 'application/jose' });
  });
  router.openapi(getRemovals, async (c) => {
    const feed = await removalFeed(c.get('k'), Number(c.req.valid('query').after));
    return c.body(feed, 200, { 'Content-Type': 'application/jose', 'Cache-Control': 'no-cache', ...OPEN });
  });
  router.openapi(getKeys, async (c) => {
    const { kid, publicKey } = await c.get('k').keys.signing(SIGNING_PURPOSE);
    return c.json({ keys: [publicJwk(kid, publicKey)] }, 200, { 'Cache-Control': 'no-cache', ...OPEN });
  });
  return router;
}
