import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesEqual, concat, fromHex, sha256, toHex, utf8 } from '../bytes.ts';
import { leafHash, nodeHash } from './hash.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import {
  buildEntryBundle,
  buildTile,
  changedTiles,
  parseEntryBundle,
  parseTilePath,
  tileNodeReader,
  tilePath,
} from './tiles.ts';
import { appendLeaves, createNodeMap, rootHash } from './tree.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const MAX = 600;
const nodes = createNodeMap();
const leaves: Uint8Array[] = [];
const roots: Uint8Array[] = [];

/** RFC 6962 section 2.1, word by word, as the oracle. */
async function definition(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  if (hashes.length === 0) return sha256(new Uint8Array());
  if (hashes.length === 1) return hashes[0]!;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(await definition(hashes.slice(0, k)), await definition(hashes.slice(k)));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[7]! ^= 1;
  return copy;
}

beforeAll(async () => {
  for (let i = 0; i < MAX; i += 1) leaves.push(await leafHash(utf8(`leaf ${i}`)));
  // In batches of odd sizes, so that every way to grow occurs.
  for (let size = 0, batch = 1; size < MAX; size += batch, batch = (batch * 5) % 37) {
    nodes.add(await appendLeaves(size, leaves.slice(size, size + batch), nodes.read));
  }
  for (let size = 0; size <= MAX; size += 1) roots.push(await rootHash(size, nodes.read));
});

describe('tree', () => {
  test('root is that of the definition', async () => {
    for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 255, 256, 257, 600]) {
      expect(toHex(roots[size]!)).toBe(toHex(await definition(leaves.slice(0, size))));
    }
  });

  test('root is that of the Certificate Transparency test tree', async () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const tree = createNodeMap();
    tree.add(
      await appendLeaves(0, await Promise.all(inputs.map((hex) => leafHash(fromHex(hex)))), tree.read),
    );
    const known = {
      2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      5: '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      7: 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    };
    for (const [size, root] of Object.entries(known)) {
      expect(toHex(await rootHash(Number(size), tree.read))).toBe(root);
    }
  });

  test('refuses a place it does not have and a node that is gone', async () => {
    await expect(proveInclusion(5, 5, nodes.read)).rejects.toMatchObject({ code: 'tree-range' });
    await expect(proveInclusion(-1, 5, nodes.read)).rejects.toMatchObject({ code: 'tree-range' });
    await expect(proveConsistency(6, 5, nodes.read)).rejects.toMatchObject({ code: 'tree-range' });
    await expect(rootHash(0.5, nodes.read)).rejects.toMatchObject({ code: 'tree-range' });
    await expect(rootHash(MAX + 1, nodes.read)).rejects.toMatchObject({ code: 'tree-node-missing' });
  });
});

describe('proofs', () => {
  const place = fc
    .integer({ min: 1, max: MAX })
    .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));

  test('every leaf is proved, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), async ([index, size], pick) => {
        const proof = await proveInclusion(index, size, nodes.read);
        const claim = { index, size, leafHash: leaves[index]!, proof, rootHash: roots[size]! };
        expect(await verifyInclusion(claim)).toBe(true);
        expect(await verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash) })).toBe(false);
        expect(await verifyInclusion({ ...claim, rootHash: flipped(claim.rootHash) })).toBe(false);
        expect(await verifyInclusion({ ...claim, proof: [...proof, leaves[0]!] })).toBe(false);
        if (size > 1) expect(await verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(false);
        if (proof.length > 0) {
          const at = pick % proof.length;
          expect(
            await verifyInclusion({ ...claim, proof: proof.with(at, flipped(proof[at]!) as never) }),
          ).toBe(false);
          expect(await verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('every earlier tree is proved, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), async ([oldSize, newSize], pick) => {
        const proof = await proveConsistency(oldSize, newSize, nodes.read);
        const claim = { oldSize, newSize, oldRoot: roots[oldSize]!, newRoot: roots[newSize]!, proof };
        expect(await verifyConsistency(claim)).toBe(true);
        if (oldSize > 0) {
          expect(await verifyConsistency({ ...claim, oldRoot: flipped(claim.oldRoot) })).toBe(false);
          expect(await verifyConsistency({ ...claim, newRoot: flipped(claim.newRoot) })).toBe(false);
        }
        expect(await verifyConsistency({ ...claim, proof: [...proof, leaves[0]!] })).toBe(false);
        if (proof.length > 0) {
          const at = pick % proof.length;
          expect(
            await verifyConsistency({ ...claim, proof: proof.with(at, flipped(proof[at]!) as never) }),
          ).toBe(false);
          expect(await verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('malformed claims are false', async () => {
    const hash = leaves[0]!;
    for (const index of [-1, 0.5, Number.NaN, 2 ** 60]) {
      expect(await verifyInclusion({ index, size: 1, leafHash: hash, proof: [], rootHash: hash })).toBe(
        false,
      );
    }
    const empty = { oldSize: 0, newSize: 5, oldRoot: roots[0]!, newRoot: roots[5]!, proof: [] };
    expect(await verifyConsistency(empty)).toBe(true);
    expect(await verifyConsistency({ ...empty, oldRoot: roots[1]! })).toBe(false);
    expect(await verifyConsistency({ ...empty, oldSize: 3 })).toBe(false);
    expect(await verifyConsistency({ ...empty, oldSize: 6 })).toBe(false);
  });
});

describe('tiles', () => {
  test('paths have one spelling', () => {
    const index = fc.oneof(fc.nat(2000), fc.maxSafeNat());
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    fc.assert(
      fc.property(level, index, fc.integer({ min: 1, max: 256 }), (l, i, width) => {
        const tile = { level: l, index: i, width };
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
    for (const bad of [
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/000',
      'tile/0/001/002',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/data/000',
      '/tile/0/000',
      'tile/0/000\n',
    ]) {
      expect(() => parseTilePath(bad), bad).toThrow(expect.objectContaining({ code: 'tile-path' }));
    }
  });

  test('a log read back from its tiles alone has the same roots and proofs', async () => {
    const files = new Map<string, Uint8Array>();
    let before = 0;
    for (const size of [1, 5, 255, 256, 300, 511, 512, 600]) {
      for (const tile of changedTiles(before, size)) {
        if (tile.level !== 'entries') files.set(tilePath(tile), await buildTile(tile, nodes.read));
      }
      const reader = tileNodeReader(size, async (tile) => files.get(tilePath(tile)) ?? new Uint8Array());
      expect(bytesEqual(await rootHash(size, reader), roots[size]!)).toBe(true);
      expect(await proveConsistency(before, size, reader)).toEqual(
        await proveConsistency(before, size, nodes.read),
      );
      expect(await proveInclusion(size - 1, size, reader)).toEqual(
        await proveInclusion(size - 1, size, nodes.read),
      );
      before = size;
    }
    const gone = tileNodeReader(600, async () => new Uint8Array());
    await expect(rootHash(600, gone)).rejects.toMatchObject({ code: 'tree-node-missing' });
  });

  test('entry bundles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }),
        (entries) => {
          expect(parseEntryBundle(buildEntryBundle(entries)).map(toHex)).toEqual(entries.map(toHex));
        },
      ),
      { numRuns: 50 },
    );
    for (const bad of [new Uint8Array(), Uint8Array.of(0), Uint8Array.of(0, 2, 1), new Uint8Array(257 * 2)]) {
      expect(() => parseEntryBundle(bad)).toThrow(expect.objectContaining({ code: 'tile-entry' }));
    }
    expect(() => buildEntryBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: 'tile-entry' }),
    );
    expect(concat(buildEntryBundle([new Uint8Array(65_535)])).length).toBe(65_537);
  });
});
