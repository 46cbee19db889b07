import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { type BlobStore, databaseBlobs, fileBlobs } from './blobs.ts';
import { inTx } from './kernel.ts';

let k: TestKernel;
let directory: string;
beforeAll(async () => {
  k = await createTestKernel();
  directory = mkdtempSync(join(tmpdir(), 'clearway-blobs-'));
});
afterAll(async () => {
  await k.close();
  rmSync(directory, { recursive: true, force: true });
});

async function* stream(...parts: Uint8Array[]) {
  yield* parts;
}
async function collect(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content!) parts.push(part);
  return Buffer.concat(parts);
}

const stores: [string, () => BlobStore][] = [
  ['database', () => databaseBlobs(k.db, k.clock, k.ids)],
  ['files', () => fileBlobs(directory, k.ids)],
];

describe.each(stores)('blobs in %s', (name, open) => {
  it('gives back what was stored, under its SHA-256', async () => {
    const content = Buffer.alloc(2_500_000, `${name} content`);
    const info = await open().put(stream(content.subarray(0, 7), content.subarray(7)), 3_000_000);
    expect(info).toEqual({ sha256: createHash('sha256').update(content).digest('hex'), bytes: 2_500_000 });
    expect((await collect(await open().get(info.sha256))).equals(content)).toBe(true);
  });

  it('stores the same content once, and the empty content too', async () => {
    const twice = await Promise.all([1, 2].map(() => open().put(stream(Buffer.from(`same ${name}`)), 100)));
    expect(twice[0]).toEqual(twice[1]);
    const empty = await open().put(stream(), 100);
    expect(empty.bytes).toBe(0);
    expect(await collect(await open().get(empty.sha256))).toHaveLength(0);
  });

  it('refuses more than the limit and keeps nothing of it', async () => {
    const big = Buffer.alloc(1_500_000, 1);
    await expect(open().put(stream(big), 1_000_000)).rejects.toMatchObject({ code: 'blob-too-large' });
    expect(await open().get(createHash('sha256').update(big).digest('hex'))).toBeUndefined();
    expect(readdirSync(directory).filter((f) => f.startsWith('draft'))).toEqual([]);
  });

  it('forgets on request', async () => {
    const { sha256 } = await open().put(stream(Buffer.from(`gone ${name}`)), 100);
    await open().remove(sha256);
    expect(await open().get(sha256)).toBeUndefined();
  });
});

it('in the database roll back with the transaction they are part of', async () => {
  await expect(
    inTx(k, async (t) => {
      await t.blobs.put(stream(Buffer.from('half a work')), 100);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  const left = await sql`select 1 from kernel.blob_pieces where data = ${Buffer.from('half a work')}`.execute(
    k.db,
  );
  expect(left.rows).toEqual([]);
});
