import type { Bytes } from '../bytes.ts';
import { decodeUtf8, fromBase64, utf8 } from '../bytes.ts';
import type { JsonValue } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { verify } from '../keys.ts';
import { ProtocolError } from '../problem.ts';

/** The public key under a key id, 32 raw bytes; undefined for a key that is not trusted. */
export type KeyLookup = (kid: string) => Uint8Array | undefined;

/** What a compact JWS says before its signature is checked. */
export type Unverified = {
  readonly kid: string;
  readonly payload: Bytes;
  /** What is signed: header and payload as they were sent (RFC 7515 section 5.2). */
  readonly input: Bytes;
  readonly signature: Bytes;
};

type Family = 'token' | 'sealed';
type Reading = { readonly family: Family; readonly typ: string; readonly maxLength: number };

const HEADER_MEMBERS = new Set(['alg', 'kid', 'typ']);
const KEY_ID = /^[\x21-\x7e]{1,200}$/;

/**
 * Reads the parts of a compact JWS with a fixed algorithm and a header that names nothing but `alg`, `kid` and `typ`, so
 * that what is signed can choose neither key nor rules.
 */
export function readCompact(compact: unknown, reading: Reading): Unverified {
  const { family, typ, maxLength } = reading;
  if (typeof compact !== 'string') throw new ProtocolError(`${family}-malformed`, 'It is not text.');
  if (compact.length > maxLength) {
    throw new ProtocolError(`${family}-too-long`, `It has ${compact.length} characters, over ${maxLength}.`);
  }
  const parts = compact.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || head === '' || body === '') {
    throw new ProtocolError(`${family}-malformed`, 'It is not three parts with dots between.');
  }
  const header = readHeader(decode(head, family), family);
  const payload = decode(body, family);
  if (header.alg !== 'EdDSA') {
    throw new ProtocolError(`${family}-algorithm`, 'The algorithm is not EdDSA.');
  }
  for (const name of Object.keys(header)) {
    if (!HEADER_MEMBERS.has(name)) {
      throw new ProtocolError(`${family}-header`, `The header names "${name.slice(0, 50)}".`);
    }
  }
  const { kid } = header;
  if (header.typ !== typ || typeof kid !== 'string' || !KEY_ID.test(kid)) {
    throw new ProtocolError(`${family}-header`, `The header needs a key id and the type ${typ}.`);
  }
  const signed = decode(signature, family);
  if (signed.length !== 64) {
    throw new ProtocolError(`${family}-malformed`, 'The signature has not 64 bytes.');
  }
  return { kid, payload, input: utf8(`${head}.${body}`), signature: signed };
}

/** Checks the signature of what `readCompact` read and returns the payload as JSON. */
export async function verifyCompact(
  unverified: Unverified,
  publicKey: Uint8Array | undefined,
  family: Family,
): Promise<JsonValue> {
  const { kid, input, signature, payload } = unverified;
  if (publicKey === undefined) {
    throw new ProtocolError(`${family}-unknown-key`, `No trusted key has the id ${kid}.`);
  }
  if (!(await verify(publicKey, input, signature))) {
    throw new ProtocolError(`${family}-signature`, 'The signature does not fit.');
  }
  return readJson(payload, family);
}

function readHeader(bytes: Bytes, family: Family): { readonly [name: string]: JsonValue } {
  const header = readJson(bytes, family);
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new ProtocolError(`${family}-malformed`, 'The header is not an object.');
  }
  return header as { readonly [name: string]: JsonValue };
}

/** Bytes as JSON, strictly. */
export function readJson(bytes: Bytes, family: Family): JsonValue {
  try {
    return parseStrict(decodeUtf8(bytes));
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new ProtocolError(`${family}-malformed`, cause.message, { cause });
  }
}

/** Base64url without padding, in its one spelling (RFC 7515 section 2). */
function decode(text: string, family: Family): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) {
    throw new ProtocolError(`${family}-malformed`, 'A part is not base64url without padding.');
  }
  try {
    const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
    return fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
  } catch (cause) {
    throw new ProtocolError(`${family}-malformed`, 'A part is not base64url without padding.', { cause });
  }
}
