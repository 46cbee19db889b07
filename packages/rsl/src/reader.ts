import { type Issue, type IssueCode, issue } from './issues.ts';
import type { Token } from './model.ts';
import { rslNamespace } from './vocabulary.ts';
import { ownText, type Position, type XmlElement } from './xml.ts';

/** Prefixes in force at an element; from {@link bind} only, since those of outer elements are inherited, not copied. */
export type Bindings = Readonly<Record<string, string>>;

/** No prefix at all. */
export const unbound: Bindings = Object.freeze(Object.create(null) as Record<string, string>);

/** What holds inside an element. Copies nothing: a hostile text can declare thousands of prefixes around thousands of elements. */
export function bind(outer: Bindings, { bindings }: XmlElement): Bindings {
  let inner: Record<string, string> | undefined;
  for (const prefix of Object.keys(bindings)) {
    inner ??= Object.create(outer) as Record<string, string>;
    inner[prefix] = bindings[prefix]!;
  }
  return inner ?? outer;
}

/** An RSL element whose attributes and children were checked against what the grammar allows there. */
export interface ReadNode<Name extends string> {
  readonly element: XmlElement;
  /** The attributes that are there, of those that may be. */
  readonly given: { readonly [P in Name]?: string };
  readonly bindings: Bindings;
  readonly extensions: readonly XmlElement[];
  children(local: string): XmlElement[];
  /** The first child of that name; any further one is reported under the code. */
  single(local: string, code: IssueCode): XmlElement | undefined;
  text(): string;
}

export interface Reader {
  readonly issues: readonly Issue[];
  report(code: IssueCode, message: string, position: Position): void;
  open<Name extends string>(
    element: XmlElement,
    attributes: readonly Name[],
    children: readonly string[] | 'text',
    outer: Bindings,
  ): ReadNode<Name>;
  /** Reads an element that holds text (and perhaps foreign elements). */
  text(element: XmlElement, attributes: readonly string[], outer: Bindings): string;
}

export function createReader(): Reader {
  const issues: Issue[] = [];
  function report(code: IssueCode, message: string, position: Position): void {
    issues.push(issue(code, message, position));
  }

  function open<Name extends string>(
    element: XmlElement,
    attributes: readonly Name[],
    children: readonly string[] | 'text',
    outer: Bindings,
  ): ReadNode<Name> {
    const given: { [P in Name]?: string } = {};
    for (const one of element.attributes) {
      const known = one.namespace === '' ? attributes.find((name) => name === one.local) : undefined;
      if (known !== undefined) {
        given[known] = one.value;
        continue;
      }
      if (one.namespace !== '' && one.namespace !== rslNamespace) continue;
      report(
        'R7-unknown-attribute',
        `<${element.local}> takes no attribute "${short(one.name)}".`,
        element.position,
      );
    }
    let extensions: XmlElement[] | undefined;
    for (const child of element.children) {
      if (typeof child === 'string') {
        if (children !== 'text' && child.trim() !== '') {
          report('R7-stray-text', `<${element.local}> takes no text of its own.`, element.position);
        }
      } else if (child.namespace !== rslNamespace) {
        if (extensions) extensions.push(child);
        else extensions = [child];
      } else if (children === 'text' || !children.includes(child.local)) {
        report(
          'R7-unknown-element',
          `<${short(child.local)}> is not allowed in <${element.local}>.`,
          child.position,
        );
      }
    }
    return new OpenNode(element, given, bind(outer, element), extensions ?? noElements, report);
  }

  return {
    issues,
    report,
    open,
    text: (element, attributes, outer) => open(element, attributes, 'text', outer).text().trim(),
  };
}

const noElements: readonly XmlElement[] = Object.freeze([]);

/** A class, because documents have thousands of these and closures for each would be most of the cost of reading. */
class OpenNode<Name extends string> implements ReadNode<Name> {
  readonly element: XmlElement;
  readonly given: ReadNode<Name>['given'];
  readonly bindings: Bindings;
  readonly extensions: readonly XmlElement[];
  readonly #report: Reader['report'];

  constructor(
    element: XmlElement,
    given: ReadNode<Name>['given'],
    bindings: Bindings,
    extensions: readonly XmlElement[],
    report: Reader['report'],
  ) {
    this.element = element;
    this.given = given;
    this.bindings = bindings;
    this.extensions = extensions;
    this.#report = report;
  }

  children(local: string): XmlElement[] {
    const found: XmlElement[] = [];
    for (const child of this.element.children) {
      if (typeof child !== 'string' && child.local === local && child.namespace === rslNamespace) {
        found.push(child);
      }
    }
    return found;
  }

  single(local: string, code: IssueCode): XmlElement | undefined {
    const [first, second] = this.children(local);
    if (second) this.#report(code, `There is more than one <${local}>.`, second.position);
    return first;
  }

  text(): string {
    return ownText(this.element);
  }
}

/** Splits a token list at XML white space and resolves the prefix of every QName. */
export function readTokens(text: string, bindings: Bindings): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (at < text.length && code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) continue;
    if (at > from) tokens.push(readToken(text.slice(from, at), bindings));
    from = at + 1;
  }
  return tokens;
}

/** What may stand behind the colon of a QName (Namespaces in XML §4): a name without a colon, and not nothing. */
const localName = /^[\p{L}_][\p{L}\p{M}\p{N}._·-]*$/u;

export function readToken(text: string, bindings: Bindings): Token {
  const colon = text.indexOf(':');
  if (colon === -1) return { text };
  const prefix = text.slice(0, colon);
  const qualified = colon > 0 && localName.test(text.slice(colon + 1));
  const namespace = qualified ? bindings[prefix] : undefined;
  return namespace === undefined ? { text } : { text, namespace };
}

function short(name: string): string {
  return name.slice(0, 60);
}
