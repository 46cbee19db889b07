import type { Bytes } from '../bytes.ts';
import { concat, sha256 } from '../bytes.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * The hash of a leaf: SHA-256(0x00 ‖ leaf bytes) (RFC 6962 section 2.1).
 *
 * @example
 * toHex(await leafHash(utf8(''))).slice(0, 8) // => '6e340b9c'
 */
export function leafHash(leafBytes: Uint8Array): Promise<Bytes> {
  return sha256(concat(LEAF, leafBytes));
}

/**
 * The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 section 2.1).
 *
 * @example
 * const leaf = await leafHash(utf8(''))
 * (await nodeHash(leaf, leaf)).length // => 32
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(concat(NODE, left, right));
}
