/** Bytes as text, with the way back from a place in the text to its byte. */
export interface Decoded {
  readonly text: string;
  /** True when the bytes are UTF-16, which none of the formats here may be. */
  readonly utf16: boolean;
  byteOffset(unit: number): number;
}

const utf8 = new TextEncoder();

/**
 * Decodes line by line: a line that is no UTF-8 is read octet by octet, so that one stray byte in a comment does not
 * change what another line says, and every place in the text still has its byte.
 */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: { readonly unit: number; readonly byte: number; readonly plain: boolean }[] = [];
  const parts: string[] = [];
  let unit = 0;
  for (let from = 0; from < bytes.length; ) {
    const stop = bytes.indexOf(0x0a, from);
    const end = stop === -1 ? bytes.length : stop + 1;
    const line = bytes.subarray(from, end);
    const read = fatal(strict, line);
    const text = read ?? octets(line);
    lines.push({ unit, byte: from, plain: read === undefined || text.length === line.length });
    parts.push(text);
    unit += text.length;
    from = end;
  }
  const text = parts.join('');
  return { text, utf16, byteOffset };

  function byteOffset(at: number): number {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (lines[middle]!.unit <= at) low = middle;
      else high = middle - 1;
    }
    const line = lines[low];
    if (!line) return 0;
    return line.byte + (line.plain ? at - line.unit : utf8.encode(text.slice(line.unit, at)).length);
  }
}

/** The line that begins at a place, without its end. */
export function lineAt(text: string, offset: number): string {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return text.slice(offset, end);
}

function fatal(decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function octets(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 4096)
    out += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return out;
}
