import { type Discovery, discoverLicenses, type FoundLicense } from './discover.ts';
import { readAsTerms } from './read-as-terms.ts';
import { findXmp, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';
import type { Asked } from './request-text.ts';
import type { FoundDocument } from './terms.ts';
import { rslMediaType } from './vocabulary.ts';

/** What is said in the answer to the address itself: links and scripts of a page, metadata of a file, a challenge's body. */
export function readPageBody(
  asked: Asked,
  kind: 'page' | 'challenge',
): Discovery & { readonly documents: readonly FoundDocument[] } {
  const { bytes, mediaType, at, finalUrl, validators, url } = asked;
  const base = { url, level: 'page', redirects: [], finalUrl, at, validators } as const;
  const nothing = { found: [], ignored: [] };
  if (mediaType === rslMediaType) {
    const channel = kind === 'challenge' ? 'challenge-body' : 'embedded';
    const read = readAsTerms(asked, bytes.length);
    return { ...nothing, documents: [{ ...base, channel, ...read, association: 'page' }] };
  }
  if (mediaType?.includes('html')) {
    const html = new TextDecoder().decode(bytes);
    const terms = readPage(html);
    const documents = terms
      .filter((one) => one.href === undefined)
      .map(({ document, issues, scope }): FoundDocument => {
        const state = document ? 'read' : 'unreadable';
        const read = { state, issues, scope, association: 'page' } as const;
        return { ...base, channel: 'html-script', ...read, ...(document && { document }) };
      });
    const { found, ignored } = discoverLicenses({ html }, '');
    const inElements = terms.flatMap(({ href, scope }): FoundLicense[] =>
      href !== undefined && scope.kind === 'element'
        ? [{ url: href, channel: 'html-link', raw: href, scope }]
        : [],
    );
    return { found: [...found, ...inElements], ignored, documents };
  }
  if (kind === 'challenge') return { ...nothing, documents: [] };
  const packet = mediaType?.endsWith('xml') ? bytes : findXmp(bytes);
  const { document, issues } = packet ? lintFile(packet) : { document: undefined, issues: [] };
  if (!document) return { ...nothing, documents: [] };
  const read = { state: 'read', document, issues, association: 'file' } as const;
  return { ...nothing, documents: [{ ...base, channel: 'embedded', ...read }] };
}
