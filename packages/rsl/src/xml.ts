import { SaxesParser } from 'saxes';

/** Where something stands in a text: line and column count from 1, offset from 0 in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** One attribute after namespace resolution; `namespace` is empty for an unprefixed one. */
export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

/** One element with everything below it. `bindings` holds the prefixes declared on this very element. */
export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
  readonly bindings: Readonly<Record<string, string>>;
  readonly position: Position;
}

/** The ceilings of {@link readXml}. Every document over one of them is refused, not cut. */
export interface XmlLimits {
  /** Size of the whole text in UTF-8 bytes. */
  readonly maxBytes: number;
  /** The depth at which reading stops; the root has depth 1. */
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxAttributes: number;
  readonly maxAttributesPerElement: number;
  /** Sum of all character data in UTF-8 bytes, counted after entities are replaced. */
  readonly maxTextBytes: number;
}

/** The ceilings that hold unless a caller gives others. */
export const defaultXmlLimits: XmlLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 64,
  maxElements: 20_000,
  maxAttributes: 40_000,
  maxAttributesPerElement: 64,
  maxTextBytes: 1024 * 1024,
};

/** Why a text was refused as XML. */
export type XmlErrorCode =
  | 'xml-too-large'
  | 'xml-too-deep'
  | 'xml-too-many-elements'
  | 'xml-too-many-attributes'
  | 'xml-doctype'
  | 'xml-encoding'
  | 'xml-version'
  | 'xml-not-well-formed';

/** Thrown by {@link readXml}; carries a stable code and the place. */
export class XmlError extends Error {
  readonly code: XmlErrorCode;
  readonly position: Position;
  constructor(code: XmlErrorCode, message: string, position: Position) {
    super(message);
    this.name = 'XmlError';
    this.code = code;
    this.position = position;
  }
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

const start: Position = { line: 1, column: 1, offset: 0 };

/**
 * Reads a small XML 1.0 text into a tree, and refuses whatever a hostile one could use: a DOCTYPE (so no entity of
 * its own), an encoding other than UTF-8, too much depth, size, text, or too many elements or attributes.
 * Comments and processing instructions are dropped. Throws {@link XmlError}.
 *
 * @example
 * ```ts
 * import { readXml } from '@clearway/rsl';
 *
 * readXml('<a b="1">c</a>').children // => ['c']
 * readXml('<!DOCTYPE a><a/>') // => throws xml-doctype
 * ```
 */
export function readXml(input: string | Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const ceilings = { ...defaultXmlLimits, ...limits };
  const text = decode(input, ceilings.maxBytes);
  const locate = positionFinder(text);
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let attributes = 0;
  let ownAttributes = 0;
  let textBytes = 0;
  let tagStart = start;

  function here(): Position {
    return locate(Math.min(parser.position, text.length));
  }
  function refuse(code: XmlErrorCode, message: string, position: Position = here()): never {
    throw new XmlError(code, message, position);
  }
  function addText(piece: string): void {
    textBytes += utf8Length(piece);
    if (textBytes > ceilings.maxTextBytes) refuse('xml-too-large', 'The document holds too much text.');
    open.at(-1)?.children.push(piece);
  }

  parser.on('error', (error) =>
    refuse('xml-not-well-formed', `Not well-formed XML: ${plain(error.message)}`),
  );
  parser.on('doctype', () => refuse('xml-doctype', 'A DOCTYPE is not allowed.'));
  parser.on('xmldecl', (declaration) => {
    if (declaration.encoding !== undefined && declaration.encoding.toLowerCase() !== 'utf-8') {
      refuse('xml-encoding', `The declared encoding is ${plain(declaration.encoding)}, not UTF-8.`);
    }
    if (declaration.version !== undefined && declaration.version !== '1.0') {
      refuse('xml-version', 'Only XML 1.0 is read.');
    }
  });
  parser.on('opentagstart', () => {
    tagStart = locate(text.lastIndexOf('<', parser.position - 1));
    elements += 1;
    ownAttributes = 0;
    if (elements > ceilings.maxElements) refuse('xml-too-many-elements', 'Too many elements.', tagStart);
    if (open.length + 1 >= ceilings.maxDepth)
      refuse('xml-too-deep', 'Elements are nested too deep.', tagStart);
  });
  parser.on('attribute', () => {
    attributes += 1;
    ownAttributes += 1;
    if (attributes > ceilings.maxAttributes || ownAttributes > ceilings.maxAttributesPerElement) {
      refuse('xml-too-many-attributes', 'Too many attributes.', tagStart);
    }
  });
  parser.on('opentag', (tag) => {
    const element: OpenElement = {
      name: tag.name,
      local: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes).map((one) => ({
        name: one.name,
        local: one.local,
        namespace: one.uri,
        value: one.value,
      })),
      children: [],
      bindings: { ...tag.ns },
      position: tagStart,
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  if (!root) return refuse('xml-not-well-formed', 'There is no root element.', start);
  return root;
}

/** All character data directly inside an element, joined; elements below it do not count. */
export function ownText(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The value of an attribute without a namespace, or undefined. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((one) => one.namespace === '' && one.local === local)?.value;
}

function decode(input: string | Uint8Array, maxBytes: number): string {
  const size = typeof input === 'string' ? input.length : input.byteLength;
  const tooLarge = size > maxBytes || (typeof input === 'string' && utf8Length(input) > maxBytes);
  if (tooLarge) throw new XmlError('xml-too-large', `The document is larger than ${maxBytes} bytes.`, start);
  if (typeof input === 'string') return input.startsWith('\uFEFF') ? input.slice(1) : input;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    throw new XmlError('xml-encoding', 'The document is not valid UTF-8.', start);
  }
}

/** The length of a string in UTF-8 bytes, without building them. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is four bytes, that is two for each half; a lone half would be three, which no valid XML holds.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

/** Offsets are asked for in rising order, so each line is counted once. */
function positionFinder(text: string): (offset: number) => Position {
  let line = 1;
  let lineStart = 0;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: Math.max(offset - lineStart, 0) + 1, offset };
  };
}

/** A message may quote the stranger's text: keep it short and free of control characters. */
function plain(message: string): string {
  let out = '';
  for (const char of message.slice(0, 200)) out += char < ' ' || char === '\u007f' ? ' ' : char;
  return out;
}
