import { type Discovery, discoverLicenses } from './discover.ts';
import { readAsTerms } from './read-as-terms.ts';
import { findXmp, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';
import type { Asked } from './request-text.ts';
import type { FoundDocument } from './terms.ts';
import { rslMediaType, rslNamespace } from './vocabulary.ts';

type Said = Discovery & { readonly documents: readonly FoundDocument[] };

/** What is said in the answer to the address itself: links and scripts of a page, metadata of a file, a challenge's body. */
export function readPageBody(asked: Asked, kind: 'page' | 'challenge'): Said {
  const { bytes, mediaType, at, finalUrl, validators, url } = asked;
  const base = { url, level: 'page', redirects: [], finalUrl, at, validators } as const;
  const isHtml = mediaType?.includes('html') === true;
  function only(...documents: FoundDocument[]): Said {
    return { found: [], ignored: [], documents };
  }
  if (mediaType === rslMediaType || mentionsRsl(bytes)) {
    const channel = kind === 'challenge' ? 'challenge-body' : 'embedded';
    const read = readAsTerms(asked, bytes.length);
    // The namespace says what it is, whatever the type (RSL 1.0 §2.2): something that is only a page is not meant.
    const lost = kind === 'challenge' && !isHtml && read.state !== 'not-rsl';
    if (mediaType === rslMediaType || read.association === 'site' || lost) {
      return only({ ...base, channel, ...read, association: 'page' });
    }
  }
  if (isHtml) {
    const html = new TextDecoder().decode(bytes);
    const documents = readPage(html)
      .filter((one) => one.href === undefined)
      .map(({ document, issues, scope }): FoundDocument => {
        const state = document ? 'read' : 'unreadable';
        const read = { state, issues, scope, association: 'page' } as const;
        return { ...base, channel: 'html-script', ...read, ...(document && { document }) };
      });
    return { ...discoverLicenses({ html }, ''), documents };
  }
  if (kind === 'challenge') return only();
  const packet = mediaType?.endsWith('xml') ? bytes : findXmp(bytes);
  const { document, issues } = packet ? lintFile(packet) : { document: undefined, issues: [] };
  if (!document) return only();
  return only({ ...base, channel: 'embedded', state: 'read', document, issues, association: 'file' });
}

function mentionsRsl(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).includes(rslNamespace);
}
