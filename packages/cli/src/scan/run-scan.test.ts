import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askEntitlements } from './ask-entitlement.ts';
import type { ScanItem } from './item.ts';
import { listInputs } from './list-inputs.ts';
import { type Matcher, runScan } from './run-scan.ts';
import { writeResult } from './write-result.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-run-'));
  mkdirSync(join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Finds a work in every item that speaks of a lighthouse, and counts how often it was asked. */
function lighthouses(dieAt = Number.POSITIVE_INFINITY): Matcher & { seen: number } {
  const match = Object.assign(
    async ({ content }: ScanItem) => {
      if (match.seen >= dieAt) throw new Error('power cut');
      match.seen++;
      const found = Buffer.from(content as Uint8Array).includes('lighthouse');
      return { hits: found ? [{ sha256: 'ab', work: 'w', kind: 'text' as const, words: 31 }] : [], words: 3 };
    },
    { seen: 0 },
  );
  return match;
}

function scan(match: Matcher, clock = { now: 0 }, more: { with?: string } = {}) {
  return runScan({
    inputs: listInputs(join(folder, 'data')),
    fields: { text: [], bytes: [] },
    match,
    with: more.with ?? 'index 1',
    progressPath: join(folder, 'out.progress'),
    seenPath: join(folder, 'out.seen'),
    // Every look is two seconds later, so that each item is saved.
    now: () => (clock.now += 2_000),
  });
}

/** The items that were looked at. */
function listed(): { input: string; item: string }[] {
  return readFileSync(join(folder, 'out.seen'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function fill(lines: number): void {
  const line = (at: number) =>
    JSON.stringify({ text: at % 3 === 0 ? `the lighthouse ${at}` : `nothing ${at}` });
  writeFileSync(
    join(folder, 'data', 'a.jsonl'),
    Array.from({ length: lines }, (_, at) => `${line(at)}\n`).join(''),
  );
  writeFileSync(join(folder, 'data', 'b.txt'), 'a lighthouse');
  writeFileSync(join(folder, 'data', 'c.txt'), 'nothing');
}

describe('a scan', () => {
  test('finds the same whether it is stopped at any item or not, and looks at nothing twice', async () => {
    fill(6);
    const whole = await scan(lighthouses());
    whole.finished();
    expect(whole.items).toBe(8);
    expect(whole.itemsOf).toEqual([6, 1, 1]);
    expect(whole.hits.map(({ input, item }) => `${input} ${item}`)).toEqual([
      'a.jsonl line 1',
      'a.jsonl line 4',
      'b.txt ',
    ]);
    const all = listed();
    expect(all.length).toBe(8);
    expect(all[7]).toEqual({ input: 'c.txt', item: '' });
    for (let dieAt = 0; dieAt < 8; dieAt++) {
      rmSync(join(folder, 'out.seen'));
      const first = lighthouses(dieAt);
      await expect(scan(first)).rejects.toThrow('power cut');
      const second = lighthouses();
      const again = await scan(second);
      again.finished();
      const { finished: _again, ...same } = again;
      const { finished: _whole, ...expected } = whole;
      expect(same).toEqual(expected);
      expect(listed()).toEqual(all);
      expect(first.seen + second.seen).toBe(8);
      expect(existsSync(join(folder, 'out.progress'))).toBe(false);
    }
  });

  test('a saving that was cut off is made again', async () => {
    fill(6);
    await expect(scan(lighthouses(4))).rejects.toThrow('power cut');
    appendFileSync(join(folder, 'out.progress'), '{"input":0,"don');
    appendFileSync(join(folder, 'out.seen'), '{"input":"a.jsonl","item":"line 5"}\n{"inp');
    const again = await scan(lighthouses());
    expect(again.items).toBe(8);
    expect(new Set(listed().map((seen) => JSON.stringify(seen))).size).toBe(8);
    expect(listed().length).toBe(8);
    expect(readFileSync(join(folder, 'out.progress'), 'utf8')).not.toContain('"don{');
  });

  test('does not go on with what another scan left', async () => {
    fill(2);
    await expect(scan(lighthouses(1))).rejects.toThrow('power cut');
    await expect(scan(lighthouses(), { now: 0 }, { with: 'index 2' })).rejects.toThrow(
      /scan of something else/,
    );
  });

  test('what cannot be read is told and the rest goes on', async () => {
    writeFileSync(join(folder, 'data', 'a.parquet'), 'PAR1 no');
    writeFileSync(join(folder, 'data', 'b.txt'), 'a lighthouse');
    const { hits, faults } = await scan(lighthouses());
    expect(hits).toHaveLength(1);
    expect(faults).toMatchObject([{ input: 'a.parquet', code: 'parquet-unreadable' }]);
  });
});

describe('the result', () => {
  test('is Parquet with one row for each hit and what may be done', async () => {
    const path = join(folder, 'result.parquet');
    const hit = { input: 'a', item: 'row 1', sha256: 'ff', work: 'w', kind: 'text' as const };
    const price = { amountMicro: '3000', perUnits: '1', unit: 'fetch', currency: 'EUR' };
    writeResult(
      path,
      [
        {
          ...hit,
          words: 40,
          coverage: 0.5,
          runs: [{ item: [0, 40], work: [3, 43], words: 40 }],
          entitlement: { state: 'licensable', price },
        },
        { ...hit, entitlement: undefined },
      ],
      { index: 'abc' },
    );
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
    expect(rows).toMatchObject([
      {
        work: 'w',
        match: 'text',
        words: 40n,
        coverage: 0.5,
        entitlement: 'licensable',
        price_amount_micro: 3000n,
        price_currency: 'EUR',
      },
      { entitlement: 'unknown', words: null, price_amount_micro: null },
    ]);
    expect(JSON.parse(String(rows[0]?.runs))).toEqual([{ item: [0, 40], work: [3, 43], words: 40 }]);
  });

  test('without hits it is a Parquet file without rows', async () => {
    const path = join(folder, 'none.parquet');
    writeResult(path, [], { index: 'abc' });
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(path) })).toEqual([]);
  });
});

describe('asking what is licensed', () => {
  test('only ids leave the machine, a thousand at a time', async () => {
    const sent: { use: string; works: string[] }[] = [];
    const fetch = (async (_url: string, init: RequestInit) => {
      const asked = JSON.parse(String(init.body)) as (typeof sent)[number];
      sent.push(asked);
      return Response.json({ entitlements: asked.works.map((work) => ({ work, state: 'reserved' })) });
    }) as typeof globalThis.fetch;
    const works = Array.from({ length: 1_500 }, (_, at) => `w${at}`);
    const client = { id: 'c', secret: 's' };
    const found = await askEntitlements({
      fetch,
      instance: 'https://x.example',
      client,
      use: 'ai-train',
      works,
    });
    expect(sent.map((asked) => asked.works.length)).toEqual([1_000, 500]);
    expect(Object.keys(sent[0]!)).toEqual(['use', 'works']);
    expect(found.get('w1499')?.state).toBe('reserved');
  });

  test('a refusal is told with its cure', async () => {
    const fetch = (async () =>
      Response.json(
        { title: 'The client is not known.', cure: 'Create one.' },
        { status: 401 },
      )) as unknown as typeof globalThis.fetch;
    const asked = askEntitlements({
      ...{ fetch, instance: 'https://x.example', use: 'ai-train', works: ['w'] },
      client: { id: 'c', secret: 's' },
    });
    await expect(asked).rejects.toThrow('The client is not known. Create one.');
  });
});
