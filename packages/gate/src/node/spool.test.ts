import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  exportPrivateKey,
  FIRST_PREV,
  generateKeyPair,
  type KeyPair,
  openSegment,
  type Segment,
  segmentHash,
  toHex,
} from '@clearway/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UsageDraft } from '../usage-sink.ts';
import { postSegments, startDelivery } from './deliver-segments.ts';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';

let pair: KeyPair;
let directory: string;
const made: string[] = [];

beforeAll(async () => {
  pair = await generateKeyPair();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-spool-'));
  made.push(directory);
});
afterAll(async () => {
  for (const each of made) await rm(each, { recursive: true, force: true });
});

function start(change: Partial<SpoolOptions> = {}): Promise<Spool> {
  const given = { directory, gate: 'gate-1', site: 'site-1', privateKey: pair.privateKey };
  return openSpool({ ...given, ...change });
}

function draft(change: Partial<UsageDraft> = {}): UsageDraft {
  return {
    tokenId: 't-1',
    agreement: 'a-1',
    client: 'c-1',
    path: '/a',
    use: 'ai-train',
    bundle: 1,
    ...change,
  };
}

function take(spool: Spool, change: Partial<UsageDraft> = {}): void {
  expect(spool.reserve()).toBe(true);
  spool.record(draft(change), { at: 1_000, status: 200, bytes: 5 });
}

/** Every segment in order, checked for signature and chain. */
async function readSegments(): Promise<Segment[]> {
  const segments: Segment[] = [];
  let prev = FIRST_PREV;
  for (const part of ['sent', 'segments'])
    for (const name of (await readdir(join(directory, part))).sort()) {
      const segment = await openSegment(await readFile(join(directory, part, name), 'utf8'), pair.publicKey);
      expect([segment.seq, segment.prev]).toEqual([segments.length + 1, prev]);
      prev = await segmentHash(segment);
      segments.push(segment);
    }
  return segments;
}

async function journals(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('journal-'));
}

describe('a spool', () => {
  test('counts as durable what is on disk, and seals a chain', async () => {
    const spool = await start();
    take(spool);
    take(spool);
    expect(spool.counts('a-1')).toEqual({ count: 2, durable: 0 });
    await spool.flush();
    expect(spool.counts('a-1')).toEqual({ count: 2, durable: 2 });
    expect(spool.counts('a-2')).toEqual({ count: 0, durable: 0 });
    await spool.seal();
    take(spool, { agreement: 'a-2', tokenId: 't-2' });
    spool.refused('payment-required', 'GPTBot', 900, 1);
    spool.refused('payment-required', 'GPTBot', 1_100, 1);
    await spool.close();
    const segments = await readSegments();
    expect(segments.map(({ records }) => records.map(({ seq }) => seq))).toEqual([[1, 2], [3]]);
    expect(segments[1]!.refusals).toEqual([
      { reason: 'payment-required', agentName: 'GPTBot', count: 2, from: 900, to: 1_100 },
    ]);
    expect(await journals()).toEqual([]);
  });

  test('knows after a restart what it knew before', async () => {
    const first = await start();
    take(first);
    await first.seal();
    take(first);
    await first.close();
    const second = await start();
    expect(second.counts('a-1')).toEqual({ count: 2, durable: 2 });
    expect(second.fetchesOf('t-1')).toBe(2);
    take(second);
    await second.close();
    expect((await readSegments()).flatMap(({ records }) => records.map(({ seq }) => seq))).toEqual([1, 2, 3]);
  });

  test('writes by itself within milliseconds', async () => {
    const spool = await start();
    take(spool);
    await expect.poll(() => spool.counts('a-1').durable, { interval: 2 }).toBe(1);
    await spool.close();
  });

  test('what one bundle decided is not sealed as decided by another, and a segment holds 2,000', async () => {
    const spool = await start({ lease: 10_000 });
    for (let each = 0; each < 2_500; each += 1) take(spool);
    take(spool, { bundle: 2 });
    await spool.close();
    expect((await readSegments()).map(({ bundle, records }) => [bundle, records.length])).toEqual([
      [1, 2_000],
      [1, 500],
      [2, 1],
    ]);
  });

  test('puts no more at risk than its lease', async () => {
    const spool = await start({ lease: 3 });
    expect([1, 2, 3, 4].map(() => spool.reserve())).toEqual([true, true, true, false]);
    spool.release();
    expect(spool.reserve()).toBe(true);
    for (let each = 0; each < 3; each += 1) spool.record(draft(), { at: 1, status: 200, bytes: 1 });
    expect(spool.reserve()).toBe(false);
    await spool.flush();
    expect(spool.reserve()).toBe(true);
    spool.release();
    await spool.close();
  });

  test('refusals alone are sealed once a bundle is known, and names of strangers stay bounded', async () => {
    const spool = await start();
    spool.refused('cannot-decide', 'GPTBot', 1, undefined);
    await spool.seal();
    expect(await readdir(join(directory, 'segments'))).toEqual([]);
    for (let each = 0; each < 3_000; each += 1) spool.refused('token-invalid', `bot-${each}`, each, 4);
    await spool.close();
    const [segment] = await readSegments();
    expect(segment!.refusals.length).toBeLessThanOrEqual(1_000);
    expect(segment!.refusals.reduce((sum, { count }) => sum + count, 0)).toBe(3_001);
  });

  test('one process at a time', async () => {
    const spool = await start();
    await writeFile(join(directory, 'lock'), String(process.ppid));
    await expect(start()).rejects.toThrow(/Another gate/);
    await spool.close();
  });
});

describe('after a crash', () => {
  /** Leaves the directory as a killed process does. */
  async function crashed(records: number): Promise<string> {
    const spool = await start();
    for (let each = 0; each < records; each += 1) take(spool);
    await spool.flush();
    const [name] = await journals();
    const path = join(directory, name!);
    const bytes = await readFile(path);
    await spool.close();
    await rm(join(directory, 'segments'), { recursive: true });
    await rm(join(directory, 'head.json'));
    await writeFile(path, bytes);
    return path;
  }

  test.each([
    ['a torn last line', (bytes: Buffer) => bytes.subarray(0, bytes.length - 7), 4],
    ['only the beginning of a line', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('0')]), 5],
    ['zeros at the end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(4_096)]), 5],
    ['a last line without its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), 4],
    ['a changed last line', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/5(?=[^5]*$)/, '6')), 4],
    ['nothing', () => Buffer.alloc(0), 0],
  ])('%s: what was whole is counted, once', async (_, damage, whole) => {
    const path = await crashed(5);
    await writeFile(path, damage(await readFile(path)));
    const spool = await start();
    expect(spool.counts('a-1')).toEqual({ count: whole, durable: whole });
    take(spool);
    await spool.close();
    const records = (await readSegments()).flatMap((segment) => segment.records);
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: whole + 1 }, (__, i) => i + 1));
  });

  test('a segment sealed just before, with its journal still there, is not counted twice', async () => {
    const spool = await start();
    take(spool);
    await spool.flush();
    const [name] = await journals();
    const bytes = await readFile(join(directory, name!));
    await spool.close();
    await writeFile(join(directory, name!), bytes);
    await rm(join(directory, 'head.json'));
    await appendFile(join(directory, 'segments', '0000000002.jws.draft'), 'half');
    const again = await start();
    expect(again.counts('a-1')).toEqual({ count: 1, durable: 1 });
    take(again);
    await again.close();
    await rm(join(directory, 'segments', '0000000002.jws.draft'), { force: true });
    expect((await readSegments()).flatMap(({ records }) => records.map(({ seq }) => seq))).toEqual([1, 2]);
  });

  test('killed again and again under load: nothing acknowledged is lost, nothing is there twice', async () => {
    const key = toHex(await exportPrivateKey(pair.privateKey));
    let acknowledged = 0;
    for (let round = 0; round < 12; round += 1) {
      const script = new URL('../testing/write-forever.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, ['--conditions=clearway-source', script, directory, key], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      await expect.poll(() => output.includes('\n'), { timeout: 15_000, interval: 5 }).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 190));
      child.kill('SIGKILL');
      await once(child, 'close');
      const lines = output.split('\n').slice(0, -1).map(Number);
      expect(lines[0]).toBeGreaterThanOrEqual(acknowledged);
      acknowledged = Math.max(acknowledged, ...lines);
    }
    const spool = await start();
    const { count, durable } = spool.counts('a-1');
    await spool.close();
    const seqs = (await readSegments()).flatMap(({ records }) => records.map(({ seq }) => seq));
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1));
    expect([count, durable]).toEqual([seqs.length, seqs.length]);
    expect(seqs.length).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThan(0);
  }, 60_000);
});

describe('delivery', () => {
  test('is in order, repeated until it is taken, and ends with an empty queue', async () => {
    const got: number[] = [];
    let broken = 2;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { seq } = await openSegment(Buffer.concat(chunks).toString(), pair.publicKey);
      got.push(seq);
      broken -= 1;
      response.statusCode = broken >= 0 ? 503 : 202;
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/segments`;
    const errors: unknown[] = [];
    const delivery = startDelivery({
      directory,
      deliver: postSegments(fetch, url),
      retryMs: 5,
      onError: (error) => errors.push(error),
    });
    const spool = await start({ onSealed: delivery.wake });
    for (let each = 0; each < 3; each += 1) {
      take(spool);
      await spool.seal();
    }
    await expect.poll(async () => (await readdir(join(directory, 'sent'))).length).toBe(3);
    expect(got).toEqual([1, 1, 1, 2, 3]);
    expect(errors).toHaveLength(2);
    expect(await readdir(join(directory, 'segments'))).toEqual([]);
    await spool.close();
    await delivery.stop();
    server.close();
    expect(await readSegments()).toHaveLength(3);
  });
});
