import { Stop } from './result.ts';

/** The one thing that touches the network. The global `fetch` fits; so does one that guards against private addresses. */
export type CrawlerFetch = (url: string, init: RequestInit) => Promise<Response>;

export type Net = {
  readonly fetch: CrawlerFetch;
  readonly userAgent: string;
  readonly timeoutMs: number;
};

/** Sends a request as this agent. Throws Stop `unreachable` when there is no answer. */
export async function send(net: Net, url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('User-Agent', net.userAgent);
  try {
    const signal = AbortSignal.timeout(net.timeoutMs);
    return await net.fetch(url, { redirect: 'manual', ...init, headers, signal });
  } catch (error) {
    throw new Stop(noAnswer(url, error));
  }
}

/** Reads a body to its end; undefined when it is longer than allowed. Throws Stop `unreachable` when it breaks off. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      size += next.value.byteLength;
      if (size > maxBytes) {
        await reader?.cancel();
        return undefined;
      }
      chunks.push(next.value);
    }
  } catch (error) {
    throw new Stop(noAnswer(response.url, error));
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

/** Lets go of a body nobody reads, so that its connection is free again. */
export async function dropBody(response: Response): Promise<void> {
  // A connection that broke meanwhile is let go as well.
  await response.body?.cancel().catch(() => undefined);
}

/** An `unreachable` for a status that is neither content nor a word about licenses. */
export function badStatus(response: Response, what: string): Stop {
  const after = response.headers.get('Retry-After') ?? '';
  return new Stop({
    state: 'unreachable',
    reason: 'status',
    detail: `${what} answered ${response.status}.`,
    status: response.status,
    ...(/^[0-9]{1,9}$/.test(after) && { retryAfterS: Number(after) }),
  });
}

function noAnswer(url: string, error: unknown): Stop['result'] {
  const why = error instanceof Error ? error.message : String(error);
  return { state: 'unreachable', reason: 'network', detail: `${url}: ${why}`.slice(0, 500) };
}
