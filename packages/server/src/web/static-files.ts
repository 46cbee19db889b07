import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRouter, type Router } from '../kernel/index.ts';

const TYPES: { readonly [ending: string]: string } = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** What partners' pages load from here. */
const FOR_OTHERS = new Set(['widget.js']);

/** Serves the instance's own style sheet and scripts; read once at the start, only these names exist. */
export function staticFiles(): Router {
  const directory = new URL('./static/', import.meta.url);
  const files = new Map(
    readdirSync(directory).map((name) => {
      const body = readFileSync(new URL(name, directory));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      return [
        name,
        {
          body: new Uint8Array(body),
          etag,
          type: TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream',
        },
      ];
    }),
  );
  const router = createRouter();
  router.get('/static/:name', (c) => {
    const file = files.get(c.req.param('name'));
    if (!file) return c.notFound();
    const headers = {
      'Content-Type': file.type,
      ETag: file.etag,
      'Cache-Control': 'public, max-age=300',
      ...(FOR_OTHERS.has(c.req.param('name')) ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
    };
    if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304, headers);
    return c.body(file.body, 200, headers);
  });
  return router;
}
