import { readAsTerms } from './read-as-terms.ts';
import { findXmp, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';
import type { FoundDocument } from './terms.ts';
import { rslMediaType, rslNamespace } from './vocabulary.ts';

/** RSL that stands in something, or is it; {@link evaluateFound} asks it. */
export type TermsInside = Pick<
  FoundDocument,
  'channel' | 'state' | 'document' | 'association' | 'scope' | 'issues'
>;

/** What is known of a body. */
export interface InsideOf {
  /** The absolute address they came from. */
  readonly url: string;
  /** Without parameters, in lower case; where it is not known, what they look like counts. */
  readonly mediaType?: string | undefined;
}

/**
 * Reads RSL wherever it can stand: a document of its own or a feed under any media type (RSL 1.0 §2.2, §4.7), scripts of a page
 * with the part of it they speak of (§4.6.2), the metadata of a file (§4.8; the first XMP packet of one that is no XML). What
 * is meant to be RSL and cannot be read has a `state` and no document. Empty where there is none. Never throws.
 *
 * @example
 * ```ts
 * import { evaluateFound, readTermsInside } from '@clearway/rsl/find';
 *
 * const url = 'https://example.org/a';
 * const page = `<head><script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="">
 *   <license><prohibits type="usage">all</prohibits></license></content></rsl></script></head>`;
 * const [inside] = readTermsInside(page, { url, mediaType: 'text/html' });
 * evaluateFound(inside, url, { usage: 'search' }).outcome // => 'not-licensed'
 * ```
 */
export function readTermsInside(body: Uint8Array | string, { url, mediaType }: InsideOf): TermsInside[] {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const says = mediaType === rslMediaType;
  if (!says && !text.includes(rslNamespace) && !text.includes(rslMediaType)) return [];
  if (says || isMarkup(text)) {
    const read = readAsTerms(
      { bytes, complete: true, mediaType: mediaType ?? rslMediaType, url },
      bytes.length,
    );
    if (says || read.document) return [{ channel: 'embedded', ...read }];
  }
  const scripts = mediaType?.includes('html') === false ? [] : scriptsOf(text);
  if (scripts.length > 0 || mediaType?.includes('html')) return scripts;
  const isXml = mediaType?.endsWith('xml') ?? (isMarkup(text) && !text.includes('<x:xmpmeta'));
  const packet = isXml ? bytes : findXmp(bytes);
  const { document, issues } = packet ? lintFile(packet) : { document: undefined, issues: [] };
  // Whoever names the namespace means to say something: what is broken is not silence.
  const meant = packet && new TextDecoder().decode(packet).includes(rslNamespace);
  if (document) return [{ channel: 'embedded', state: 'read', document, issues, association: 'file' }];
  return meant && issues.length > 0
    ? [{ channel: 'embedded', state: 'unreadable', issues, association: 'file' }]
    : [];
}

function scriptsOf(html: string): TermsInside[] {
  return readPage(html)
    .filter((one) => one.href === undefined)
    .map(({ document, issues, scope }) => {
      const state = document ? 'read' : 'unreadable';
      const read = { state, issues, scope, association: 'page' } as const;
      return { channel: 'html-script', ...read, ...(document && { document }) };
    });
}

function isMarkup(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}
