import { type Parsed, parse, refusal } from './parse.ts';
import { type ByteSource, readLimited } from './read-limited.ts';
import { defaultXmlLimits, XmlError, type XmlLimits } from './xml.ts';

/**
 * As `parse`, from a stream of bytes. The limit on size holds while it is read: of a stream of a gigabyte no more than
 * `maxBytes` is ever taken, and the document is refused. Throws only what the stream throws, and the reason of `signal`.
 *
 * @example
 * ```ts
 * import { parseStream } from '@clearway/rsl';
 *
 * const body = new Blob(['<rsl xmlns="https://rslstandard.org/rsl" max-age="7"/>']).stream();
 * const { document } = await parseStream(body);
 * document.maxAge // => '7'
 * ```
 */
export async function parseStream(
  source: ByteSource,
  options: { readonly limits?: Partial<XmlLimits>; readonly signal?: AbortSignal } = {},
): Promise<Parsed> {
  const { limits, signal } = options;
  const maxBytes = limits?.maxBytes ?? defaultXmlLimits.maxBytes;
  const { bytes, complete } = await readLimited(source, maxBytes, signal);
  return complete ? parse(bytes, limits) : tooLarge(maxBytes);
}

/** What `parse` says of a text over the limit, for one of which only the beginning was read. */
export function tooLarge(maxBytes: number): Parsed {
  const position = { line: 1, column: 1, offset: 0 };
  const error = new XmlError('xml-too-large', `The document is larger than ${maxBytes} bytes.`, position);
  return { document: undefined, issues: [refusal(error)] };
}
