import type { Association } from './model.ts';
import { lintFeed, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';
import { type ReadAll, type Repaired, repairBy } from './repair.ts';

/**
 * `repair` for RSL that stands in something else: the scripts of a page, the items of a feed, the metadata of a file of XML
 * (an XMP packet, the package document of an EPUB). Everything around it stays as it is, to the letter. Never throws.
 *
 * @example
 * ```ts
 * import { repairInside } from '@clearway/rsl/find';
 *
 * const page = `<body><p>Tom & Jerry<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl">
 *   <content url=""><license><prohibits type="usage">train-ai</prohibits></license></content></rsl></script>`;
 * const { text, choices } = repairInside(page, 'page');
 * text === page.replace('train-ai', 'ai-train') // => true
 * choices // => []
 * ```
 */
export function repairInside(text: string, place: Exclude<Association, 'site'>): Repaired {
  return repairBy(text, readers[place]);
}

const readers: Readonly<Record<Exclude<Association, 'site'>, (text: string) => ReadAll>> = {
  page(text) {
    const terms = readPage(text);
    return {
      documents: terms.flatMap((one) => one.document ?? []),
      issues: terms.flatMap((one) => one.issues),
    };
  },
  feed(text) {
    const { items, issues } = lintFeed(text);
    return { documents: items.map((one) => one.document), issues };
  },
  file(text) {
    const { document, issues } = lintFile(text);
    return { documents: document ? [document] : [], issues };
  },
};
