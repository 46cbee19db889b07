import type { RslDocument } from './model.ts';
import { escapeAttribute, escapeText } from './render-xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * Writes a document that was read again, as it was: every element, attribute, prefix, foreign element and decimal, in the
 * same order and with the same white space. Comments, processing instructions and CDATA marks are not kept.
 *
 * @example
 * ```ts
 * import { parse, rewrite } from '@clearway/rsl';
 *
 * const { document } = parse('<rsl xmlns="https://rslstandard.org/rsl"><a xmlns="urn:x">&amp;</a></rsl>');
 * rewrite(document) // => '<rsl xmlns="https://rslstandard.org/rsl"><a xmlns="urn:x">&amp;</a></rsl>'
 * ```
 */
export function rewrite(document: RslDocument): string {
  const out: string[] = [];
  write(document.root, out);
  return out.join('');
}

function write(element: XmlElement, out: string[]): void {
  const attributes = element.attributes.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
  const head = `<${element.name}${attributes.join('')}`;
  if (element.children.length === 0) {
    out.push(`${head}/>`);
    return;
  }
  out.push(`${head}>`);
  for (const child of element.children) {
    if (typeof child === 'string') out.push(escapeText(child));
    else write(child, out);
  }
  out.push(`</${element.name}>`);
}
