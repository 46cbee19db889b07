import { expect, test } from 'vitest';
import { decodeUtf8, utf8 } from './bytes.ts';
import { checkLeaf, makeLeaf } from './leaf.ts';

const input = {
  type: 'work.registered',
  record: { title: 'Tide', shares: [60, 40] },
  salt: new Uint8Array(32).fill(3),
};

test('a leaf shows its type and a commitment, nothing of the record', async () => {
  const { leaf, bytes } = await makeLeaf(input);
  expect(decodeUtf8(bytes)).toBe(`{"commitment":"${leaf.commitment}","type":"work.registered"}`);
  expect(leaf.commitment).toMatch(/^[0-9a-f]{64}$/);
  const salted = await makeLeaf({ ...input, salt: new Uint8Array(32).fill(4) });
  expect(salted.leaf.commitment).not.toBe(leaf.commitment);
});

test('a leaf fits its own record, salt and type only', async () => {
  const { bytes } = await makeLeaf(input);
  expect(await checkLeaf(bytes, { ...input, record: { shares: [60, 40], title: 'Tide' } })).toBe(true);
  expect(await checkLeaf(bytes, { ...input, record: { title: 'Tide', shares: [40, 60] } })).toBe(false);
  expect(await checkLeaf(bytes, { ...input, salt: new Uint8Array(32) })).toBe(false);
  expect(await checkLeaf(bytes, { ...input, type: 'work.changed' })).toBe(false);
  expect(await checkLeaf(utf8('{}'), input)).toBe(false);
});

test('refuses a bad type, a short salt, a record that is not JSON', async () => {
  await expect(makeLeaf({ ...input, type: 'Work' })).rejects.toMatchObject({ code: 'leaf-type' });
  await expect(makeLeaf({ ...input, salt: new Uint8Array(16) })).rejects.toMatchObject({ code: 'leaf-salt' });
  await expect(makeLeaf({ ...input, record: { amount: 1n } })).rejects.toMatchObject({
    code: 'canonical-bigint',
  });
});
