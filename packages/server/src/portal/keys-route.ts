import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, type Kernel, type Router } from '../kernel/index.ts';

// Anybody checks documents anywhere, also in the browser.
const OPEN = { 'Access-Control-Allow-Origin': '*' };

const keysRoute = createRoute({
  method: 'get',
  path: '/api/keys',
  tags: ['instance'],
  summary:
    'The verifier keys of what this instance signs, one a line; trust them only if you got the same elsewhere',
  description:
    'C2SP signed-note verifier keys: of licences and the match index (`…/licensing`), of figures, invoices and statements (`…/documents`), and of the log.',
  responses: {
    200: { description: 'Verifier keys', content: { 'text/plain': { schema: z.string() } } },
  },
});

/** What strangers check documents of this instance with. */
export function keysRoutes(keys: (k: Kernel) => Promise<readonly string[]>): Router {
  const router = createRouter();
  router.openapi(keysRoute, async (c) =>
    c.text(`${(await keys(c.get('k'))).join('\n')}\n`, 200, { 'Cache-Control': 'no-cache', ...OPEN }),
  );
  return router;
}
