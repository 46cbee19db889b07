import { readLimited } from '@clearway/rsl';
import { type Net, send } from './net.ts';

/** An answer as it came, to be given again. */
export type Kept = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array };

/** What sites say of their terms, kept for a while; `fresh` asks again. Throws Stop where nobody answers. */
export type SiteReader = (
  url: string,
  headers: Readonly<Record<string, string>>,
  fresh: boolean,
) => Promise<Kept>;

/** One byte more than is ever read of robots.txt or terms, so that what is longer can be told. */
const MOST_BYTES = 1024 * 1024 + 1;
const MOST_KEPT = 10_000;

/** Keeps answers; of many questions at once one is asked. Failures are not kept. */
export function createSiteReader(net: Net, now: () => number, keepMs: number): SiteReader {
  const kept = new Map<string, { at: number; value: Promise<Kept> }>();
  return (url, headers, fresh) => {
    const known = kept.get(url);
    if (known && !fresh && now() - known.at < keepMs) return known.value;
    const entry = { at: now(), value: read(net, url, headers) };
    kept.delete(url);
    kept.set(url, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const drop = () => {
      if (kept.get(url) === entry) kept.delete(url);
    };
    // That a robots.txt is missing is an answer too; that terms are may be mended soon.
    const missing = url.endsWith('/robots.txt') ? 500 : 400;
    entry.value.then(({ status }) => {
      if (status >= missing || status === 429) drop();
    }, drop);
    return entry.value;
  };
}

/** An answer once more. */
export function asResponse({ status, headers, bytes }: Kept): Response {
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Uint8Array.from(bytes), { status, headers });
}

async function read(net: Net, url: string, headers: Readonly<Record<string, string>>): Promise<Kept> {
  const response = await send(net, url, { headers });
  const { status, body } = response;
  const { bytes } = body ? await readLimited(body, MOST_BYTES) : { bytes: new Uint8Array() };
  return { status, headers: response.headers, bytes };
}
