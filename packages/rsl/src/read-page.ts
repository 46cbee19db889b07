import { webAddress } from './addresses.ts';
import { type Issue, inOrder } from './issues.ts';
import type { RslDocument } from './model.ts';
import { parse } from './parse.ts';
import { type PageScope, type PageTag, scanPage } from './scan-page.ts';
import { validate } from './validate.ts';
import { rslMediaType } from './vocabulary.ts';

/** Terms written into a page, or a pointer to them, and the part of the page they speak of. */
export interface PageTerms {
  readonly scope: PageScope;
  /** Of a script: what it says; undefined when it cannot be read. */
  readonly document?: RslDocument;
  /** Of a link: the absolute address of the document. */
  readonly href?: string;
  /** Where the element begins in the page. */
  readonly offset: number;
  /** Positions are those in the page. */
  readonly issues: readonly Issue[];
}

/** More scripts than this are left unread: an honest page has one. */
const scriptLimit = 20;

/**
 * Reads the terms in a page, RSL 1.0 §4.6: `link rel="license"` of the RSL type with an absolute address, and inline
 * `script type="application/rsl+xml"` with exactly one content. Either speaks of the element it stands in with all below
 * it; in `head` it speaks of the whole page. Never throws.
 *
 * @example
 * ```ts
 * import { readPage } from '@clearway/rsl';
 *
 * const [terms] = readPage(`<body><article id="a"><script type="application/rsl+xml">
 *   <rsl xmlns="https://rslstandard.org/rsl"><content url=""><license>
 *   <prohibits type="usage">all</prohibits></license></content></rsl></script></article></body>`);
 * terms.scope.id // => 'a'
 * terms.issues // => []
 * ```
 */
export function readPage(html: string): PageTerms[] {
  let scripts = 0;
  return scanPage(html).flatMap((tag): PageTerms[] => {
    if (essence(tag.attributes.type) !== rslMediaType) return [];
    const { scope, offset } = tag;
    if (tag.name === 'script') {
      scripts += 1;
      return scripts > scriptLimit ? [] : [{ scope, offset, ...readScript(html, tag) }];
    }
    const words = (tag.attributes.rel ?? '').toLowerCase().split(/\s/);
    const href = (tag.attributes.href ?? '').trim();
    return words.includes('license') && webAddress(href) ? [{ scope, offset, href, issues: [] }] : [];
  });
}

function readScript(html: string, { text }: PageTag): { document?: RslDocument; issues: Issue[] } {
  // Blanks in place of what comes before keep line, column and offset those of the page.
  const body = html.slice(text.start, text.end).replace(/^\s*<\?xml [^<>]{0,200}\?>/, blank);
  const { document, issues } = parse(blank(html.slice(0, text.start)) + body);
  if (!document) return { issues: [...issues] };
  return { document, issues: inOrder([...issues, ...validate(document, { association: 'page' })]) };
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function essence(type: string | undefined): string {
  return ((type ?? '').split(';', 1)[0] ?? '').trim().toLowerCase();
}
