import { type Issue, inOrder, issue, withPaths } from './issues.ts';
import type { RslDocument } from './model.ts';
import { readContent, readRoot } from './parse-content.ts';
import { readXml } from './read-xml.ts';
import { createReader, unbound } from './reader.ts';
import { rslNamespace } from './vocabulary.ts';
import { XmlError, type XmlLimits } from './xml.ts';

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
      const later = root.local === 'rsl' && otherVersion.test(root.namespace);
      const code = later ? 'R107-other-version' : 'R2-not-rsl';
      return { document: undefined, issues: withPaths([issue(code, message, root.position)], root) };
    }
    const reader = createReader();
    if (root.name !== 'rsl')
      reader.report('R3-prefixed', 'The root element carries a prefix.', root.position);
    const document = readRoot(reader, root, unbound, root, readContent);
    return { document, issues: withPaths(inOrder(reader.issues), root) };
  } catch (error) {
    return { document: undefined, issues: [refusal(error)] };
  }
}

/** What `readXml` threw, as an issue; anything else is thrown again. */
export function refusal(error: unknown): Issue {
  if (!(error instanceof XmlError)) throw error;
  const code = error.code === 'xml-not-well-formed' ? 'R1-not-well-formed' : 'R104-refused';
  return issue(code, error.message, error.position);
}

/** The same name with a version behind it: a language of the future, of which nothing is known (RSL 1.0 §1.3). */
const otherVersion = /^https:\/\/rslstandard\.org\/rsl\/\d{1,3}\.\d{1,3}\/?$/;
