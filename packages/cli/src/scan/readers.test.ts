import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fields, READ_LIMITS, type Reading } from './item.ts';
import { listInputs, parseShard, shardOf } from './list-inputs.ts';
import { readInput } from './read-input.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-scan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const USUAL: Fields = { text: [], bytes: [] };

async function read(
  name: string,
  bytes: Uint8Array | string,
  fields = USUAL,
  from = 0,
  limits = READ_LIMITS,
): Promise<Reading[]> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const found: Reading[] = [];
  for await (const reading of readInput(listInputs(path)[0]!, fields, from, limits)) found.push(reading);
  return found;
}

function texts(readings: readonly Reading[]): string[] {
  return readings.map((r) =>
    'item' in r ? Buffer.from(held(r.item.content)).toString() : `! ${r.fault.code}`,
  );
}

function held(content: Uint8Array | object): Uint8Array {
  if (content instanceof Uint8Array) return content;
  throw new Error('read in pieces');
}

describe('a folder', () => {
  test('lists files in a stable order and says what each is', async () => {
    const root = join(folder, 'data');
    mkdirSync(join(root, 'b'), { recursive: true });
    writeFileSync(join(root, 'b', 'page.html'), '<p>x');
    writeFileSync(join(root, 'a.txt'), 'words');
    writeFileSync(join(root, 'noending'), Buffer.from('89504e470d0a1a0a00', 'hex'));
    const inputs = listInputs(root);
    expect(inputs.map(({ name }) => name)).toEqual(['a.txt', 'b/page.html', 'noending']);
    const kinds: string[] = [];
    for (const input of inputs)
      for await (const reading of readInput(input, USUAL))
        if ('item' in reading) kinds.push(reading.item.kind);
    expect(kinds).toEqual(['text', 'html', 'image']);
  });

  test('a path that is not there is said plainly', () => {
    expect(() => listInputs(join(folder, 'nowhere'))).toThrow(/does not exist/);
  });

  test('every file is in exactly one shard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 9 }), (files, count) => {
        const inputs = Array.from({ length: files }, (_, at) => ({ path: '', name: `${at}`, bytes: 0 }));
        const shards = Array.from({ length: count }, (_, index) => shardOf(inputs, { index, count }));
        expect(
          shards
            .flat()
            .map(({ name }) => Number(name))
            .sort((a, b) => a - b),
        ).toEqual(inputs.map((_, at) => at));
      }),
    );
    expect(parseShard('3/8')).toEqual({ index: 3, count: 8 });
    for (const wrong of ['8/8', '-1/2', 'x', '1/0', '1']) expect(() => parseShard(wrong)).toThrow(/i\/n/);
  });

  test('in an array job the task says which shard it is', () => {
    const slurm = { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_COUNT: '4', SLURM_ARRAY_TASK_MIN: '10' };
    expect(parseShard('auto', slurm)).toEqual({ index: 2, count: 4 });
    expect(parseShard('auto/64', { JOB_COMPLETION_INDEX: '63' })).toEqual({ index: 63, count: 64 });
    expect(() => parseShard('auto', { JOB_COMPLETION_INDEX: '0' })).toThrow(/auto\/64/);
    expect(() => parseShard('auto/3', { JOB_COMPLETION_INDEX: '3' })).toThrow(/none of 3/);
    expect(() => parseShard('auto', { ...slurm, SLURM_ARRAY_TASK_ID: '20' })).toThrow(/none of 4/);
    expect(() => parseShard('auto/3')).toThrow(/no array job/);
  });
});

describe('JSONL', () => {
  test('one item a line, by the usual fields, a named one, or a bare string', async () => {
    const lines = '{"text":"one"}\r\n\n{"body":"two","id":2}\n"three"';
    expect(texts(await read('a.jsonl', lines))).toEqual(['one', 'two', 'three']);
    expect(texts(await read('b.jsonl', '{"lyrics":"la"}', { text: ['lyrics'], bytes: [] }))).toEqual(['la']);
  });

  test('a bad line is told with its number and cure, and the rest goes on', async () => {
    const found = await read(
      'c.jsonl',
      Buffer.concat([
        Buffer.from('{"text":"one"}\n{nope\n{"id":1}\n'),
        Buffer.from([0x22, 0xff, 0x22, 0x0a]),
        Buffer.from('{"text":"last"}'),
      ]),
    );
    expect(texts(found)).toEqual(['one', '! line-not-json', '! field-missing', '! line-not-utf8', 'last']);
    expect(found[1]).toMatchObject({ fault: { item: 'line 2' } });
  });

  test('a line beyond the limit is passed over', async () => {
    const long = Buffer.concat([
      Buffer.from('{"text":"'),
      Buffer.alloc(65 * 1024 * 1024, 0x61),
      Buffer.from('"}\n{"text":"after"}\n'),
    ]);
    expect(texts(await read('d.jsonl', long))).toEqual(['! line-too-long', 'after']);
  });

  test('packed with gzip or zstd, also in several parts; cut off, what is there is read and the rest told', async () => {
    const body = ['one', 'two', 'three'].map((text) => `${JSON.stringify({ text })}\n`);
    for (const [ending, pack] of [
      ['gz', gzipSync],
      ['zst', zstdCompressSync],
    ] as const) {
      const packed = Buffer.concat([pack(Buffer.from(body[0]!)), pack(Buffer.from(body.slice(1).join('')))]);
      expect(texts(await read(`p.jsonl.${ending}`, packed))).toEqual(['one', 'two', 'three']);
      const many = Array.from({ length: 3_000 }, (_, at) => `${at} ${'x'.repeat(at % 700)}`);
      const parts = many.map((text) => pack(Buffer.from(`${JSON.stringify({ text })}\n`)));
      expect(texts(await read(`m.jsonl.${ending}`, Buffer.concat(parts)))).toEqual(many);
      const cut = await read(`c.jsonl.${ending}`, packed.subarray(0, -3));
      expect(cut.at(-1)).toMatchObject({ fault: { code: 'file-damaged' } });
      expect(texts(await read(`n.jsonl.${ending}`, body.join('')))).toEqual(['! file-damaged']);
    }
  });

  test('a file that is gone is told, and the scan goes on', async () => {
    const gone = { path: join(folder, 'gone.jsonl'), name: 'gone.jsonl', bytes: 1 };
    const found: Reading[] = [];
    for await (const reading of readInput(gone, USUAL)) found.push(reading);
    expect(texts(found)).toEqual(['! file-unreadable']);
    found.length = 0;
    const parquet = { path: join(folder, 'gone.parquet'), name: 'gone.parquet', bytes: 100 };
    for await (const reading of readInput(parquet, USUAL)) found.push(reading);
    expect(texts(found)).toEqual(['! parquet-unreadable']);
  });

  test('a line that nests without end is passed over', async () => {
    const nested = Buffer.concat([Buffer.alloc(5_000_000, '['), Buffer.from('\n{"text":"after"}\n')]);
    expect(texts(await read('n.jsonl', nested))).toEqual(['! line-too-costly', 'after']);
  });

  test('fields of the prototype are no fields', async () => {
    expect(texts(await read('e.jsonl', '{"constructor":1}', { text: ['toString'], bytes: [] }))).toEqual([
      '! field-missing',
    ]);
  });

  test('read from any position on, it goes on where it stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { maxLength: 8 }), fc.nat(9), async (values, from) => {
        const body = values.map((text) => `${JSON.stringify({ text })}\n`).join('');
        const rest = await read('f.jsonl', body, USUAL, from);
        expect(texts(rest)).toEqual(values.slice(from).map((text) => text.toWellFormed()));
        expect(rest.map(({ position }) => position)).toEqual(values.map((_, at) => at).slice(from));
      }),
      { numRuns: 50 },
    );
  });
});

describe('Parquet', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0001', 'hex');
  const rows = 2_500;
  const whole = () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          {
            name: 'text',
            data: Array.from({ length: rows }, (_, at) => `text of row ${at}`),
            type: 'STRING',
          },
          { name: 'image', data: Array.from({ length: rows }, () => PNG), type: 'BYTE_ARRAY' },
          { name: 'id', data: Array.from({ length: rows }, (_, at) => at), type: 'INT32' },
        ],
        rowGroupSize: 1_000,
      }),
    );

  test('text and files of each row, across row groups', async () => {
    const found = await read('a.parquet', whole());
    expect(found).toHaveLength(rows * 2);
    expect(found.every((reading) => 'item' in reading)).toBe(true);
    const last = found.at(-2)!;
    expect('item' in last && last.item).toMatchObject({ item: `row ${rows - 1}`, kind: 'text' });
    const picture = found.at(-1)!;
    expect('item' in picture && picture.item.kind).toBe('image');
    expect('item' in picture && Buffer.from(held(picture.item.content)).equals(PNG)).toBe(true);
    const rest = await read('a.parquet', whole(), USUAL, rows * 2 - 3);
    expect(rest).toEqual(found.slice(-3));
  });

  test('columns without text say which there are', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'id', data: [1], type: 'INT32' }] }),
    );
    const found = await read('b.parquet', bytes);
    expect(found).toMatchObject([{ fault: { code: 'no-text-field', detail: 'columns: id' } }]);
  });

  test('cut off anywhere it is refused, never read as less', async () => {
    const bytes = whole();
    for (const length of [0, 3, 8, 100, bytes.length >> 1, bytes.length - 1]) {
      const found = await read('c.parquet', bytes.subarray(0, length));
      expect('fault' in found.at(-1)! && found.at(-1)).toMatchObject({
        fault: { code: expect.stringMatching(/^parquet-/) },
      });
    }
  });

  test('changed anywhere it is either refused or read to its end, and never hangs', async () => {
    const bytes = whole().slice();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ change;
        const found = await read('d.parquet', changed, USUAL, 0, { ...READ_LIMITS, groupMs: 2_000 });
        const faults = found.filter((reading) => 'fault' in reading);
        expect(faults.length).toBeLessThanOrEqual(1);
        if (faults.length === 0) expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  test.each([
    [6, 34],
    [13, 4],
    [263, 128],
  ])('changed at byte %i so that decoding never ends, it is given up', async (at, change) => {
    const changed = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'text', data: Array.from({ length: 40 }, (_, i) => `text of row ${i}`), type: 'STRING' },
          { name: 'id', data: Array.from({ length: 40 }, (_, i) => i), type: 'INT32' },
        ],
      }),
    );
    changed[at]! ^= change;
    const fields = { text: ['text', 'id'], bytes: [] };
    const found = await read('f.parquet', changed, fields, 0, { ...READ_LIMITS, groupMs: 1_500 });
    expect(found).toMatchObject([{ fault: { code: 'parquet-too-costly', detail: 'time' } }]);
  });

  test.each([
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
    ['ZSTD', zstdCompressSync],
    ['SNAPPY', undefined],
    ['UNCOMPRESSED', undefined],
  ] as const)('compressed with %s', async (codec, compress) => {
    const data = Array.from({ length: 300 }, (_, at) => `a row ${at} of text, ${'again '.repeat(at % 50)}`);
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'text', data, type: 'STRING' }],
        codec,
        ...(compress && { compressors: { [codec]: (page: Uint8Array) => new Uint8Array(compress(page)) } }),
      }),
    );
    expect(texts(await read(`${codec}.parquet`, bytes))).toEqual(data);
  });

  test('a page that holds more than it says is refused', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'text', data: ['a'], type: 'STRING' }],
        codec: 'ZSTD',
        compressors: { ZSTD: () => new Uint8Array(zstdCompressSync(Buffer.alloc(500_000_000))) },
      }),
    );
    expect(await read('bomb.parquet', bytes)).toMatchObject([{ fault: { code: 'parquet-unreadable' } }]);
  });

  test('pictures in a struct with their path, as image datasets have them', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'image', data: [{ bytes: PNG, path: 'a.png' }, null] }],
        schema: [
          { name: 'root', num_children: 1 },
          { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
          { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
          { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        ],
      }),
    );
    const found = await read('struct.parquet', bytes);
    expect(found).toMatchObject([
      { item: { kind: 'image', item: 'row 0 image' } },
      { item: { item: 'row 1 image' } },
    ]);
    expect('item' in found[0]! && Buffer.from(held(found[0].item.content)).equals(PNG)).toBe(true);
  });

  test('a file that is no Parquet is said to be none', async () => {
    const found = await read('e.parquet', readFileSync(import.meta.filename));
    expect(found).toMatchObject([{ fault: { code: 'parquet-unreadable' } }]);
  });
});
