import { sha256, toHex, utf8 } from '@clearway/protocol';
import {
  parse,
  parseRobots,
  type Robots,
  type RslDocument,
  robotsLimitBytes,
  rslMediaType,
} from '@clearway/rsl';
import { badStatus, dropBody, type Net, readBody, send } from './net.ts';
import { Stop } from './result.ts';

/** A document that was found, or why it could not be read. */
export type TermsDocument = {
  readonly url: string;
  readonly text: string;
  readonly sha256: string;
  /** Undefined when the text is no RSL. */
  readonly document: RslDocument | undefined;
};

export type SiteRobots = { readonly text: string; readonly robots: Robots };

/** What sites say, kept for a while; `fresh` asks again. */
export type SiteReader = {
  robotsOf(origin: string, fresh: boolean): Promise<SiteRobots>;
  /** Undefined when nobody answers with a document. */
  documentAt(url: string, fresh: boolean): Promise<TermsDocument | undefined>;
};

const DOCUMENT_LIMIT = 1024 * 1024;

export function createSiteReader(net: Net, now: () => number, keepMs: number): SiteReader {
  const robots = createCache((origin) => readRobots(net, origin), now, keepMs);
  const documents = createCache((url) => readDocument(net, url), now, keepMs);
  return { robotsOf: robots, documentAt: documents };
}

/** Reads a text as terms; a body that came with a 401 or 402 is one as well (RSL 1.0 §4.10). */
export async function asTerms(url: string, body: Uint8Array): Promise<TermsDocument> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { url, text: '', sha256: toHex(await sha256(body)), document: undefined };
  }
  return { url, text, sha256: toHex(await sha256(utf8(text))), document: parse(text).document };
}

/** RFC 9309 §2.3.1: what is not there forbids nothing; what cannot be reached forbids everything. */
async function readRobots(net: Net, origin: string): Promise<SiteRobots> {
  const response = await send(net, `${origin}/robots.txt`, { redirect: 'follow' });
  const { status } = response;
  if (status === 429 || status >= 500) {
    await dropBody(response);
    throw badStatus(response, `${origin}/robots.txt`);
  }
  if (status < 200 || status >= 300) {
    await dropBody(response);
    return { text: '', robots: parseRobots('') };
  }
  const body = await readBody(response, robotsLimitBytes * 4);
  if (!body) {
    const detail = `${origin}/robots.txt is too long to be read.`;
    throw new Stop({ state: 'unreachable', reason: 'too-large', detail });
  }
  const text = new TextDecoder().decode(body);
  return { text, robots: parseRobots(text) };
}

async function readDocument(net: Net, url: string): Promise<TermsDocument | undefined> {
  try {
    const response = await send(net, url, { redirect: 'follow', headers: { Accept: rslMediaType } });
    const body = response.ok ? await readBody(response, DOCUMENT_LIMIT) : undefined;
    if (!response.ok) await dropBody(response);
    return body && (await asTerms(url, body));
  } catch (error) {
    // Terms that cannot be read are no terms: the caller says so.
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

/** Keeps answers; of many questions at once one is asked. Failures are not kept. */
function createCache<T>(read: (key: string) => Promise<T>, now: () => number, keepMs: number) {
  const kept = new Map<string, { at: number; value: Promise<T> }>();
  return (key: string, fresh: boolean): Promise<T> => {
    const known = kept.get(key);
    if (known && !fresh && now() - known.at < keepMs) return known.value;
    const entry = { at: now(), value: read(key) };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    entry.value.then(
      (value) => {
        if (value === undefined && kept.get(key) === entry) kept.delete(key);
      },
      () => {
        if (kept.get(key) === entry) kept.delete(key);
      },
    );
    return entry.value;
  };
}

const MOST_KEPT = 10_000;
