import type { Bytes } from './bytes.ts';
import { concat, fromBase64, fromHex, sha256, toBase64, toHex, utf8 } from './bytes.ts';
import { ProtocolError } from './problem.ts';

/** WebCrypto's key object, whichever runtime provides it. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** An Ed25519 key pair: the public key as its 32 raw bytes, the private key as WebCrypto's object. */
export type KeyPair = { readonly publicKey: Bytes; readonly privateKey: CryptoKey };

/** A public key with the name under which it signs notes. */
export type VerifierKey = { readonly name: string; readonly keyId: string; readonly publicKey: Bytes };

const ED25519 = 'Ed25519';
/** RFC 8410: the fixed head of a PKCS #8 Ed25519 private key, before its 32 bytes. */
const PKCS8_HEAD = fromHex('302e020100300506032b657004220420');
const NOTE_ALGORITHM = Uint8Array.of(1);

/**
 * A new Ed25519 key pair (RFC 8032). The private key can be exported once with `exportPrivateKey` to be stored, wrapped.
 *
 * @example
 * (await generateKeyPair()).publicKey.length // => 32
 */
export async function generateKeyPair(): Promise<KeyPair> {
  // The literal type of this call differs between runtimes' type libraries; what comes back is a pair in all of them.
  const pair = (await crypto.subtle.generateKey(ED25519, true, ['sign', 'verify'])) as {
    publicKey: CryptoKey;
    privateKey: CryptoKey;
  };
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { publicKey, privateKey: pair.privateKey };
}

/**
 * The key pair of a 32-byte Ed25519 private key. Throws `key-invalid`.
 *
 * @example
 * const pair = await importPrivateKey(new Uint8Array(32))
 * toHex(pair.publicKey).slice(0, 8) // => '3b6a27bc'
 */
export async function importPrivateKey(privateKey: Uint8Array): Promise<KeyPair> {
  if (privateKey.length !== 32) {
    throw new ProtocolError('key-invalid', `The private key has ${privateKey.length} bytes, not 32.`);
  }
  const key = await crypto.subtle.importKey('pkcs8', concat(PKCS8_HEAD, privateKey), ED25519, true, ['sign']);
  const { x } = await crypto.subtle.exportKey('jwk', key);
  return { publicKey: fromBase64Url(x ?? ''), privateKey: key };
}

/**
 * The 32 bytes of an Ed25519 private key, to be wrapped and stored. WebCrypto throws for a key that is not extractable.
 *
 * @example
 * const pair = await importPrivateKey(new Uint8Array(32).fill(7))
 * (await exportPrivateKey(pair.privateKey))[31] // => 7
 */
export async function exportPrivateKey(privateKey: CryptoKey): Promise<Bytes> {
  const { d } = await crypto.subtle.exportKey('jwk', privateKey);
  return fromBase64Url(d ?? '');
}

/**
 * The Ed25519 signature of bytes: 64 bytes.
 *
 * @example
 * const pair = await generateKeyPair()
 * (await sign(pair.privateKey, utf8('yes'))).length // => 64
 */
export async function sign(privateKey: CryptoKey, bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(ED25519, privateKey, bytes as Bytes));
}

/**
 * Whether the signature of bytes is the public key's. A signature of the wrong length is false; a public key that is none
 * throws `key-invalid`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const signature = await sign(pair.privateKey, utf8('yes'))
 * await verify(pair.publicKey, utf8('yes'), signature) // => true
 * await verify(pair.publicKey, utf8('no'), signature) // => false
 */
export async function verify(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = await importPublicKey(publicKey);
  return crypto.subtle.verify(ED25519, key, signature as Bytes, bytes as Bytes);
}

/** A public key as WebCrypto's object. Throws `key-invalid`. */
export async function importPublicKey(publicKey: Uint8Array): Promise<CryptoKey> {
  checkPublicKey(publicKey);
  try {
    return await crypto.subtle.importKey('raw', publicKey as Bytes, ED25519, true, ['verify']);
  } catch (cause) {
    throw new ProtocolError('key-invalid', 'The public key is not a point of the curve.', { cause });
  }
}

/**
 * The fingerprint of a public key for people to compare: SHA-256 of its raw bytes, in hexadecimal groups of four.
 *
 * @example
 * (await fingerprint(new Uint8Array(32))).slice(0, 14) // => '6668 7aad f862'
 */
export async function fingerprint(publicKey: Uint8Array): Promise<string> {
  checkPublicKey(publicKey);
  return toHex(await sha256(publicKey))
    .match(/.{4}/g)!
    .join(' ');
}

/**
 * The key id of a note signature: the first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), as hexadecimal (C2SP
 * signed-note). Throws `key-name`, `key-invalid`.
 *
 * @example
 * await noteKeyId('example.org/log', new Uint8Array(32)) // => '70da24f6'
 */
export async function noteKeyId(name: string, publicKey: Uint8Array): Promise<string> {
  checkKeyName(name);
  checkPublicKey(publicKey);
  const hash = await sha256(concat(utf8(`${name}\n`), NOTE_ALGORITHM, publicKey));
  return toHex(hash.subarray(0, 4));
}

/**
 * The verifier key as one line, `name+id+base64(0x01 ‖ public key)` (C2SP signed-note): what to publish and to hand to
 * `openNote`. Throws `key-name`, `key-invalid`.
 *
 * @example
 * const text = await formatVerifierKey('example.org/log', new Uint8Array(32))
 * (await parseVerifierKey(text)).name // => 'example.org/log'
 */
export async function formatVerifierKey(name: string, publicKey: Uint8Array): Promise<string> {
  return `${name}+${await noteKeyId(name, publicKey)}+${toBase64(concat(NOTE_ALGORITHM, publicKey))}`;
}

/**
 * Reads a verifier key; white space around it, as in a file, is ignored. Throws `key-invalid` when it is malformed, not
 * Ed25519 or its id does not fit.
 *
 * @example
 * await parseVerifierKey('example.org/log+00000000+AQ==') // => throws key-invalid
 */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const match = /^([^+]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim());
  const [, name = '', keyId = '', base64 = ''] = match ?? [];
  if (!match || !isKeyName(name)) throw new ProtocolError('key-invalid', 'This is not a verifier key.');
  const key = fromBase64(base64);
  const publicKey = key.slice(1);
  if (key[0] !== NOTE_ALGORITHM[0] || (await noteKeyId(name, publicKey)) !== keyId) {
    throw new ProtocolError('key-invalid', 'The verifier key is not Ed25519 or its id does not fit.');
  }
  return { name, keyId, publicKey };
}

/** Whether a text may name a key: no white space and no "+" (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 255 && name.isWellFormed() && !/[\s\u0085+]|\p{Cc}/u.test(name);
}

function checkKeyName(name: string): void {
  if (!isKeyName(name)) throw new ProtocolError('key-name', 'The key name has not the form asked for.');
}

function checkPublicKey(publicKey: Uint8Array): void {
  if (publicKey.length !== 32) {
    throw new ProtocolError('key-invalid', `The public key has ${publicKey.length} bytes, not 32.`);
  }
}

function fromBase64Url(text: string): Bytes {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
}
