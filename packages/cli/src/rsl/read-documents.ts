import { readFileSync } from 'node:fs';
import type { GuardedFetch } from '@clearway/net';
import type { IgnoredLicense } from '@clearway/rsl';
import type { ReviewIssue } from '@clearway/rsl/find';
import { gatherSources, rslIn } from '@clearway/signals';
import { signalFetch } from '../web-fetch.ts';

/** A file with RSL and where it is from. */
export interface ReadDocument {
  readonly name: string;
  /** The bytes as they came: what is no UTF-8 is no RSL. */
  readonly body: Uint8Array;
}

/** What was found, pointers that count for nobody, and what is to be mended in how it is served. */
export interface ReadDocuments {
  readonly documents: readonly ReadDocument[];
  readonly ignored: readonly IgnoredLicense[];
  readonly review: readonly ReviewIssue[];
  /** The page, where one was asked for. */
  readonly page?: string;
}

/**
 * The licence files of a target: a file, `-` for standard input, the address of a licence file or a feed, or the address of a
 * page or site, with its own terms and those it points to (RSL 1.0 §4). Throws where there is none.
 */
export async function readDocuments(target: string, fetch: GuardedFetch): Promise<ReadDocuments> {
  if (!isWebAddress(target)) {
    const body = new Uint8Array(readFileSync(target === '-' ? 0 : target));
    return { documents: [{ name: target, body }], ignored: [], review: [] };
  }
  const { url, sources, asked, ignored, review } = await gatherSources(
    signalFetch(fetch),
    target,
    new Date().toISOString(),
  );
  const read = sources.filter(({ status = 200 }) => status >= 200 && status < 300);
  const itself = read.find((one) => one.kind === 'rsl' && one.url === url);
  const holding = itself ? [itself] : read.filter((one) => one.kind === 'rsl' || rslIn(one).length > 0);
  const documents = holding.map(({ url: name, body }): ReadDocument => {
    return { name, body: typeof body === 'string' ? new TextEncoder().encode(body) : body };
  });
  // What is nothing but RSL is the file itself, whatever else its site names.
  if (itself) return { documents, ignored: [], review: [] };
  if (documents.length > 0) return { page: url, documents, ignored, review };
  const missing = asked.filter((one) => one.kind === 'rsl' && (one.status ?? 0) !== 200);
  const why = missing.map((one) => `${one.url} answers ${one.status ?? one.error}.`).join(' ');
  throw new Error(
    `No licence file is to be had from ${url}: ${why || 'robots.txt, headers and page name none.'}`,
  );
}

/** Whether a target of a command is one on the web. */
export function isWebAddress(target: string): boolean {
  return /^https?:\/\//i.test(target);
}
