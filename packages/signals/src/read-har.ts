import { isTime } from './is-time.ts';
import { isMediaType, licenseAddresses, type Seen, sourcesOf } from './named-sources.ts';
import type { SignalSource } from './source.ts';

/**
 * The sources in an HTTP archive (HAR 1.2), as a browser or a crawler has kept it: the page `url` (by default the first
 * that answered with HTML), and of the same origin robots.txt, `ai.txt` and the TDMRep file, and the RSL documents and
 * policies they name. What the archive does not hold is not asked for. Throws TypeError when it is no archive, holds no such page,
 * or an answer whose time or body cannot be read: left out, it could have been the one that refuses.
 *
 * @example
 * ```ts
 * import { readHar } from '@clearway/signals';
 *
 * const response = { status: 200, headers: [{ name: 'tdm-reservation', value: '1' }], content: { mimeType: 'text/html', text: '' } };
 * const entry = { startedDateTime: '2026-11-22T00:00:00Z', request: { url: 'https://a.example/' }, response };
 * const { sources } = await readHar(JSON.stringify({ log: { entries: [entry] } }));
 * sources.map((one) => one.kind) // => ['headers', 'html']
 * ```
 */
export async function readHar(
  text: string,
  url?: string,
): Promise<{ readonly url: string; readonly sources: readonly SignalSource[] }> {
  const entries = entriesOf(text);
  const wanted = url === undefined ? undefined : new URL(url).href;
  const page = entries.find((one) =>
    wanted === undefined ? one.status < 300 && isMediaType(one, 'text/html') : one.url === wanted,
  );
  if (!page) throw new TypeError(`The archive holds no answer for ${wanted ?? 'a page'}.`);
  const byUrl = new Map(entries.toReversed().map((one) => [one.url, one]));
  const { origin } = new URL(page.url);
  const sources = await sourcesOf(page);
  for (const [kind, path] of wellKnown) {
    const found = byUrl.get(`${origin}${path}`);
    if (found) sources.push({ kind, url: found.url, at: found.at, status: found.status, body: found.body });
  }
  for (const { kind, url: address } of licenseAddresses(page, sources)) {
    const found = byUrl.get(new URL(address).href);
    if (found) sources.push({ kind, url: address, at: found.at, status: found.status, body: found.body });
  }
  return { url: page.url, sources };
}

/** What a site can have at a fixed place. */
export const wellKnown = [
  ['robots', '/robots.txt'],
  ['tdmrep', '/.well-known/tdmrep.json'],
  ['ai-txt', '/ai.txt'],
] as const;

function entriesOf(text: string): Seen[] {
  const entries = field(field(jsonOf(text), 'log'), 'entries');
  if (!Array.isArray(entries)) throw new TypeError('This is no HTTP archive: it has no log.entries.');
  return entries.flatMap((entry: unknown): Seen[] => {
    const [request, response] = [field(entry, 'request'), field(entry, 'response')];
    const [url, at] = [field(request, 'url'), field(entry, 'startedDateTime')];
    const status = field(response, 'status');
    if (typeof url !== 'string' || !URL.canParse(url) || typeof at !== 'string') return [];
    if (typeof status !== 'number') return [];
    if (!isTime(at)) throw new TypeError(`The archive gives no time as in RFC 3339 for ${url}.`);
    return [{ url: new URL(url).href, at, status, headers: headersOf(response), body: bodyOf(response) }];
  });
}

function headersOf(response: unknown): [string, string][] {
  const list = field(response, 'headers');
  return (Array.isArray(list) ? list : []).flatMap((one: unknown): [string, string][] => {
    const [name, value] = [field(one, 'name'), field(one, 'value')];
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
}

function bodyOf(response: unknown): Uint8Array {
  const content = field(response, 'content');
  const text = field(content, 'text');
  if (typeof text !== 'string') return new Uint8Array();
  if (field(content, 'encoding') !== 'base64') return new TextEncoder().encode(text);
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new TypeError('The archive holds a body that is no base64, though it says so.');
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new TypeError('This is no HTTP archive: it is no JSON.');
    throw error;
  }
}
