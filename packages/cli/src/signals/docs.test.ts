import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addDoctorSite } from '../doctor/doctor-site.ts';
import { addRsl } from '../rsl-command.ts';
import { addSignals } from '../signals-command.ts';
import { siteFetch } from '../web-fetch.ts';

const PAGES = ['tutorials/read-any-site.md', 'how-to/say-it-everywhere.md'];
const docs = join(import.meta.dirname, '../../../../docs');
const xml = (inner: string) =>
  `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>${inner}</license></content></rsl>`;
const priced =
  '<permits type="usage">ai-train</permits><payment type="use"><amount currency="EUR">9</amount></payment>';
let base = '';
let folder = '';
const site: Record<string, () => string> = {
  '/robots.txt': () =>
    `License: ${base}/license.xml\nUser-agent: GPTBot\nDisallow: /article\nUser-agent: *\nDisallow:\n`,
  '/license.xml': () => xml(priced),
  '/article': () => '<title>Article</title>',
};
const server = createServer(({ url = '' }, response) => {
  const page = site[url];
  const types: Record<string, string> = { '/article': 'text/html', '/license.xml': 'application/rsl+xml' };
  response.writeHead(page ? 200 : 404, { 'content-type': types[url] ?? 'text/plain' }).end(page?.());
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'clearway-docs-'));
  const response = { status: 200, headers: [{ name: 'tdm-reservation', value: '1' }], content: { text: '' } };
  const entry = { startedDateTime: '2026-11-22T08:00:00Z', request: { url: 'https://a.example/' }, response };
  writeFileSync(join(folder, 'crawl.har'), JSON.stringify({ log: { entries: [entry] } }));
  writeFileSync(join(folder, 'robots.txt'), 'User-agent: CCBot\nDisallow: /cgi/\n');
  writeFileSync(
    join(folder, 'old.xml'),
    xml('<prohibits type="usage">train-ai</prohibits><payment type="free"/>'),
  );
  mkdirSync(join(folder, 'evidence'));
  writeFileSync(join(folder, 'evidence/robots.txt'), 'User-agent: *\nContent-Usage: train-ai=n\n');
});
afterAll(async () => {
  process.exitCode = 0;
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

/** The commands of a page in their order, each with the exit code it states. */
function commands(page: string): { readonly words: string[]; readonly code: number }[] {
  const text = readFileSync(join(docs, page), 'utf8');
  return [...text.matchAll(/^npm run clearway -- (.*)$/gm)].map(([, line = '']) => {
    const [command = '', note = ''] = line.split(' # exit code ');
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
    return { words, code: Number(note) };
  });
}

/** The site of the text is ours here, and its files lie in a folder of their own. */
function placed(word: string): string {
  if (word.startsWith('https://news.example/')) return word.replace('https://news.example', base);
  const isFile =
    /^[\w-]+\.(?:har|xml|txt)$|^(?:evidence|site-texts(?:\/.*)?|with-robots|link-only|from-mine)$/.test(word);
  return isFile ? join(folder, word) : word;
}

it.each(PAGES)('the commands of %s do what it says', async (page) => {
  const found = commands(page);
  expect(found.length).toBeGreaterThan(5);
  for (const { words, code } of found) {
    process.exitCode = 0;
    const program = new Command().exitOverride();
    const fetch = siteFetch([base]);
    addSignals(program, fetch);
    addRsl(program, fetch);
    addDoctorSite(program.command('doctor'), fetch);
    await program.parseAsync(words.map(placed), { from: 'user' });
    expect([words.join(' '), Number(process.exitCode)]).toEqual([words.join(' '), code]);
  }
});
