import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { buildIndex, exactKeys, type MatchIndex, printText, readIndex } from '@clearway/match';
import { works } from '@clearway/server';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slidingTone, toFlac, toWav } from '../testing/sound.ts';
import { READ_LIMITS } from './item.ts';
import { listInputs } from './list-inputs.ts';
import { itemMatcher } from './match-item.ts';
import type { Hit } from './progress-file.ts';
import { readInput } from './read-input.ts';

const shared = resolve(process.env.CLEARWAY_WORKS ?? '../shared/works');
const NAMES = {
  alice: 'text/alice-chapter-1.txt',
  frankenstein: 'text/frankenstein-chapter-5.txt',
  coffee: 'image/coffee.png',
  rocket: 'image/rocket.jpg',
  viper: 'audio/viper.mp3',
} as const;
type Name = keyof typeof NAMES | 'tone';
const ids = Object.fromEntries(
  [...Object.keys(NAMES), 'tone'].map((name, at) => [name, `00000000-0000-4000-8000-00000000000${at}`]),
) as { [N in Name]: string };

let folder: string;
let index: MatchIndex;
const file = (name: keyof typeof NAMES) => readFileSync(join(shared, NAMES[name]));
const tone = slidingTone(10_000);

/** What a dataset of this one file holds, by name of the work and kind. */
async function found(name: string, bytes: Uint8Array | string, limits = READ_LIMITS) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const match = itemMatcher(index);
  const hits: { work: string | undefined; kind: Hit['kind']; item: string; words?: number }[] = [];
  const faults: string[] = [];
  for await (const reading of readInput(listInputs(path)[0]!, { text: [], bytes: [] }, 0, limits)) {
    if ('fault' in reading) faults.push(reading.fault.code);
    else {
      const told = await match(reading.item);
      faults.push(...(told.faults ?? []).map(({ code }) => code));
      for (const { work, kind, words } of told.hits) {
        const named = Object.keys(ids).find((one) => ids[one as Name] === work);
        hits.push({ work: named, kind, item: reading.item.item, ...(words !== undefined && { words }) });
      }
    }
  }
  return { hits, faults };
}

const excerptOf = (name: 'alice' | 'frankenstein', from: number, words = 40) =>
  file(name)
    .toString()
    .split(/\s+/)
    .slice(from, from + words)
    .join(' ');
const around = (text: string) => `Somebody wrote on a page of theirs: ${text} -- and nothing more was said.`;

describe.skipIf(!existsSync(shared))('real works', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clearway-real-'));
    mkdirSync(folder, { recursive: true });
    const texts = (['alice', 'frankenstein'] as const).map((name) => ({
      id: ids[name],
      texts: [printText(file(name))],
      keys: exactKeys(file(name), { mediaType: 'text/plain' }),
    }));
    const images = (['coffee', 'rocket'] as const).map(async (name) => ({
      id: ids[name],
      keys: exactKeys(file(name), { pixels: (await works.decodeImage(file(name)))! }),
    }));
    const audio = [
      { id: ids.viper, keys: exactKeys(file('viper'), { mediaType: 'audio/mpeg' }) },
      { id: ids.tone, keys: exactKeys(toWav(tone), { mediaType: 'audio/wav' }) },
    ];
    const all = [...texts, ...(await Promise.all(images)), ...audio];
    index = readIndex(buildIndex(all, { created: new Date(0) }).bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('an excerpt is found in JSON lines, Parquet, a page and a file', async () => {
    const [alice, frankenstein] = [excerptOf('alice', 500), excerptOf('frankenstein', 200)];
    const lines = [around('nothing'), around(alice), around(frankenstein)];
    const jsonl = await found('a.jsonl', lines.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    expect(jsonl).toEqual({
      hits: [
        { work: 'alice', kind: 'text', item: 'line 2', words: 40 },
        { work: 'frankenstein', kind: 'text', item: 'line 3', words: 40 },
      ],
      faults: [],
    });
    const parquet = parquetWriteBuffer({
      columnData: [{ name: 'text', data: lines, type: 'STRING' }],
      codec: 'ZSTD',
      compressors: { ZSTD: (page) => new Uint8Array(zstdCompressSync(page)) },
    });
    expect((await found('a.parquet', new Uint8Array(parquet))).hits).toMatchObject([
      { work: 'alice', item: 'row 1' },
      { work: 'frankenstein', item: 'row 2' },
    ]);
    const markup = alice.split(' ').map((word, at) => (at % 5 === 2 ? `<em class="x">${word}</em>` : word));
    const page = `<!doctype html><title>x</title><script>var a = "b c d"</script><p>${markup.join('\n')}</p>`;
    expect((await found('a.html', page)).hits).toMatchObject([{ work: 'alice', kind: 'text', words: 40 }]);
    expect((await found('a.txt', around(alice).toUpperCase())).hits).toMatchObject([{ work: 'alice' }]);
    expect((await found('b.txt', file('alice'))).hits).toEqual([{ work: 'alice', kind: 'bytes', item: '' }]);
    expect((await found('c.txt', around(excerptOf('alice', 500, 12)))).hits).toEqual([]);
  });

  test('a text that is read in pieces is found as one that is held', async () => {
    const long = `${'A line that says nothing of note at all.\n'.repeat(30_000)}${around(excerptOf('alice', 700))}`;
    const whole = await found('long.txt', long);
    expect(whole.hits).toMatchObject([{ work: 'alice', words: 40 }]);
    expect(await found('long.txt', long, { ...READ_LIMITS, wholeBytes: 1_000 })).toEqual(whole);
    const picture = await found('large.png', file('coffee'), { ...READ_LIMITS, wholeBytes: 1_000 });
    expect(picture).toEqual({
      hits: [{ work: 'coffee', kind: 'bytes', item: '' }],
      faults: ['file-too-large'],
    });
  });

  test('a picture is found after lossless encoding, not as JPEG, smaller or changed', async () => {
    const png = sharp(file('coffee'));
    const same = {
      'a.webp': await png.clone().webp({ lossless: true }).toBuffer(),
      'a.tiff': await png.clone().tiff({ compression: 'lzw' }).toBuffer(),
      'a.png': await png.clone().png({ compressionLevel: 1, progressive: true }).toBuffer(),
      noending: await png.clone().webp({ lossless: true, effort: 0 }).toBuffer(),
    };
    for (const [name, bytes] of Object.entries(same))
      expect(await found(name, bytes), name).toEqual({
        hits: [{ work: 'coffee', kind: 'pixels', item: '' }],
        faults: [],
      });
    const others = {
      'b.jpg': await png.clone().jpeg({ quality: 100 }).toBuffer(),
      'b.webp': await png.clone().webp({ quality: 90 }).toBuffer(),
      'b.png': await png.clone().resize(300).png().toBuffer(),
    };
    for (const [name, bytes] of Object.entries(others))
      expect(await found(name, bytes), name).toEqual({ hits: [], faults: [] });
    const rocket = await sharp(file('rocket')).png().toBuffer();
    expect((await found('r.png', rocket)).hits).toMatchObject([{ work: 'rocket', kind: 'pixels' }]);
    expect(await found('cut.png', file('coffee').subarray(0, 9_000))).toEqual({
      hits: [],
      faults: ['image-unreadable'],
    });
  });

  test('pictures in a column of a dataset, in a struct with their path', async () => {
    const webp = await sharp(file('coffee')).webp({ lossless: true }).toBuffer();
    const data = [
      { bytes: file('rocket'), path: 'r.jpg' },
      { bytes: webp, path: null },
    ];
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'image', data }],
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ],
    });
    expect((await found('images.parquet', new Uint8Array(bytes))).hits).toEqual([
      { work: 'rocket', kind: 'bytes', item: 'row 0 image' },
      { work: 'coffee', kind: 'pixels', item: 'row 1 image' },
    ]);
  });

  test('a recording is found as WAV with other tags, as FLAC, and as MP3 with other tags', async () => {
    const pcm = [{ work: 'tone', kind: 'pcm', item: '' }];
    expect((await found('a.wav', toWav(tone, 'taken from somewhere'))).hits).toEqual(pcm);
    expect((await found('a.flac', toFlac(tone))).hits).toEqual(pcm);
    const louder = tone.map((sample) => sample + 1);
    expect((await found('b.flac', toFlac(louder))).hits).toEqual([]);
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x20', 'latin1'), Buffer.alloc(32, 1)]);
    const tag = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 0x41)]);
    expect((await found('a.mp3', Buffer.concat([id3, file('viper'), tag]))).hits).toEqual([
      { work: 'viper', kind: 'pcm', item: '' },
    ]);
    expect((await found('b.mp3', file('viper'))).hits).toMatchObject([{ work: 'viper', kind: 'bytes' }]);
    expect(await found('cut.wav', toWav(tone).subarray(0, 5_000))).toEqual({
      hits: [],
      faults: ['audio-unreadable'],
    });
  });
});
