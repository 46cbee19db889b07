import { webAddress } from './addresses.ts';
import { inOrder } from './issues.ts';
import { preparePath } from './match-path.ts';
import type { RslDocument } from './model.ts';
import { parse } from './parse.ts';
import { tooLarge } from './parse-stream.ts';
import { lintFeed } from './read-fragments.ts';
import type { Asked } from './request-text.ts';
import type { FoundDocument } from './terms.ts';
import { validate } from './validate.ts';
import { rslMediaType } from './vocabulary.ts';

type Read = Pick<FoundDocument, 'state' | 'issues' | 'document' | 'association'>;

/** What a good answer to the address of a document holds: RSL, a feed with RSL in it, or something else. */
export function readAsTerms(
  {
    bytes,
    complete,
    mediaType,
    url,
  }: Pick<Asked, 'bytes' | 'complete' | 'url'> & { readonly mediaType?: string },
  maxBytes: number,
): Read {
  if (!complete) return { state: 'too-large', issues: tooLarge(maxBytes).issues };
  const { document, issues } = parse(bytes);
  if (document) {
    const state = mediaType === rslMediaType ? 'read' : 'other-type';
    return { state, document, association: 'site', issues: inOrder([...issues, ...validate(document)]) };
  }
  const other = issues.some((one) => one.code === 'R2-not-rsl');
  const feed = other ? lintFeed(bytes, { origin: url }) : undefined;
  if (feed && feed.items.length > 0) {
    const state = mediaType?.endsWith('xml') ? 'read' : 'other-type';
    return { state, document: feedTerms(feed.items, url), association: 'feed', issues: feed.issues };
  }
  // A page begins with a DOCTYPE, or breaks a rule of XML, and is neither of the two to its author.
  const page = mediaType?.includes('html') || /^\s*<(!doctype html|html)/i.test(beginning(bytes));
  return { state: other || page ? 'not-rsl' : 'unreadable', issues };
}

function beginning(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 200)).replace('\uFEFF', '');
}

/** The items of a feed as one document of its site: each speaks of exactly the address it names (RSL 1.0 §4.7). */
function feedTerms(items: ReturnType<typeof lintFeed>['items'], origin: string): RslDocument {
  const [first] = items;
  const home = webAddress(origin)?.origin;
  const contents = items.flatMap(({ link, document }) =>
    document.contents.flatMap((content) => {
      const named = content.url || link || '';
      const address = URL.canParse(named, origin) ? new URL(named, origin) : undefined;
      if (!address || address.origin !== home) return [];
      return [{ ...content, url: `${preparePath(address.pathname + address.search)}$` }];
    }),
  );
  return { ...first!.document, contents };
}
