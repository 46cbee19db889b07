/**
 * Reads bytes as text: UTF-8, or UTF-16 with a byte order mark. Undefined for what is not text; `lenient` reads pages in
 * older encodings too, whose ASCII part is all that is looked at.
 */
export function decodeText(bytes: Uint8Array, options: { lenient?: boolean } = {}): string | undefined {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(label, { fatal: options.lenient !== true }).decode(bytes);
    return options.lenient !== true && text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
