import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from './sha256.ts';

it('gives the values of FIPS 180-4', () => {
  expect(hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

it('agrees with node:crypto at every length around the block borders', () => {
  for (let length = 0; length < 300; length++) {
    const bytes = new Uint8Array(length).fill(length);
    expect(new Sha256().update(bytes).digest()).toEqual(reference([bytes]));
  }
});

it('agrees with node:crypto however the bytes are cut', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 });
  fc.assert(
    fc.property(pieces, (chunks) => {
      const hash = new Sha256();
      for (const chunk of chunks) hash.update(chunk);
      expect(hash.digest()).toEqual(reference(chunks));
    }),
    { numRuns: 500 },
  );
});

it('counts beyond 2^29 bytes, where the bit length leaves 32 bits', () => {
  const chunk = new Uint8Array(1 << 24).fill(7);
  const ours = new Sha256();
  const theirs = createHash('sha256');
  for (let i = 0; i < 33; i++) {
    ours.update(chunk);
    theirs.update(chunk);
  }
  expect(ours.digest()).toEqual(new Uint8Array(theirs.digest()));
});

it('refuses use after the digest', () => {
  const hash = new Sha256();
  hash.digest();
  expect(() => hash.update(new Uint8Array(1))).toThrow('after digest');
  expect(() => hash.digest()).toThrow('after digest');
});

function hex(text: string): string {
  return Buffer.from(new Sha256().update(new TextEncoder().encode(text)).digest()).toString('hex');
}

function reference(chunks: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return new Uint8Array(hash.digest());
}
