import { createFetch, type GuardedFetch, NetError } from '@clearway/net';
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
