import { ProtocolError } from './problem.ts';

/** Bytes with a buffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const HEX = /^(?:[0-9a-f]{2})*$/;

/**
 * Text to UTF-8 bytes.
 *
 * Throws `text-not-well-formed` for a lone surrogate, which UTF-8 cannot carry.
 *
 * @example
 * utf8('é').length // => 2
 */
export function utf8(text: string): Bytes {
  if (!text.isWellFormed()) throw new ProtocolError('text-not-well-formed', 'The text has a lone surrogate.');
  return encoder.encode(text) as Bytes;
}

/**
 * UTF-8 bytes to text, strictly: malformed UTF-8 throws `text-not-well-formed`; a byte order mark is kept as U+FEFF.
 *
 * @example
 * decodeUtf8(fromHex('c3a9')) // => 'é'
 * decodeUtf8(fromHex('ff')) // => throws text-not-well-formed
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ProtocolError('text-not-well-formed', 'The bytes are not UTF-8.', { cause });
  }
}

/**
 * Joins byte arrays.
 *
 * @example
 * toHex(concat(fromHex('01'), fromHex('0203'))) // => '010203'
 */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Whether two byte arrays are the same. Not in constant time: for public values only.
 *
 * @example
 * bytesEqual(fromHex('01'), fromHex('01')) // => true
 */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * SHA-256 (FIPS 180-4) of bytes: 32 bytes.
 *
 * @example
 * toHex(await sha256(utf8('abc'))).slice(0, 8) // => 'ba7816bf'
 */
export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes));
}

/**
 * Bytes to lower-case hexadecimal.
 *
 * @example
 * toHex(utf8('AZ')) // => '415a'
 */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * Lower-case hexadecimal to bytes. Anything else, upper case too, throws `encoding-invalid`: one value, one spelling.
 *
 * @example
 * fromHex('415a').length // => 2
 * fromHex('4') // => throws encoding-invalid
 */
export function fromHex(text: string): Bytes {
  if (!HEX.test(text)) throw new ProtocolError('encoding-invalid', 'This is not lower-case hexadecimal.');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;

/**
 * Bytes to base64 with padding (RFC 4648 section 4).
 *
 * @example
 * toBase64(utf8('hi')) // => 'aGk='
 */
export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let to = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    codes[to] = ALPHABET[group >> 18]!;
    codes[to + 1] = ALPHABET[(group >> 12) & 63]!;
    if (left > 1) codes[to + 2] = ALPHABET[(group >> 6) & 63]!;
    if (left > 2) codes[to + 3] = ALPHABET[group & 63]!;
    to += 4;
  }
  return new TextDecoder().decode(codes);
}

/**
 * Base64 with padding to bytes. White space, missing padding and stray trailing bits throw `encoding-invalid`, so a
 * value has exactly one spelling.
 *
 * @example
 * decodeUtf8(fromBase64('aGk=')) // => 'hi'
 * fromBase64('aGl=') // => throws encoding-invalid
 */
export function fromBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new ProtocolError('encoding-invalid', 'This is not base64.', { cause });
  }
  if (btoa(binary) !== text) throw new ProtocolError('encoding-invalid', 'This is not canonical base64.');
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
