import type { GuardedFetch } from '@clearway/net';

type Answer = (request: Request) => Response | Promise<Response>;

/**
 * On a machine of one's own the instance lies at a loopback address, which the guarded fetch refuses. Its own public
 * pages are then asked for inside the process, without a connection; everything else stays guarded.
 */
export function withOwnOrigin(
  outside: GuardedFetch,
  baseUrl: string,
  answer: () => Answer | undefined,
): GuardedFetch {
  const own = new URL(baseUrl);
  if (own.hostname !== 'localhost') return outside;
  return async (url, init = {}) => {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    const inside = answer();
    if (target?.origin !== own.origin || !inside) return outside(url, init);
    const headers = new Headers(init.headers);
    if (init.accept) headers.set('Accept', init.accept);
    const method = init.method ?? 'GET';
    const response = await inside(
      new Request(target, {
        method,
        headers,
        body: (init.body as string | Uint8Array<ArrayBuffer> | undefined) ?? null,
      }),
    );
    const body = new Uint8Array(await response.arrayBuffer());
    return {
      url: target.href,
      status: response.status,
      headers: response.headers,
      lines: [...response.headers],
      body,
      redirects: [],
      address: '127.0.0.1',
    };
  };
}
