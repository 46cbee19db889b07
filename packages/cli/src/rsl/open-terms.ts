import { lint, lintFeed, type RslDocument } from '@clearway/rsl';
import { readTermsInside, type TermsInside } from '@clearway/rsl/find';
import type { ReadDocument } from './read-documents.ts';

/** Where a file without an address is thought to lie. */
const nowhere = 'https://site.invalid/';

/** RSL in what was read, and the address to ask it about where nobody names one. */
export interface OpenedTerms {
  readonly terms: TermsInside;
  readonly about: string | undefined;
}

/** How a file is published, as far as it shows: a document of its own unless it is clearly something else. */
export function kindOf({ name, body }: ReadDocument): 'site' | 'page' | 'feed' | 'file' {
  const inside = readTermsInside(body, { url: homeOf(name, body) });
  const sure = inside.find((one) => one.document !== undefined || one.association === 'page');
  return sure?.association ?? 'site';
}

/** The documents in a file, none where there is nothing to read. */
export function documentsIn({ name, body }: ReadDocument): RslDocument[] {
  return readTermsInside(body, { url: homeOf(name, body) }).flatMap((one) => one.document ?? []);
}

/** Everything RSL in a file: a document or a feed, the scripts of a page, metadata. Throws where there is none to read. */
export function openTerms({ name, body }: ReadDocument): OpenedTerms[] {
  const found = readTermsInside(body, { url: homeOf(name, body) });
  const readable = found.filter((one) => one.document);
  if (readable.length === 0) {
    const [issue] = found[0]?.issues ?? lint(body).issues;
    throw new Error(issue?.message ?? 'This is no RSL.');
  }
  return readable.map((one): OpenedTerms => {
    // A document of its own is asked as the site that names it would be.
    if (one.association === 'site') return { terms: { ...one, channel: 'robots-global' }, about: undefined };
    const urls = one.document?.contents.flatMap(({ url }) => url ?? []) ?? [];
    const about = one.association === 'feed' ? urls[0]?.replace(/\$$/, '') : urls.find(isAddress);
    return { terms: one, about };
  });
}

/** A feed speaks of its own site only; that of a file on a disk is the one its first item names. */
function homeOf(name: string, body: Uint8Array): string {
  if (isAddress(name)) return name;
  const addresses = lintFeed(body).items.flatMap(({ link, document }) => [
    ...document.contents.flatMap((one) => one.url ?? []),
    ...(link === undefined ? [] : [link]),
  ]);
  return addresses.find(isAddress) ?? nowhere;
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
