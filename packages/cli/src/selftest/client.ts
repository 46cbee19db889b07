import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** An answer as the selftest looks at it. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
};

/** One person's browser or program: cookies are kept, redirects are followed like a browser does. */
export type Client = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Downloads a file. */
  bytes(path: string): Promise<Uint8Array>;
  /** Posts a form as a page would. */
  form(path: string, fields: Record<string, string | readonly string[]>): Promise<Answer>;
  /** Posts a form with a file. */
  upload(
    path: string,
    fields: Record<string, string>,
    file: { field: string; path: string; mediaType: string },
  ): Promise<Answer>;
  /** Sends JSON; each call carries an Idempotency-Key of its own unless one is given. */
  json(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, key?: string): Promise<Answer>;
  /** Sends a body of another type, with an Idempotency-Key of its own. */
  body(method: 'POST' | 'PUT', path: string, body: string, type: string, key?: string): Promise<Answer>;
  /** Forgets who it is. */
  forget(): void;
};

const PAGE = 'text/html,application/xhtml+xml';

/** A client of an instance. `name` stands in its Idempotency-Keys only. */
export function createClient(base: string, name: string): Client {
  const cookies = new Map<string, string>();
  let requests = 0;

  async function send(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | FormData } = {},
  ): Promise<Answer> {
    let url = new URL(path, base);
    let next: { method: string; body?: string | FormData | undefined } = { method, body: init.body };
    for (let hop = 0; hop < 5; hop++) {
      const headers = new Headers(init.headers);
      if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([k, v]) => `${k}=${v}`).join('; '));
      if (next.method !== 'GET') headers.set('Origin', url.origin);
      const response = await fetch(url, {
        method: next.method,
        headers,
        redirect: 'manual',
        ...(next.body === undefined ? {} : { body: next.body }),
      });
      for (const cookie of response.headers.getSetCookie()) remember(cookie);
      const location = response.headers.get('Location');
      if (response.status < 300 || response.status >= 400 || !location) {
        const text = await response.text();
        return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
      }
      await response.arrayBuffer();
      url = new URL(location, url);
      next = { method: 'GET' };
      if (init.headers?.['Content-Type']) delete init.headers['Content-Type'];
    }
    throw new Error(`${method} ${path}: more than 5 redirects`);
  }

  function remember(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const [key = '', value = ''] = pair.split('=');
    const gone = attributes.some((a) => /^\s*max-age=0$/i.test(a));
    if (gone || value === '') cookies.delete(key.trim());
    else cookies.set(key.trim(), value.trim());
  }

  return {
    async bytes(path) {
      const cookie = [...cookies].map(([k, v]) => `${k}=${v}`).join('; ');
      const response = await fetch(new URL(path, base), { headers: { Cookie: cookie } });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    get: (path, headers) => send('GET', path, { headers: { Accept: PAGE, ...headers } }),
    form(path, fields) {
      const body = new URLSearchParams();
      for (const [key, value] of Object.entries(fields)) {
        for (const one of typeof value === 'string' ? [value] : value) body.append(key, one);
      }
      return send('POST', path, {
        headers: { Accept: PAGE, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
    upload(path, fields, file) {
      const body = new FormData();
      for (const [key, value] of Object.entries(fields)) body.append(key, value);
      body.append(
        file.field,
        new File([new Uint8Array(readFileSync(file.path))], basename(file.path), { type: file.mediaType }),
      );
      return send('POST', path, { headers: { Accept: 'application/json' }, body });
    },
    json: (method, path, body, key = `selftest-${name}-${requests++}`) =>
      send(method, path, {
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(body),
      }),
    body: (method, path, body, type, key = `selftest-${name}-${requests++}`) =>
      send(method, path, {
        headers: { Accept: 'application/json', 'Content-Type': type, 'Idempotency-Key': key },
        body,
      }),
    forget: () => cookies.clear(),
  };
}
