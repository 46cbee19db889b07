import { type Issue, inOrder, withPaths } from './issues.ts';
import type { Content, RslDocument } from './model.ts';
import { refusal } from './parse.ts';
import { readContent, readRoot } from './parse-content.ts';
import { readXml } from './read-xml.ts';
import { type Bindings, bind, createReader, type Reader, unbound } from './reader.ts';
import { valueIssues } from './validate.ts';
import { rslNamespace } from './vocabulary.ts';
import { ownText, type Position, type XmlElement, type XmlLimits } from './xml.ts';

/** One item of a feed that carries terms. */
export interface FeedItem {
  /** What the item links to, as written. */
  readonly link: string | undefined;
  readonly document: RslDocument;
  readonly position: Position;
}

/** What {@link lintFeed} read; `items` leaves out those without terms. */
export interface ReadFeed {
  readonly items: readonly FeedItem[];
  readonly issues: readonly Issue[];
}

/**
 * Reads the terms in the items of an RSS 2.0 feed, RSL 1.0 §4.7: `rsl:content` directly in an `item`, every element
 * prefixed, each address on the origin of the feed where `origin` says which that is. Never throws.
 *
 * @example
 * ```ts
 * import { lintFeed } from '@clearway/rsl';
 *
 * const { items, issues } = lintFeed(`<rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl"><channel><item>
 *   <link>https://example.org/a</link><rsl:content url="https://example.org/a"><rsl:license>
 *   <rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content></item></channel></rss>`);
 * items[0].document.contents[0].url // => 'https://example.org/a'
 * issues // => []
 * ```
 */
export function lintFeed(
  xml: string | Uint8Array,
  options: { readonly origin?: string; readonly limits?: Partial<XmlLimits> } = {},
): ReadFeed {
  const { origin, limits } = options;
  try {
    const root = readXml(xml, limits);
    const reader = createReader();
    const found: FeedItem[] = [];
    const isItem = (one: XmlElement) => one.local === 'item' && !isRsl(one);
    for (const { element, bindings: outer } of search(root, isItem)) {
      const bindings = bind(outer, element);
      const before = reader.issues.length;
      const own = element.children.filter((child) => typeof child !== 'string').filter(isRsl);
      for (const stray of own.filter((one) => one.local !== 'content')) {
        reader.report('R7-unknown-element', `<${stray.name}> is not allowed in an item.`, stray.position);
      }
      const flawed = reader.issues.length > before;
      const contents = own
        .filter((one) => one.local === 'content')
        .map((one) => readPrefixed(reader, one, bindings));
      if (contents.length === 0) continue;
      const { position } = element;
      const document = { contents, extensions: [], flawed, position, root };
      found.push({ link: linkOf(element), document, position });
    }
    const context = { association: 'feed', ...(origin !== undefined && { origin }) } as const;
    const values = found.flatMap(({ document }) => valueIssues(document, context));
    return { items: found, issues: withPaths(inOrder([...reader.issues, ...values]), root) };
  } catch (error) {
    return { items: [], issues: [refusal(error)] };
  }
}

/** What {@link lintFile} read; there is no document where the text carries no RSL. */
export interface ReadFile {
  readonly document: RslDocument | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Reads the terms inside a file's own metadata, RSL 1.0 §4.8: an XMP packet, the package document of an EPUB, or
 * anything else that is XML: one `rsl:rsl` with one `rsl:content`, every element prefixed, and the absolute address of
 * the work, because a file travels without its site. Never throws.
 *
 * @example
 * ```ts
 * import { lintFile } from '@clearway/rsl';
 *
 * const { issues } = lintFile(`<package><metadata><rsl:rsl xmlns:rsl="https://rslstandard.org/rsl">
 *   <rsl:content url="/book"><rsl:license/></rsl:content></rsl:rsl></metadata></package>`);
 * issues.map((one) => one.code) // => ['R73-no-address']
 * ```
 */
export function lintFile(xml: string | Uint8Array, limits: Partial<XmlLimits> = {}): ReadFile {
  try {
    const root = readXml(xml, limits);
    const wrappers = search(root, (one) => one.local === 'rsl' && isRsl(one));
    const first = wrappers[0];
    if (!first) return { document: undefined, issues: [] };
    const reader = createReader();
    const second = wrappers[1];
    if (second) reader.report('R75-one-content', 'There is more than one <rsl>.', second.element.position);
    const { element, bindings } = first;
    if (!element.name.includes(':'))
      reader.report('R4-unprefixed', 'The root of RSL has no prefix.', element.position);
    const read = readRoot(reader, element, bindings, root, readPrefixed);
    const document = { ...read, flawed: read.flawed === true || second !== undefined };
    const values = valueIssues(document, { association: 'file' });
    return { document, issues: withPaths(inOrder([...reader.issues, ...values]), root) };
  } catch (error) {
    return { document: undefined, issues: [refusal(error)] };
  }
}

/**
 * Cuts the XMP packet out of a file of any kind (JPEG, PNG, PDF, MP4), where it stands there in plain UTF-8: from
 * `<x:xmpmeta` to its end, the first one. Undefined when there is none.
 *
 * @example
 * ```ts
 * import { findXmp } from '@clearway/rsl';
 *
 * findXmp(new TextEncoder().encode('JFIF <x:xmpmeta/>')) // => undefined
 * ```
 */
export function findXmp(file: Uint8Array): Uint8Array | undefined {
  const from = indexOf(file, '<x:xmpmeta', 0);
  const end = from === -1 ? -1 : indexOf(file, '</x:xmpmeta>', from);
  return end === -1 ? undefined : file.subarray(from, end + '</x:xmpmeta>'.length);
}

function indexOf(bytes: Uint8Array, text: string, from: number): number {
  const wanted = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(wanted[0]!, from); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

interface Found {
  readonly element: XmlElement;
  /** Prefixes in force outside the element. */
  readonly bindings: Bindings;
}

/** Every element that fits, outermost first; what is below one that fits is not looked at. */
function search(root: XmlElement, fits: (element: XmlElement) => boolean): Found[] {
  const found: Found[] = [];
  function walk(element: XmlElement, outer: Bindings): void {
    if (fits(element)) {
      found.push({ element, bindings: outer });
      return;
    }
    const own = bind(outer, element);
    for (const child of element.children) if (typeof child !== 'string') walk(child, own);
  }
  walk(root, unbound);
  return found;
}

function readPrefixed(reader: Reader, element: XmlElement, bindings: Bindings): Content {
  function check(one: XmlElement): void {
    if (!isRsl(one)) return;
    if (!one.name.includes(':')) reader.report('R4-unprefixed', `<${one.name}> has no prefix.`, one.position);
    for (const child of one.children) if (typeof child !== 'string') check(child);
  }
  check(element);
  return readContent(reader, element, bindings);
}

function isRsl(element: XmlElement): boolean {
  return element.namespace === rslNamespace;
}

function linkOf(item: XmlElement): string | undefined {
  const link = item.children.find(
    (child) => typeof child !== 'string' && child.local === 'link' && child.namespace === '',
  );
  return typeof link === 'object' ? ownText(link).trim() : undefined;
}
