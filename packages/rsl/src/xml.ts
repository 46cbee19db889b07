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

/** All character data directly inside an element, joined; elements below it do not count. */
export function ownText(element: XmlElement): string {
  const { children } = element;
  if (children.length === 1 && typeof children[0] === 'string') return children[0];
  return children.filter((child) => typeof child === 'string').join('');
}

/** The value of an attribute without a namespace, or undefined. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  for (const one of element.attributes) if (one.local === local && one.namespace === '') return one.value;
  return undefined;
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
export function positionFinder(text: string): (offset: number) => Position {
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
export function plain(text: string): string {
  let out = '';
  for (const char of text.slice(0, 60)) out += char < ' ' || char === '\u007f' ? ' ' : char;
  return out;
}
