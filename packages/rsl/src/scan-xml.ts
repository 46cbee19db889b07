import {
  plain,
  positionFinder,
  utf8Length,
  type XmlAttribute,
  type XmlElement,
  type XmlErrorCode,
  type XmlLimits,
} from './xml.ts';
import { isXmlChar, nameEnd } from './xml-names.ts';

/** How the scanner refuses: it never comes back. */
export type Refuse = (code: XmlErrorCode, message: string, offset: number) => never;

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** An element that is not closed yet: the prefixes it declares, and what unprefixed names below it mean. */
interface Frame {
  readonly element: OpenElement;
  readonly declared: ReadonlyMap<string, string> | undefined;
  readonly plain: string;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const none: Readonly<Record<string, string>> = Object.freeze({});
const noAttributes: readonly XmlAttribute[] = Object.freeze([]);

/**
 * Reads well-formed XML 1.0 with namespaces in one pass. There is no DTD, so the five entities of XML and character
 * references are all that can be referred to. Whatever is not well-formed is refused: nothing is guessed.
 */
export function scanXml(text: string, limits: XmlLimits, refuse: Refuse): XmlElement {
  const frames: Frame[] = [];
  const locate = positionFinder(text);
  let root: OpenElement | undefined;
  let at = 0;
  let elements = 0;
  let attributes = 0;
  let textBytes = 0;
  // Without entities of its own a document holds no more text than bytes.
  const counted = limits.maxTextBytes < text.length * 3;

  function fail(message: string, offset = at): never {
    return refuse('xml-not-well-formed', `Not well-formed XML: ${message}.`, offset);
  }
  /** Skips white space; says whether there was any. */
  function space(): boolean {
    const from = at;
    while (isSpace(text.charCodeAt(at))) at += 1;
    return at > from;
  }
  function checkChars(from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 0x20 && code < 0xd800) continue;
      const point = text.codePointAt(index)!;
      if (!isXmlChar(point)) fail('a character that XML does not allow', index);
      if (point > 0xffff) index += 1;
    }
  }
  /** The offset of a mark that has to come; everything before it has to be made of characters of XML. */
  function upTo(mark: string, what: string): number {
    const found = text.indexOf(mark, at);
    if (found === -1) fail(`${what} that does not end`);
    checkChars(at, found);
    return found;
  }

  function declaration(): void {
    at = 5;
    const found = new Map<string, string>();
    for (const name of ['version', 'encoding', 'standalone']) {
      const before = at;
      if (!space() || !text.startsWith(name, at)) {
        at = before;
        if (name === 'version') fail('an XML declaration without a version');
        continue;
      }
      at += name.length;
      equals();
      const quote = text[at];
      if (quote !== '"' && quote !== "'") fail('a value without quotes');
      at += 1;
      const end = upTo(quote!, 'a value');
      found.set(name, text.slice(at, end));
      at = end + 1;
    }
    space();
    if (!text.startsWith('?>', at)) fail('an XML declaration that cannot be read');
    const version = found.get('version')!;
    const encoding = found.get('encoding') ?? 'utf-8';
    if (!/^1\.[0-9]{1,9}$/.test(version)) fail('an XML version that is none');
    if (version !== '1.0') refuse('xml-version', 'Only XML 1.0 is read.', at);
    if (encoding.toLowerCase() !== 'utf-8')
      refuse('xml-encoding', `The declared encoding is ${plain(encoding)}, not UTF-8.`, at);
    if (!['yes', 'no'].includes(found.get('standalone') ?? 'no')) fail('standalone is neither yes nor no');
    at += 2;
  }
  function equals(): void {
    space();
    if (text[at] !== '=') fail('an attribute without a value');
    at += 1;
    space();
  }

  function comment(): void {
    at += 4;
    const end = upTo('--', 'a comment');
    if (text[end + 2] !== '>') fail('two hyphens inside a comment', end);
    at = end + 3;
  }
  function instruction(): void {
    const from = at + 2;
    at = nameEnd(text, from);
    if (at === from) fail('a processing instruction without a target');
    if (text.slice(from, at).toLowerCase() === 'xml') fail('an XML declaration that is not at the beginning');
    if (!text.startsWith('?>', at) && !isSpace(text.charCodeAt(at))) fail('the target of an instruction');
    at = upTo('?>', 'a processing instruction') + 2;
  }
  /** What may stand outside the root. */
  function aside(): void {
    if (text.startsWith('<!--', at)) comment();
    else if (text[at + 1] === '?') instruction();
    else if (text.startsWith('<!DOCTYPE', at)) refuse('xml-doctype', 'A DOCTYPE is not allowed.', at);
    else fail('markup that cannot stand here');
  }

  /** What an `&` at the offset stands for; leaves the offset behind the `;`. */
  function reference(): string {
    const end = text.indexOf(';', at);
    if (end === -1 || end - at > 20) fail('an "&" that begins no reference');
    const name = text.slice(at + 1, end);
    const named = entities.get(name);
    if (named === undefined && name[0] !== '#') fail('an entity that nobody declared');
    const digits = name[1] === 'x' ? name.slice(2) : name.slice(1);
    const code = name[1] === 'x' ? hexadecimal(digits) : decimal(digits);
    if (named === undefined && !isXmlChar(code)) fail('a reference to no character of XML');
    at = end + 1;
    return named ?? String.fromCodePoint(code);
  }

  function characters(): void {
    let out = '';
    let from = at;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x3c) break;
      if (code > 0x3e && code < 0xd800 && code !== 0x5d) continue;
      if (code === 0x26) {
        out += text.slice(from, at) + reference();
        from = at;
        at -= 1;
      } else if (code === 0x0d) {
        out += `${text.slice(from, at)}\n`;
        if (text.charCodeAt(at + 1) === 0x0a) at += 1;
        from = at + 1;
      } else if (code === 0x5d) {
        if (text.startsWith(']]>', at)) fail('"]]>" outside CDATA');
      } else if ((code < 0x20 && !isSpace(code)) || code >= 0xd800) {
        checkChars(at, at + 1);
        if (isHigh(code)) at += 1;
      }
    }
    add(out === '' ? text.slice(from, at) : out + text.slice(from, at));
  }
  function cdata(): void {
    at += 9;
    const end = upTo(']]>', 'CDATA');
    add(lines(text.slice(at, end)));
    at = end + 3;
  }
  function add(piece: string): void {
    if (piece === '') return;
    if (counted) {
      textBytes += utf8Length(piece);
      if (textBytes > limits.maxTextBytes) refuse('xml-too-large', 'The document holds too much text.', at);
    }
    frames[frames.length - 1]!.element.children.push(piece);
  }

  function attributeValue(): string {
    const quote = text.charCodeAt(at);
    if (quote !== 0x22 && quote !== 0x27) fail('an attribute without quotes');
    at += 1;
    let out = '';
    let from = at;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        const value = out === '' ? text.slice(from, at) : out + text.slice(from, at);
        at += 1;
        return value;
      }
      if (code > 0x3c && code < 0xd800) continue;
      if (code === 0x3c) fail('"<" in an attribute');
      if (code === 0x26) {
        out += text.slice(from, at) + reference();
        from = at;
        at -= 1;
      } else if (code === 0x0a || code === 0x09 || code === 0x0d) {
        out += `${text.slice(from, at)} `;
        if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1;
        from = at + 1;
      } else if (code < 0x20 || code >= 0xd800) {
        checkChars(at, at + 1);
        if (isHigh(code)) at += 1;
      }
    }
    return fail('an attribute that does not end');
  }

  /** A name with at most one colon; leaves the offset behind it. `colon` is where the colon stands, or -1. */
  let colon = -1;
  function qualifiedName(): string {
    const from = at;
    colon = -1;
    at = nameEnd(text, from);
    if (at > from && text.charCodeAt(at) === 0x3a) {
      colon = at - from;
      at = nameEnd(text, at + 1);
      if (at === from + colon + 1 || text.charCodeAt(at) === 0x3a) fail('a name with a colon out of place');
    }
    if (at === from) fail('a name that is none');
    return text.slice(from, at);
  }
  function namespaceOf(prefix: string, declared: ReadonlyMap<string, string> | undefined): string {
    const own = declared?.get(prefix);
    if (own !== undefined) return own;
    for (let index = frames.length - 1; index >= 0; index -= 1) {
      const found = frames[index]!.declared?.get(prefix);
      if (found !== undefined) return found;
    }
    return prefix === 'xml' ? xmlNamespace : fail(`the prefix ${plain(prefix)} is not declared`);
  }
  function declare(prefix: string, uri: string): void {
    const right = prefix === 'xml' ? uri === xmlNamespace : prefix !== 'xmlns' && uri !== xmlNamespace;
    if (!right || uri === xmlnsNamespace || (prefix !== '' && uri === ''))
      fail('a namespace declared against the rules');
  }

  function openTag(): void {
    const tagStart = at;
    const position = locate(tagStart);
    at += 1;
    const name = qualifiedName();
    const nameColon = colon;
    elements += 1;
    if (elements > limits.maxElements) refuse('xml-too-many-elements', 'Too many elements.', tagStart);
    if (frames.length + 1 >= limits.maxDepth)
      refuse('xml-too-deep', 'Elements are nested too deep.', tagStart);

    const outer = frames[frames.length - 1];
    let plainNamespace = outer === undefined ? '' : outer.plain;
    let declared: Map<string, string> | undefined;
    let bindings: Readonly<Record<string, string>> = none;
    let list: XmlAttribute[] | undefined;
    let colons: number[] | undefined;
    let seen: Set<string> | undefined;
    let empty = false;
    for (;;) {
      const apart = space();
      const code = text.charCodeAt(at);
      if (code === 0x3e) {
        at += 1;
        break;
      }
      if (code === 0x2f && text.charCodeAt(at + 1) === 0x3e) {
        at += 2;
        empty = true;
        break;
      }
      if (!apart) fail('a tag that cannot be read');
      const attribute = qualifiedName();
      const attributeColon = colon;
      equals();
      const value = attributeValue();
      attributes += 1;
      list ??= [];
      if (attributes > limits.maxAttributes || list.length >= limits.maxAttributesPerElement)
        refuse('xml-too-many-attributes', 'Too many attributes.', tagStart);
      let local = attribute;
      let namespace = '';
      if (attribute === 'xmlns' || (attributeColon === 5 && attribute.startsWith('xmlns'))) {
        namespace = xmlnsNamespace;
        const prefix = attributeColon === -1 ? '' : attribute.slice(6);
        if (prefix !== '') local = prefix;
        declare(prefix, value);
        if (bindings === none) bindings = {};
        define(bindings as Record<string, string>, prefix, value);
        if (prefix === '') plainNamespace = value;
        else {
          declared ??= new Map();
          declared.set(prefix, value);
        }
      }
      if (list.length === 8) seen = new Set(list.map((one) => one.name));
      if (seen ? seen.has(attribute) : list.some((one) => one.name === attribute))
        fail('an attribute that stands twice');
      seen?.add(attribute);
      list.push({ name: attribute, local, namespace, value });
      if (attributeColon !== -1 && namespace === '') {
        colons ??= [];
        colons.push(list.length - 1, attributeColon);
      }
    }
    if (list && colons) resolveAttributes(list, colons, declared);
    const element: OpenElement = {
      name,
      local: nameColon === -1 ? name : name.slice(nameColon + 1),
      namespace: nameColon === -1 ? plainNamespace : namespaceOf(name.slice(0, nameColon), declared),
      attributes: list ?? noAttributes,
      children: [],
      bindings,
      position,
    };
    if (element.namespace === xmlnsNamespace) fail('an element named xmlns', tagStart);
    if (outer) outer.element.children.push(element);
    else root = element;
    if (!empty) frames.push({ element, declared, plain: plainNamespace });
  }
  /** Prefixes may be declared behind the attribute that has one, so they are looked up last. */
  function resolveAttributes(
    list: XmlAttribute[],
    colons: readonly number[],
    declared: ReadonlyMap<string, string> | undefined,
  ): void {
    const expanded = new Set<string>();
    for (let index = 0; index < colons.length; index += 2) {
      const [place, length] = [colons[index]!, colons[index + 1]!];
      const one = list[place]!;
      const namespace = namespaceOf(one.name.slice(0, length), declared);
      const local = one.name.slice(length + 1);
      const whole = `${namespace} ${local}`;
      if (expanded.has(whole)) fail('an attribute that stands twice');
      expanded.add(whole);
      list[place] = { ...one, local, namespace };
    }
  }
  function closeTag(): void {
    const { name } = frames[frames.length - 1]!.element;
    const from = at;
    at += 2;
    if (!text.startsWith(name, at)) fail(`an end tag where </${plain(name)}> has to stand`, from);
    at += name.length;
    space();
    if (text.charCodeAt(at) !== 0x3e) fail(`an end tag where </${plain(name)}> has to stand`, from);
    at += 1;
    frames.pop();
  }

  if (text.startsWith('<?xml') && isSpace(text.charCodeAt(5))) declaration();
  while (at < text.length) {
    if (frames.length === 0) {
      space();
      if (at === text.length) break;
      if (text.charCodeAt(at) !== 0x3c) fail('text outside the root element');
      const next = text.charCodeAt(at + 1);
      if (next === 0x21 || next === 0x3f) aside();
      else if (root) fail('a second root element');
      else openTag();
    } else if (text.charCodeAt(at) !== 0x3c) characters();
    else if (text.charCodeAt(at + 1) === 0x2f) closeTag();
    else if (text.charCodeAt(at + 1) === 0x3f) instruction();
    else if (text.charCodeAt(at + 1) !== 0x21) openTag();
    else if (text.startsWith('<!--', at)) comment();
    else if (text.startsWith('<![CDATA[', at)) cdata();
    else fail('markup that cannot stand here');
  }
  if (!root) return fail('there is no root element', 0);
  if (frames.length > 0) fail(`<${plain(frames[frames.length - 1]!.element.name)}> is not closed`);
  return root;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function define(bindings: Record<string, string>, prefix: string, uri: string): void {
  // A prefix like any other, and the one that an assignment would not keep.
  if (prefix !== '__proto__') {
    bindings[prefix] = uri;
    return;
  }
  Object.defineProperty(bindings, prefix, {
    value: uri,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function decimal(digits: string): number {
  return /^[0-9]{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
}

function hexadecimal(digits: string): number {
  return /^[0-9a-fA-F]{1,16}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
}

/** XML 1.0 §2.11: every end of line is one line feed. */
function lines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
}
