import { type Issue, inOrder, issue } from './issues.ts';
import type { RslDocument } from './model.ts';
import { readContent } from './parse-content.ts';
import { createReader } from './reader.ts';
import { rslNamespace } from './vocabulary.ts';
import { readXml, XmlError, type XmlLimits } from './xml.ts';

/** What {@link parse} found. There is no document when the text is not RSL at all. */
export interface Parsed {
  readonly document: RslDocument | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Reads an RSL 1.0 document. `issues` names what breaks the shape of the language (unknown names, repeated elements);
 * what the values say is the business of `validate`, and `lint` does both. Foreign elements are kept unread, with
 * everything below them (RSL 1.0 §3, erratum of 2026-08-07). Never throws: a refused text is one issue and no document.
 *
 * @example
 * ```ts
 * import { parse } from '@clearway/rsl';
 *
 * const { document, issues } = parse(`<rsl xmlns="https://rslstandard.org/rsl">
 *   <content url="/"><license><permits type="usage">search</permits></license></content>
 * </rsl>`);
 * document.contents[0].url // => '/'
 * issues // => []
 * ```
 */
export function parse(xml: string | Uint8Array, limits: Partial<XmlLimits> = {}): Parsed {
  try {
    const root = readXml(xml, limits);
    if (root.namespace !== rslNamespace || root.local !== 'rsl') {
      const found = root.namespace === '' ? 'no namespace' : `the namespace ${root.namespace.slice(0, 100)}`;
      const message = `The root is <${root.name.slice(0, 60)}> in ${found}.`;
      return { document: undefined, issues: [issue('R2-not-rsl', message, root.position)] };
    }
    const reader = createReader();
    if (root.name !== 'rsl')
      reader.report('R3-prefixed', 'The root element carries a prefix.', root.position);
    const node = reader.open(root, ['max-age'], ['content'], {});
    const maxAge = node.attribute('max-age');
    const document: RslDocument = {
      ...(maxAge !== undefined && { maxAge }),
      contents: node.children('content').map((child) => readContent(reader, child, node.bindings)),
      extensions: node.extensions,
      position: root.position,
    };
    return { document, issues: inOrder(reader.issues) };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const code = error.code === 'xml-not-well-formed' ? 'R1-not-well-formed' : 'R104-refused';
    return { document: undefined, issues: [issue(code, error.message, error.position)] };
  }
}
