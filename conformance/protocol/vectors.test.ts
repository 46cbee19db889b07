import { readFileSync } from 'node:fs';
import {
  canonicalize,
  checkLeaf,
  fingerprint,
  fromHex,
  importPrivateKey,
  leafHash,
  openCheckpoint,
  parseStrict,
  parseVerifierKey,
  rootHash,
  toHex,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from '@clearway/protocol';
import { describe, expect, test } from 'vitest';
import { buildVectors } from './build-vectors.ts';

type Vectors = {
  key: {
    name: string;
    privateKey: string;
    publicKey: string;
    keyId: string;
    verifierKey: string;
    fingerprint: string;
  };
  canonicalJson: { text: string; canonical: string }[];
  refusedJson: { text: string; code: string }[];
  leaves: {
    type: string;
    record: unknown;
    salt: string;
    commitment: string;
    leaf: string;
    leafHash: string;
  }[];
  trees: { size: number; rootHash: string; checkpoint: string; tiles: { path: string; sha256: string }[] }[];
  inclusion: { index: number; size: number; proof: string[]; valid: boolean }[];
  consistency: { oldSize: number; newSize: number; proof: string[]; valid: boolean }[];
};

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors;
const roots = new Map(vectors.trees.map((tree) => [tree.size, fromHex(tree.rootHash)]));

describe('vectors.json', () => {
  test('is what the code builds today', async () => {
    expect(await buildVectors()).toEqual(vectors);
  });

  test('key', async () => {
    const { key } = vectors;
    const pair = await importPrivateKey(fromHex(key.privateKey));
    expect(toHex(pair.publicKey)).toBe(key.publicKey);
    expect(await parseVerifierKey(key.verifierKey)).toEqual({
      name: key.name,
      keyId: key.keyId,
      publicKey: pair.publicKey,
    });
    expect(await fingerprint(pair.publicKey)).toBe(key.fingerprint);
  });

  test('canonical and refused JSON', () => {
    for (const { text, canonical } of vectors.canonicalJson) {
      expect(canonicalize(parseStrict(text))).toBe(canonical);
    }
    for (const { text, code } of vectors.refusedJson) {
      expect(() => parseStrict(text), text).toThrow(expect.objectContaining({ code }));
    }
  });

  test('leaves', async () => {
    for (const { type, record, salt, leaf, leafHash: hash, commitment } of vectors.leaves) {
      expect(await checkLeaf(utf8(leaf), { type, record, salt: fromHex(salt) })).toBe(true);
      expect(toHex(await leafHash(utf8(leaf)))).toBe(hash);
      expect(leaf).toContain(commitment);
    }
  });

  test('checkpoints', async () => {
    const { name, verifierKey } = vectors.key;
    for (const { size, checkpoint, rootHash: root } of vectors.trees) {
      const opened = await openCheckpoint(checkpoint, name, [verifierKey]);
      expect([opened.size, toHex(opened.rootHash)]).toEqual([size, root]);
    }
    expect(await rootHash(0, () => [])).toEqual(roots.get(0));
  });

  test('proofs', async () => {
    for (const { index, size, proof, valid } of vectors.inclusion) {
      const hash = await leafHash(utf8(`leaf ${index}`));
      const claim = { index, size, leafHash: hash, proof: proof.map(fromHex), rootHash: roots.get(size)! };
      expect(await verifyInclusion(claim)).toBe(valid);
    }
    for (const { oldSize, newSize, proof, valid } of vectors.consistency) {
      const claim = { oldSize, newSize, oldRoot: roots.get(oldSize)!, newRoot: roots.get(newSize)! };
      expect(await verifyConsistency({ ...claim, proof: proof.map(fromHex) })).toBe(valid);
    }
  });
});
