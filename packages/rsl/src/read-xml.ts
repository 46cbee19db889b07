import { scanXml } from './scan-xml.ts';
import {
  defaultXmlLimits,
  type Position,
  positionFinder,
  utf8Length,
  type XmlElement,
  XmlError,
  type XmlErrorCode,
  type XmlLimits,
} from './xml.ts';

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
  function refuse(code: XmlErrorCode, message: string, offset: number): never {
    throw new XmlError(code, message, positionFinder(text)(Math.min(offset, text.length)));
  }
  return scanXml(text, ceilings, refuse);
}

function decode(input: string | Uint8Array, maxBytes: number): string {
  const size = typeof input === 'string' ? input.length : input.byteLength;
  const tooLarge =
    size > maxBytes || (typeof input === 'string' && size * 3 > maxBytes && utf8Length(input) > maxBytes);
  if (tooLarge) throw new XmlError('xml-too-large', `The document is larger than ${maxBytes} bytes.`, start);
  if (typeof input === 'string') return input.startsWith('\uFEFF') ? input.slice(1) : input;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    throw new XmlError('xml-encoding', 'The document is not valid UTF-8.', start);
  }
}
