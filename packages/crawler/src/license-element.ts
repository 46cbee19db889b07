import { type RslDocument, readXml, type XmlElement } from '@clearway/rsl';

/**
 * The `license` element that begins at an offset of a well-formed document, as text that can stand alone: prefixes and
 * the default namespace that are declared further out are declared on it (RSL 1.0 §5.4 wants the complete element).
 * Undefined when no element begins there.
 */
export function cutLicense(text: string, offset: number): string | undefined {
  const path = pathTo(readXml(text), offset);
  const element = path?.at(-1);
  if (!path || !element) return undefined;
  const end = endOfElement(text, offset);
  const bindings = Object.assign({}, ...path.slice(0, -1).map((one) => one.bindings)) as Record<
    string,
    string
  >;
  const missing = Object.entries(bindings).filter(([prefix]) => !Object.hasOwn(element.bindings, prefix));
  const used = missing.filter(([prefix]) => prefix === '' || uses(element, prefix));
  const declared = used.map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeValue(uri)}"`,
  );
  const nameEnd = offset + 1 + element.name.length;
  return text.slice(offset, nameEnd) + declared.join('') + text.slice(nameEnd, end);
}

const cut = new WeakMap<object, Map<number, string>>();

/** As `cutLicense`, for a document that is asked about again and again. Empty when no element begins there. */
export function licenseTextOf(terms: { readonly text: string }, offset: number): string {
  const known = cut.get(terms) ?? new Map<number, string>();
  cut.set(terms, known);
  const text = known.get(offset) ?? cutLicense(terms.text, offset) ?? '';
  known.set(offset, text);
  return text;
}

/** The licence of a document that begins at an offset. */
export function licenseAt(document: RslDocument, offset: number) {
  for (const content of document.contents) {
    const license = content.licenses.find((one) => one.position.offset === offset);
    if (license) return { content, license };
  }
  return undefined;
}

function pathTo(element: XmlElement, offset: number): XmlElement[] | undefined {
  if (element.position.offset === offset) return [element];
  for (const child of element.children) {
    const below = typeof child === 'string' ? undefined : pathTo(child, offset);
    if (below) return [element, ...below];
  }
  return undefined;
}

function uses(element: XmlElement, prefix: string): boolean {
  const names = [element.name, ...element.attributes.map((one) => one.name)];
  return (
    names.some((name) => name.startsWith(`${prefix}:`)) ||
    // Tokens may be qualified names, so a prefix counts where it stands in text as well.
    element.children.some((child) =>
      typeof child === 'string' ? child.includes(`${prefix}:`) : uses(child, prefix),
    )
  );
}

/** Where the element that begins at `from` ends; the text is known to be well-formed. */
export function endOfElement(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    if (text.startsWith('<!--', at)) at = text.indexOf('-->', at) + 3;
    else if (text.startsWith('<![CDATA[', at)) at = text.indexOf(']]>', at) + 3;
    else if (text.startsWith('<?', at)) at = text.indexOf('?>', at) + 2;
    else if (text[at] === '<') {
      const end = tagEnd(text, at);
      if (text[at + 1] === '/') depth -= 1;
      else if (text[end - 2] !== '/') depth += 1;
      at = end;
      if (depth === 0) return at;
    } else at += 1;
  }
  return text.length;
}

/** Behind the `>` of a tag; one inside a quoted value does not count. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at + 1;
  }
  return text.length;
}

function escapeValue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
