import { bytesEqual, sha256 } from '../bytes.ts';
import { nodeHash } from './hash.ts';

/** What an inclusion proof claims. */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly rootHash: Uint8Array;
};

/** What a consistency proof claims. */
export type ConsistencyClaim = {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/**
 * Whether the leaf is at `index` in the tree of `size` leaves with `rootHash` (RFC 9162 section 2.1.3.2). Malformed input
 * is simply false.
 *
 * @example
 * const hash = await leafHash(utf8('only'))
 * await verifyInclusion({ index: 0, size: 1, leafHash: hash, proof: [], rootHash: hash }) // => true
 * await verifyInclusion({ index: 1, size: 2, leafHash: hash, proof: [], rootHash: hash }) // => false
 */
export async function verifyInclusion(claim: InclusionClaim): Promise<boolean> {
  const { index, size } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![claim.leafHash, claim.rootHash, ...claim.proof].every(isHash)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = claim.leafHash;
  for (const step of claim.proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = await nodeHash(step, hash);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else hash = await nodeHash(hash, step);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && bytesEqual(hash, claim.rootHash);
}

/**
 * Whether the tree of `oldSize` leaves with `oldRoot` is the beginning of the tree of `newSize` leaves with `newRoot`
 * (RFC 9162 section 2.1.4.2). The empty tree begins every tree, with an empty proof. Malformed input is simply false.
 *
 * @example
 * const root = await leafHash(utf8('only'))
 * await verifyConsistency({ oldSize: 1, newSize: 1, oldRoot: root, newRoot: root, proof: [] }) // => true
 */
export async function verifyConsistency(claim: ConsistencyClaim): Promise<boolean> {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false;
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false;
  if (oldSize === newSize) return proof.length === 0 && bytesEqual(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && bytesEqual(oldRoot, await sha256(new Uint8Array()));
  let fn = oldSize - 1;
  let sn = newSize - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  // An old tree of a power of two leaves is itself a subtree: the verifier has its hash, so the proof leaves it out.
  const [seed, ...steps] = fn === 0 ? [oldRoot, ...proof] : proof;
  if (seed === undefined) return false;
  let oldHash = seed;
  let newHash = seed;
  for (const step of steps) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      oldHash = await nodeHash(step, oldHash);
      newHash = await nodeHash(step, newHash);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else newHash = await nodeHash(newHash, step);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && bytesEqual(oldHash, oldRoot) && bytesEqual(newHash, newRoot);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === 32;
}

// Bit operators would cut sizes to 32 bits.
function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}
