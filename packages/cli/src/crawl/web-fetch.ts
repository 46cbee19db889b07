import type { CrawlerFetch } from '@clearway/crawler';
import { createFetch } from '@clearway/net';

const NO_BODY = new Set([204, 205, 304]);

/**
 * The guarded fetch, as the crawler takes one: addresses come from pages of strangers, so private ones are refused.
 * `allowOrigins` is for tests and the selftest only.
 */
export function webFetch(maxBytes: number, allowOrigins: readonly string[] = []): CrawlerFetch {
  const guarded = createFetch({ allowOrigins, limits: { maxBytes, timeoutMs: 60_000 } });
  return async (url, { method, headers, body, redirect, signal }) => {
    const answer = await guarded(url, {
      method: method === 'POST' || method === 'HEAD' ? method : 'GET',
      headers: new Headers(headers),
      redirect: redirect === 'manual' ? 'manual' : 'follow',
      ...(typeof body === 'string' && { body }),
      ...(signal && { signal }),
    });
    const shown = new Headers(answer.headers);
    // These speak of what travelled, and the body is decoded.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) shown.delete(name);
    const content = NO_BODY.has(answer.status) ? null : new Uint8Array(answer.body);
    return new Response(content, { status: answer.status, headers: shown });
  };
}
