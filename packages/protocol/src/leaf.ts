import type { Bytes } from './bytes.ts';
import { bytesEqual, concat, sha256, toHex } from './bytes.ts';
import { canonicalBytes } from './canonical-json/canonicalize.ts';
import { leafHash } from './merkle/hash.ts';
import { ProtocolError } from './problem.ts';

/** The public part of a record: its type and a commitment in lower-case hexadecimal. */
export type Leaf = { readonly type: string; readonly commitment: string };

/** A record with the salt that hides it. */
export type SaltedRecord = { readonly type: string; readonly record: unknown; readonly salt: Uint8Array };

const TYPE = /^[a-z][a-z0-9.-]{0,63}$/;

/**
 * The leaf of a record: `commitment = SHA-256(salt ‖ canonical record bytes)`, so nothing can be guessed from the log, and
 * once the salt is erased nobody can tie the leaf to the record again.
 *
 * `salt` is 32 random bytes, kept with the record. Returns the leaf, its `bytes` (canonical JSON of `{commitment, type}`,
 * what the log stores) and its `hash` (RFC 6962 leaf hash, what the tree stores).
 * Throws `leaf-type`, `leaf-salt` and the codes of `canonicalize`.
 *
 * @example
 * const made = await makeLeaf({ type: 'work.registered', record: { title: 'Tide' }, salt: new Uint8Array(32) })
 * made.leaf.commitment.slice(0, 8) // => 'd47e1466'
 * decodeUtf8(made.bytes).slice(0, 15) // => '{"commitment":"'
 */
export async function makeLeaf(input: SaltedRecord): Promise<{ leaf: Leaf; bytes: Bytes; hash: Bytes }> {
  if (!TYPE.test(input.type))
    throw new ProtocolError('leaf-type', 'The leaf type has not the form asked for.');
  if (input.salt.length !== 32) {
    throw new ProtocolError('leaf-salt', `The salt has ${input.salt.length} bytes.`);
  }
  const commitment = toHex(await sha256(concat(input.salt, canonicalBytes(input.record))));
  const leaf: Leaf = { type: input.type, commitment };
  const bytes = canonicalBytes(leaf);
  return { leaf, bytes, hash: await leafHash(bytes) };
}

/**
 * Whether `leafBytes`, as the log shows them, are the leaf of this record with this salt. What cannot be a record at all
 * throws, as in `makeLeaf`.
 *
 * @example
 * const input = { type: 'work.registered', record: { title: 'Tide' }, salt: new Uint8Array(32) }
 * const { bytes } = await makeLeaf(input)
 * await checkLeaf(bytes, input) // => true
 * await checkLeaf(bytes, { ...input, record: { title: 'Ebb' } }) // => false
 */
export async function checkLeaf(leafBytes: Uint8Array, input: SaltedRecord): Promise<boolean> {
  return bytesEqual((await makeLeaf(input)).bytes, leafBytes);
}
