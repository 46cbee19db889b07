import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCrawlConfig } from './read-crawl-config.ts';
import { runCrawl, type Told } from './run-crawl.ts';
import { webFetch } from './web-fetch.ts';

const RSL = `<rsl xmlns="https://rslstandard.org/rsl">
  <content url="/poem"><license><permits type="usage">search</permits><payment type="free"/></license></content>
  <content url="/paid" server="BASE/olp"><license><permits type="usage">search</permits>
    <payment type="crawl"><amount currency="EUR">0.5</amount></payment></license></content></rsl>`;

let folder: string;
let server: Server;
let origin: string;
const seen: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-crawl-'));
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    const pages: Record<string, string> = {
      '/robots.txt': `License: ${origin}/l.xml`,
      '/l.xml': RSL.replace('BASE', origin),
      '/poem': 'Roses are red',
      '/paid': 'Violets are blue',
      '/olp/token': '{"access_token":"t1","token_type":"License","expires_in":900}',
    };
    const body = pages[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/plain' });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const config = (more = {}) => {
  const path = join(folder, 'crawl.json');
  const value = {
    agent: { token: 'AcmeBot', userAgent: 'AcmeBot/1.0' },
    uses: ['search'],
    budget: { currency: 'EUR', total: '1', ceilings: { crawl: '0.5' } },
    clients: [{ server: `${origin}/olp`, id: 'acme', secretFile: 'secret.txt' }],
    ...more,
  };
  writeFileSync(join(folder, 'secret.txt'), 'hush\n');
  writeFileSync(path, JSON.stringify(value));
  return path;
};

async function crawl(paths: string[], allow = [origin]) {
  const run = runCrawl({
    config: readCrawlConfig(config()),
    urls: paths.map((path) => origin + path),
    use: 'search',
    lines: join(folder, 'lines.jsonl'),
    out: join(folder, 'content'),
    fetch: webFetch(1_000_000, allow),
    now: () => Date.UTC(2026, 10, 22),
    maxBytes: 1_000_000,
  });
  const all: Told[] = [];
  for await (const one of run) all.push(one);
  return all;
}

it('fetches, buys, keeps content and lines, and goes on from what was spent', async () => {
  expect(await crawl(['/poem', '/paid', '/nothing'])).toMatchObject([
    { state: 'fetched', charged: '0', payment: 'free' },
    { state: 'fetched', charged: '0.5', payment: 'crawl' },
    { state: 'unreachable', status: 404 },
  ]);
  const name = createHash('sha256').update('Violets are blue').digest('hex');
  expect(readFileSync(join(folder, 'content', name), 'utf8')).toBe('Violets are blue');
  expect(seen).toContain('POST /olp/token Basic YWNtZTpodXNo');
  expect(seen).toContain('GET /paid License t1');
  expect(await crawl(['/paid', '/paid'])).toMatchObject([
    { state: 'fetched', charged: '0.5' },
    { state: 'over-budget', reason: 'total' },
  ]);
  const lines = readFileSync(join(folder, 'lines.jsonl'), 'utf8');
  expect(lines.trim().split('\n')).toHaveLength(3);
  expect(lines).not.toMatch(/hush|t1"/);
});

it('private addresses are refused, wherever they are named', async () => {
  expect(await crawl(['/poem'], [])).toMatchObject([{ state: 'unreachable', reason: 'network' }]);
});

it.each([
  [{ uses: undefined }, 'uses'],
  [{ budgets: {} }, 'budgets'],
])('says what is wrong with the file: %j', (more, word) => {
  expect(() => readCrawlConfig(config(more))).toThrow(word);
});
