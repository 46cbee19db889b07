import { createFetch, type GuardedFetch, NetError } from '@clearway/net';
import type { TermsClient } from '@clearway/rsl/find';
import type { SignalFetch } from '@clearway/signals';

/** The fetch of the commands that look at sites; tests may look at their own machine. */
export function siteFetch(allowOrigins: readonly string[] = []): GuardedFetch {
  return createFetch({ userAgent: 'Clearway-Check/0.1', allowOrigins });
}

/** The guarded fetch as the readers want it: that nobody answers is an answer too. */
export function signalFetch(fetch: GuardedFetch): SignalFetch {
  return async (url, { maxBytes }) => {
    try {
      return await fetch(url, { maxBytes });
    } catch (error) {
      if (error instanceof NetError) return { error: error.code };
      throw error;
    }
  };
}

/**
 * The guarded fetch as the reader of terms wants it, which goes from redirect to redirect by itself. Plain http is read
 * from the site that is looked at, where that has nothing else.
 */
export function termsClient(fetch: GuardedFetch, now: () => number, site: string): TermsClient {
  return {
    now,
    allowHttp: ({ origin }) => site.startsWith(`${origin}/`),
    // The guarded fetch refuses what may not be asked, at every step.
    mayFetch: () => true,
    async fetch(url, { method, headers, signal }) {
      const init = { method, headers, redirect: 'manual', ...(signal && { signal }) } as const;
      const { status, headers: said, body } = await fetch(url, init);
      const isEmpty = status === 204 || status === 205 || status === 304;
      return new Response(isEmpty ? null : Uint8Array.from(body), { status, headers: said });
    },
  };
}
