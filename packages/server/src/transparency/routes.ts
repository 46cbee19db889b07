import { toHex } from '@clearway/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, problemAnswers, type Router } from '../kernel/index.ts';
import { findProof } from './find-proof.ts';
import { fail } from './problems.ts';
import { currentCheckpoint, logVerifierKey } from './read-checkpoint.ts';
import { readTile } from './read-tile.ts';

/** The log is for everybody: pages of other sites may read it too. */
const OPEN = { 'Access-Control-Allow-Origin': '*' };
const FOR_EVER = 'public, max-age=31536000, immutable';

const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } });
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const checkpointRoute = createRoute({
  method: 'get',
  path: '/log/checkpoint',
  tags: ['log'],
  summary: 'The latest signed checkpoint (C2SP tlog-checkpoint)',
  responses: { 200: text('Signed note'), ...problemAnswers({ 404: 'log-empty' }) },
});

const keyRoute = createRoute({
  method: 'get',
  path: '/log/key',
  tags: ['log'],
  summary: "The log's verifier key (C2SP signed-note); trust it only if you got the same elsewhere",
  responses: { 200: text('Verifier key') },
});

const tileRoute = createRoute({
  method: 'get',
  path: '/log/tile/{path}',
  tags: ['log'],
  summary: 'A hash tile or, below `entries/`, a bundle of entries (C2SP tlog-tiles); never changes',
  request: {
    params: z.object({
      path: z
        .string()
        .max(100)
        .openapi({ description: 'e.g. `0/000`, `1/000.p/7`, `entries/x001/067`; holds slashes' }),
    }),
  },
  responses: {
    200: {
      description: 'Hashes of 32 bytes, or entries with their length in front',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problemAnswers({ 404: 'log-tile-unknown' }),
  },
});

const proofSchema = z
  .object({
    leaf: z.object({ type: z.string(), commitment: hex }),
    index: z.number().int().nullable().openapi({ description: 'Null while the entry waits, under a second' }),
    size: z.number().int().nullable(),
    inclusionProof: z.array(hex),
    checkpoint: z.string().nullable(),
  })
  .openapi('InclusionProof');

const proofRoute = createRoute({
  method: 'get',
  path: '/api/log/proof/{leafId}',
  tags: ['log'],
  summary: 'Proof that an entry is in the log of the latest checkpoint; shows no record',
  request: { params: z.object({ leafId: z.string().max(100) }) },
  responses: {
    200: { description: 'The proof', content: { 'application/json': { schema: proofSchema } } },
    ...problemAnswers({ 404: 'log-entry-unknown' }),
  },
});

/** The public log for programs. */
export function transparencyRoutes(): Router {
  const router = createRouter();
  router.openapi(checkpointRoute, async (c) => {
    const checkpoint = await currentCheckpoint(c.get('k'));
    if (!checkpoint) throw fail('log-empty');
    return c.text(checkpoint.note, 200, { 'Cache-Control': 'no-cache', ...OPEN });
  });
  router.openapi(keyRoute, async (c) =>
    c.text(`${await logVerifierKey(c.get('k'))}\n`, 200, {
      'Cache-Control': 'no-cache',
      ...OPEN,
    }),
  );
  // OpenAPI has no parameter with slashes, so the route that answers is written beside the one that documents.
  router.openAPIRegistry.registerPath(tileRoute);
  router.get('/log/tile/:path{.+}', async (c) => {
    const bytes = await readTile(c.get('k'), c.req.path.slice('/log/'.length));
    if (!bytes) throw fail('log-tile-unknown', { detail: c.req.path });
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': FOR_EVER,
      ...OPEN,
    });
  });
  router.openapi(proofRoute, async (c) => {
    const found = await findProof(c.get('k'), c.req.valid('param').leafId);
    if (!found) throw fail('log-entry-unknown');
    const { type, commitment, index = null, size = null, inclusionProof, checkpoint = null } = found;
    const proof = inclusionProof.map(toHex);
    return c.json({ leaf: { type, commitment }, index, size, inclusionProof: proof, checkpoint }, 200, OPEN);
  });
  return router;
}
