import { type FetchResult, NetError } from '@clearway/net';
import type { Kernel } from '../kernel/index.ts';

/** One thing that was asked for. */
export type Fetched = {
  readonly what: 'page' | 'robots' | 'tdmrep' | 'license';
  readonly url: string;
  /** Undefined where nobody answered. */
  readonly status: number | undefined;
  /** Code of the network error. */
  readonly error: string | undefined;
  readonly mediaType: string | undefined;
  /** The `Link` header. */
  readonly link: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** Only of a success. */
  readonly text: string | undefined;
};

const MAX_BYTES = 1_000_000;
const TIMEOUT_MS = 8_000;

/** Fetches a text as a crawler without a licence would; whatever goes wrong is part of the answer. */
export async function fetchText(k: Kernel, what: Fetched['what'], url: string): Promise<Fetched> {
  try {
    return toFetched(what, url, await k.fetch(url, { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS }));
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return {
      what,
      url,
      status: undefined,
      error: error.code,
      mediaType: undefined,
      link: undefined,
      headers: undefined,
      text: undefined,
    };
  }
}

function toFetched(what: Fetched['what'], url: string, result: FetchResult): Fetched {
  const success = result.status >= 200 && result.status < 300;
  return {
    what,
    url,
    status: result.status,
    error: undefined,
    mediaType: result.headers.get('content-type') ?? undefined,
    link: result.headers.get('link') ?? undefined,
    headers: Object.fromEntries([...result.headers].map(([name, value]) => [name.toLowerCase(), value])),
    text: success ? new TextDecoder().decode(result.body) : undefined,
  };
}
