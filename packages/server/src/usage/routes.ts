import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, failCommon, problemAnswers, type Router } from '../kernel/index.ts';
import { acceptSegment } from './accept-segment.ts';
import { addUsageRoutes } from './usage-routes.ts';

const tags = ['usage'];
const count = z.int().min(0);

const segmentSchema = z
  .object({
    gate: z.uuid(),
    segment: z.object({
      seq: z.int().min(1),
      sha256: z.string(),
      state: z.enum(['counted', 'waiting']),
      counted: count.openapi({ description: 'Records of it that count' }),
      faulty: count.openapi({ description: 'Records that are kept but count for nobody' }),
      receipts: z.array(z.int()).openapi({ description: 'Numbers of the receipts issued for it' }),
    }),
    countedTo: z
      .object({ segment: count, record: count })
      .openapi({ description: 'Up to here everything of this gate is counted and durable' }),
  })
  .openapi('SegmentAnswer');

const answer = (description: string) => ({
  description,
  content: { 'application/json': { schema: segmentSchema } },
});

const deliverRoute = createRoute({
  method: 'post',
  path: '/api/segments',
  tags,
  summary: 'Deliver a sealed usage segment of a gate; the same one again is answered again and counts once',
  request: {
    body: {
      required: true,
      description: 'A compact JWS of type clearway-segment-1, signed with the key of the gate',
      content: { 'application/jose': { schema: z.string() } },
    },
  },
  responses: {
    200: answer('It is counted, now or before'),
    202: answer('segment-gap: it is kept, and counts once the segments before it have arrived'),
    ...problemAnswers({
      403: 'segment-unknown-gate',
      409: 'segment-chain-broken, segment-too-far-ahead',
      422: 'segment-signature, segment-truncated, segment-malformed, segment-other-site',
    }),
  },
});

/** `/api/segments`: what gates deliver; `/api/usage`: what both sides read and licensees report. */
export function usageRoutes(): Router {
  const router = createRouter();
  router.openapi(deliverRoute, async (c) => {
    const [type = ''] = (c.req.header('Content-Type') ?? '').split(';');
    if (type.trim().toLowerCase() !== 'application/jose') throw failCommon('unsupported-media-type');
    const done = await acceptSegment(c.get('k'), await c.req.text());
    const body = { ...done, segment: { ...done.segment, receipts: [...done.segment.receipts] } };
    return done.segment.state === 'counted' ? c.json(body, 200) : c.json(body, 202);
  });
  addUsageRoutes(router);
  return router;
}
