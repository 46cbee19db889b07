import type { Router } from '../kernel/index.ts';

/** A browser without scripts: keeps cookies, sends forms, follows nothing by itself. */
export type Browser = {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Response>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** Any request as a program would send it, with the cookies. */
  send(path: string, init?: RequestInit): Promise<Response>;
};

/** Opens a browser on an instance made by `createApp`. */
export function openBrowser(app: Router, baseUrl = 'http://localhost:4000'): Browser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([n, v]) => `${n}=${v}`).join('; '));
    const response = await app.request(`${baseUrl}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    cookies,
    send,
    get: (path) => send(path, { headers: { Accept: 'text/html' } }),
    post: (path, fields = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          Accept: 'text/html',
          'Content-Type': 'application/x-www-form-urlencoded',
          Origin: baseUrl,
          'Sec-Fetch-Site': 'same-origin',
          ...headers,
        },
      }),
  };
}
