import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCrawlFile } from './crawl-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crawl-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const line = (charged: string, currency = 'EUR') =>
  JSON.stringify({ format: 'clearway-crawl-1', charged, price: { currency } });

it('keeps lines in their order, and knows what was spent when it opens again', async () => {
  const path = join(folder, 'a.jsonl');
  const file = await openCrawlFile(path, 'EUR');
  expect(file.spent).toBe('0');
  await Promise.all(Array.from({ length: 500 }, (_, i) => file.append(line(`0.00${i % 10}`))));
  await file.append(line('7', 'USD'));
  await file.close();
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines).toHaveLength(502);
  expect(lines.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, i) => line(`0.00${i % 10}`)));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = await openCrawlFile(path, 'EUR');
  expect(again.spent).toBe('2.25');
  await again.close();
});

it('passes over what a crash cut off', async () => {
  const path = join(folder, 'b.jsonl');
  const file = await openCrawlFile(path, 'EUR');
  await file.append(line('1'));
  await file.close();
  await appendFile(path, line('5').slice(0, -4));
  const second = await openCrawlFile(path, 'EUR');
  expect(second.spent).toBe('1');
  await second.append(line('2'));
  await second.close();
  const third = await openCrawlFile(path, 'EUR');
  expect(third.spent).toBe('3');
  await third.close();
});

it('reads long files in pieces, whatever stands at their borders', async () => {
  const path = join(folder, 'c.jsonl');
  const wide = JSON.stringify({ ...JSON.parse(line('0.001')), url: `https://a.example/${'ä'.repeat(700)}` });
  await appendFile(path, `${wide}\n`.repeat(3_000));
  const file = await openCrawlFile(path, 'EUR');
  expect(file.spent).toBe('3');
  await file.close();
});

it('refuses a line that is two, and says so when nothing can be written', async () => {
  const file = await openCrawlFile(join(folder, 'd.jsonl'), 'EUR');
  await expect(file.append('{}\n{}')).rejects.toThrow(TypeError);
  await file.close();
  await expect(file.append(line('1'))).rejects.toThrow();
  await expect(openCrawlFile(folder, 'EUR')).rejects.toThrow();
});
