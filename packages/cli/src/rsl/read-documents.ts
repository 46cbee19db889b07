import { readFileSync } from 'node:fs';
import type { GuardedFetch } from '@clearway/net';
import { type IgnoredLicense, rslNamespace } from '@clearway/rsl';
import { gatherSources } from '@clearway/signals';
import { signalFetch } from '../web-fetch.ts';

/** A licence file and where it is from. */
export interface ReadDocument {
  readonly name: string;
  readonly text: string;
}

/** What was found, and pointers that count for nobody. */
export interface ReadDocuments {
  readonly documents: readonly ReadDocument[];
  readonly ignored: readonly IgnoredLicense[];
  /** The page, where one was asked for. */
  readonly page?: string;
}

/**
 * The licence files of a target: a file, `-` for standard input, the address of a licence file, or the address of a page or
 * site, whose pointers are followed (RSL 1.0 §4). Throws where there is none.
 */
export async function readDocuments(target: string, fetch: GuardedFetch): Promise<ReadDocuments> {
  if (!/^https?:\/\//i.test(target)) {
    const text = readFileSync(target === '-' ? 0 : target, 'utf8');
    return { documents: [{ name: target, text }], ignored: [] };
  }
  const answer = await fetch(target, { maxBytes: 5_000_000 });
  const text = new TextDecoder().decode(answer.body);
  const type = (answer.headers.get('content-type') ?? '').toLowerCase();
  // A feed or a page may hold RSL; what is nothing but RSL is the file itself.
  const isDocument =
    text.includes(rslNamespace) &&
    /<(?:\w+:)?rsl[\s>]/.test(text.slice(0, 2000)) &&
    !type.startsWith('text/html');
  if (isDocument && answer.status < 300) return { documents: [{ name: answer.url, text }], ignored: [] };
  const found = await gatherSources(signalFetch(fetch), target, new Date().toISOString());
  const documents = found.sources.filter(
    (one) => one.kind === 'rsl' && (one.status ?? 200) < 300 && one.status !== 0,
  );
  const missing = found.asked.filter((one) => one.kind === 'rsl' && (one.status ?? 0) !== 200);
  if (documents.length === 0) {
    const why = missing.map((one) => `${one.url} answers ${one.status ?? one.error}.`).join(' ');
    throw new Error(
      `No licence file is to be had from ${found.url}: ${why || 'robots.txt, headers and page name none.'}`,
    );
  }
  return {
    page: found.url,
    ignored: found.ignored,
    documents: documents.map((one) => ({
      name: one.url,
      text: new TextDecoder().decode(one.body as Uint8Array),
    })),
  };
}
