import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { createRouter, type Router } from '../kernel/index.ts';

const NAME = /^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:js|ts)$/;

type Served = { readonly body: string; readonly etag: string };

/**
 * Serves the modules of `@clearway/protocol` under `/modules/protocol/`, as they are: the page on which somebody checks a
 * statement runs the same code as the command line. Built modules are served as built; where the server itself runs from
 * TypeScript, their types are taken out on the way.
 */
export function browserModules(): Router {
  let root: string | undefined;
  const served = new Map<string, Served>();

  function find(name: string): Served | undefined {
    if (!NAME.test(name)) return undefined;
    const known = served.get(name);
    if (known) return known;
    root ??= dirname(createRequire(import.meta.url).resolve('@clearway/protocol'));
    const body = read(root, name);
    if (body === undefined) return undefined;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    served.set(name, { body, etag });
    return { body, etag };
  }

  const router = createRouter();
  router.get('/modules/protocol/:name{.+}', (c) => {
    const file = find(c.req.param('name'));
    if (!file) return c.notFound();
    const headers = {
      'Content-Type': 'text/javascript; charset=utf-8',
      ETag: file.etag,
      'Cache-Control': 'public, max-age=300',
    };
    if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304, headers);
    return c.body(file.body, 200, headers);
  });
  return router;
}

function read(root: string, name: string): string | undefined {
  const path = join(root, name);
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.ts')
      ? stripTypeScriptTypes(text)
      : text.replace(/\n\/\/# sourceMappingURL=.*/, '');
  }
  const source = path.replace(/\.js$/, '.ts');
  return existsSync(source) ? stripTypeScriptTypes(readFileSync(source, 'utf8')) : undefined;
}
