import { type Discovery, discoverLicenses } from './discover.ts';
import { readTermsInside } from './read-terms-inside.ts';
import type { Asked } from './request-text.ts';
import type { FoundDocument } from './terms.ts';

/** What is said in the answer to the address itself: links and scripts of a page, metadata of a file, a challenge's body. */
export function readPageBody(
  asked: Asked,
  kind: 'page' | 'challenge',
): Discovery & { readonly documents: readonly FoundDocument[] } {
  const { bytes, mediaType = '', at, finalUrl, validators, url } = asked;
  const base = { url, level: 'page', redirects: [], finalUrl, at, validators } as const;
  const inside = readTermsInside(bytes, { url, mediaType });
  const documents = inside.map((one): FoundDocument => {
    const isScript = one.channel === 'html-script';
    const place = kind === 'challenge' && !isScript ? ({ channel: 'challenge-body' } as const) : {};
    // What is not the metadata of a file stands for the address it came from.
    const association = one.association === 'file' ? 'file' : 'page';
    return { ...base, ...one, ...place, association };
  });
  if (!mediaType.includes('html')) return { found: [], ignored: [], documents };
  return { ...discoverLicenses({ html: new TextDecoder().decode(bytes) }, ''), documents };
}
