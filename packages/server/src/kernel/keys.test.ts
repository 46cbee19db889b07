import { createPublicKey, verify } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { openKeyRing } from './keys.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

it('makes a key once, also when asked twice at the same time, and finds it again', async () => {
  const [a, b] = await Promise.all([k.keys.signing('test'), k.keys.signing('test')]);
  expect(a.kid).toBe(b.kid);
  const again = openKeyRing(k.db, new Uint8Array(32).fill(7), k.clock, k.random);
  expect((await again.signing('test')).kid).toBe(a.kid);
});

it('signs what the public key verifies', async () => {
  const key = await k.keys.signing('test');
  const bytes = new TextEncoder().encode('hello');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key.publicKey).toString('base64url') };
  expect(verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), await key.sign(bytes))).toBe(true);
});

it('keeps no private half in clear: every stored secret is longer than, and different from, its key', async () => {
  await k.keys.hmac('mail', 'x');
  const rows = await sql<{ wrapped_secret: Buffer }>`select wrapped_secret from kernel.keys`.execute(k.db);
  for (const row of rows.rows) expect(row.wrapped_secret).toHaveLength(12 + 16 + 32);
});

it('refuses another master key with a sentence that says what to restore', async () => {
  await k.keys.signing('test');
  const other = openKeyRing(k.db, new Uint8Array(32).fill(8), k.clock, k.random);
  await expect(other.signing('test')).rejects.toThrow('Restore the right');
});

it('seals texts so that only the same purpose and place open them', async () => {
  const iban = 'DE89370400440532013000';
  const sealed = await k.keys.seal('payout-profile', iban, 'row-1');
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain(iban.slice(4, 12));
  expect(await k.keys.seal('payout-profile', iban, 'row-1')).not.toBe(sealed);
  const again = openKeyRing(k.db, new Uint8Array(32).fill(7), k.clock, k.random);
  expect(await again.open('payout-profile', sealed, 'row-1')).toBe(iban);
  await expect(k.keys.open('payout-profile', sealed, 'row-2')).rejects.toThrow();
  await expect(k.keys.open('bank-account', sealed, 'row-1')).rejects.toThrow();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1]! ^= 1;
  await expect(k.keys.open('payout-profile', bytes.toString('base64'), 'row-1')).rejects.toThrow();
  await expect(k.keys.open('payout-profile', sealed.slice(0, 24), 'row-1')).rejects.toThrow();
});
