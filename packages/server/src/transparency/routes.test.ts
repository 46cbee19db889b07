import {
  decodeUtf8,
  fromHex,
  leafHash,
  makeLeaf,
  openCheckpoint,
  parseEntryBundle,
  rootHash,
  tileNodeReader,
  tilePath,
  toHex,
  utf8,
  verifyInclusion,
} from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { appendLeaf, type ExportedRecord, eraseRecords, exportRecords, sequence } from './index.ts';

const SIZE = 600;
let k: TestKernel;
let app: Router;
const ids: string[] = [];
beforeAll(async () => {
  k = await createTestKernel();
  app = createApp(k);
});
afterAll(() => k.close());

const get = (path: string) => app.request(path);
async function bytes(path: string): Promise<Uint8Array> {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

describe('an empty log', () => {
  it('says so with a cure', async () => {
    const response = await get('/log/checkpoint');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'log-empty', cure: expect.any(String) });
    const page = await get('/log');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('No entry yet');
  });
});

describe('a log of several tiles', () => {
  beforeAll(async () => {
    await inTx(k, async (t) => {
      for (let n = 0; n < SIZE; n++)
        ids.push(await appendLeaf(t, { type: 'thing.made', record: { n }, subject: `thing:${n % 100}` }));
    });
    await sequence(k);
  });

  it('is put together again from its tiles and entries over HTTP', async () => {
    const key = await (await get('/log/key')).text();
    const note = await (await get('/log/checkpoint')).text();
    const checkpoint = await openCheckpoint(note, 'localhost:4000/log', [key]);
    expect(checkpoint.size).toBe(SIZE);
    const tree = tileNodeReader(SIZE, (tile) => bytes(`/log/${tilePath(tile)}`));
    expect(toHex(await rootHash(SIZE, tree))).toBe(toHex(checkpoint.rootHash));
    const bundles = await Promise.all(
      [256, 256, 88].map((width, index) =>
        bytes(`/log/${tilePath({ level: 'entries', index, width })}`).then(parseEntryBundle),
      ),
    );
    const hashes = await Promise.all(bundles.flat().map(leafHash));
    expect(hashes).toHaveLength(SIZE);
    const stored = await tree(hashes.map((_, index) => ({ level: 0, index })));
    expect(hashes.map(toHex)).toEqual(stored.map(toHex));
    expect(Object.keys(JSON.parse(decodeUtf8(bundles[0]![0]!)))).toEqual(['commitment', 'type']);
  });

  it('lets tiles be kept for ever and the checkpoint not', async () => {
    const tile = await get('/log/tile/0/000');
    expect(tile.headers.get('Cache-Control')).toContain('immutable');
    expect(tile.headers.get('Content-Type')).toBe('application/octet-stream');
    expect((await get('/log/checkpoint')).headers.get('Cache-Control')).toBe('no-cache');
    expect(toHex(await bytes('/log/tile/0/000.p/7'))).toBe(
      toHex((await bytes('/log/tile/0/000')).subarray(0, 224)),
    );
  });

  it('has no tile beyond its end, and none by another spelling', async () => {
    const none = [
      '0/002',
      '0/002.p/89',
      'entries/002.p/89',
      '1/000',
      '1/000.p/3',
      '2/000.p/1',
      '0/x000/000',
      '0/000.p/256',
      '64/000',
      '0/1',
      '',
    ];
    for (const path of none) expect((await get(`/log/tile/${path}`)).status, path).not.toBe(200);
    const problem = await get('/log/tile/0/002');
    expect(await problem.json()).toMatchObject({ status: 404, code: 'log-tile-unknown' });
  });

  it('proves an entry to a program without showing its record', async () => {
    const response = await get(`/api/log/proof/${ids[411]}`);
    const body = (await response.json()) as {
      leaf: { type: string; commitment: string };
      index: number;
      size: number;
      inclusionProof: string[];
      checkpoint: string;
    };
    expect(Object.keys(body).sort()).toEqual(['checkpoint', 'inclusionProof', 'index', 'leaf', 'size']);
    const key = await (await get('/log/key')).text();
    const { rootHash: root } = await openCheckpoint(body.checkpoint, 'localhost:4000/log', [key]);
    const hash = await leafHash(utf8(`{"commitment":"${body.leaf.commitment}","type":"${body.leaf.type}"}`));
    const { index, size } = body;
    const proof = body.inclusionProof.map(fromHex);
    expect(await verifyInclusion({ index, size, leafHash: hash, proof, rootHash: root })).toBe(true);
    expect((await get(`/api/log/proof/${k.ids.id()}`)).status).toBe(404);
    expect((await get('/api/log/proof/x')).status).toBe(404);
  });

  it('exports what is on record, with proofs, in order, without what was erased', async () => {
    await inTx(k, (t) => eraseRecords(t, 'thing:7'));
    const exported = (await exportRecords(k))!;
    const all: ExportedRecord[] = [];
    for await (const each of exported.records) all.push(each);
    expect(all).toHaveLength(SIZE - 6);
    expect(all.map((each) => each.index)).toEqual([...Array(SIZE).keys()].filter((n) => n % 100 !== 7));
    expect(all[0]).toMatchObject({ id: ids[0], subject: 'thing:0', record: { n: 0 } });
    const proven = await Promise.all(
      [0, 300, 593].map(async (at) => {
        const { type, record, salt, index, inclusionProof } = all[at]!;
        const { hash } = await makeLeaf({ type, record, salt });
        const { size, root } = exported.checkpoint;
        return verifyInclusion({ index, size, leafHash: hash, proof: inclusionProof, rootHash: root });
      }),
    );
    expect(proven).toEqual([true, true, true]);
  });

  it('has a page in both languages, with counts for the operator only', async () => {
    const page = await (await get('/log')).text();
    expect(page).toContain('600');
    expect(page).toContain('How a stranger checks it');
    expect(page).not.toContain('thing.made');
    const german = await (await get('/log?lang=de')).text();
    expect(german).toContain('Wie Außenstehende es prüfen');
  });
});
