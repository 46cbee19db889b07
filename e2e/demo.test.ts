import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetch, createResolver } from '@clearway/net';
import { startDnsServer } from '@clearway/net/testing';
import { allMigrations, kernel, openKernel, readConfig, transparency } from '@clearway/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoNames, startNewsSite } from '../packages/cli/src/demo/news-site.ts';
import { seedDemo } from '../packages/cli/src/demo/seed.ts';

const CLEARWAY = join(import.meta.dirname, '..', 'packages', 'cli', 'bin', 'clearway.mjs');
const READY_MS = 60_000;

type Running = { readonly url: string; stop(): Promise<number | null> };

let directory: string;
let port: number;
const at = (name: string) => join(directory, name);

/** Runs the built command until its first address stands in its output, or it ends. */
async function run(args: readonly string[]): Promise<Running | { code: number | null; said: string }> {
  const child = spawn(process.execPath, [CLEARWAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        const url = / runs at (http\S+)/.exec(said)?.[1];
        if (url) resolve(url);
      });
  });
  const late = setTimeout(() => child.kill('SIGKILL'), READY_MS);
  const first = await Promise.race([ready, ended]);
  clearTimeout(late);
  if (typeof first !== 'string') return { code: first, said };
  return { url: first, stop: () => stop(child, ended) };
}

function stop(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  child.kill('SIGTERM');
  return ended;
}

async function start(args: readonly string[]): Promise<Running> {
  const running = await run(args);
  if ('said' in running) throw new Error(`it ended with ${running.code}: ${running.said}`);
  return running;
}

/** Two ports in a row: one for the instance, one for the newspaper beside it. */
async function freePorts(): Promise<number> {
  const listen = (wanted: number) =>
    new Promise<{ port: number; close(): void } | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(wanted, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        resolve({ port, close: () => server.close() });
      });
    });
  for (let i = 0; i < 50; i++) {
    const first = await listen(0);
    const second = first && (await listen(first.port + 1));
    first?.close();
    second?.close();
    if (first && second) return first.port;
  }
  throw new Error('no two free ports in a row');
}

/** Seeds an empty directory and answers what it holds, before anything of today happens in it. */
async function seed(data: string) {
  const news = await startNewsSite(port + 1);
  const dns = await startDnsServer(demoNames());
  const resolver = createResolver({ servers: [dns.address] });
  const fetch = createFetch({ resolver, allowOrigins: news.origins });
  const world = { demo: true, dns: resolver, fetch, fsync: false };
  const config = readConfig({}, { data, port });
  const opened = await openKernel(config, 'serve', world, `http://localhost:${port}`);
  try {
    await kernel.migrate(opened.k.db, allMigrations);
    await seedDemo(opened.k, news);
    await transparency.sequence(opened.k);
    const log = await transparency.checkLog(opened.k.db);
    return { log, tables: await kernel.tableHashes(opened.data.connection) };
  } finally {
    await opened.close();
    await news.stop();
    await dns.stop();
  }
}

/** Tables in which the world of another machine may differ. All others hold the same rows. */
const OWN = [
  // The keys of the instance, hashes and links made with them, and signatures.
  'kernel.keys',
  'campaign.links',
  'campaign.mailing_recipients',
  'campaign.moderator_invitations',
  'campaign.notices',
  'kernel.mails',
  'transparency.checkpoints',
  // Times at which this machine stored them; `kernel.blob_pieces` is compared.
  'kernel.blobs',
];

const PAGES = [
  '/',
  '/declaration',
  '/sign',
  '/wall',
  '/sign-in',
  '/numbers',
  '/log',
  '/imprint',
  '/privacy',
  '/demo',
];
const MARK = 'class="demo-mark"';

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'demo-'));
  port = await freePorts();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the demo world', () => {
  it('is the same on every machine', async () => {
    const [one, two] = [await seed(at('first')), await seed(at('second'))];
    const compared = ({ tables }: typeof one) =>
      tables.filter(({ schema, table }) => !OWN.includes(`${schema}.${table}`));
    expect(compared(one).length).toBeGreaterThan(30);
    expect(compared(one)).toEqual(compared(two));
    expect(one.log).toEqual(two.log);
    expect(one.log?.size).toBeGreaterThan(20);
    const rows = Object.fromEntries(
      compared(one).map(({ schema, table, rows }) => [`${schema}.${table}`, rows]),
    );
    for (const table of ['works.works', 'offers.offers', 'offers.consents', 'campaign.signatories'])
      expect(rows[table], table).toBeGreaterThan(0);
  });

  it('is marked on every page, and its list of signatures holds', async () => {
    const demo = await start(['demo', '--data', at('one'), '--port', String(port)]);
    await expectMarks(demo.url);
    await expectListHolds(demo.url);
    expect(await demo.stop()).toBe(0);
  });

  it('never becomes a real instance', async () => {
    const refused = await run(['serve', '--data', at('one'), '--port', '0']);
    expect(refused).toMatchObject({
      code: 1,
      said: expect.stringContaining('cannot become a real instance'),
    });
  });

  it('never takes the place of a real one', async () => {
    const real = await start(['serve', '--data', at('real'), '--port', '0']);
    const home = await (await fetch(real.url)).text();
    expect(home).toContain('</html>');
    expect(home).not.toContain(MARK);
    expect(await real.stop()).toBe(0);
    const refused = await run(['demo', '--data', at('real'), '--port', '0']);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('is not a demo world') });
    const again = await start(['serve', '--data', at('real'), '--port', '0']);
    expect(await again.stop()).toBe(0);
  });
});

/** The pages everybody knows, the pages of each work, and one that does not exist. */
async function expectMarks(url: string): Promise<void> {
  const opened = await kernel.joinData({ directory: at('one'), url: undefined });
  const works = await opened.pool.query<{ id: string }>('select id from works.works').finally(opened.close);
  const paths = [...PAGES, ...works.rows.map(({ id }) => `/w/${id}`), '/nothing-here'];
  for (const path of paths) {
    const page = await fetch(`${url}${path}`, { headers: { Accept: 'text/html' } });
    const text = await page.text();
    expect(page.headers.get('Content-Type'), path).toContain('text/html');
    expect(page.status, path).toBe(path === '/nothing-here' ? 404 : 200);
    expect(text, path).toContain(MARK);
  }
}

/** The list of who signed, organisations among them, as a stranger verifies it. */
async function expectListHolds(url: string): Promise<void> {
  const file = at('signatures.json');
  const list = await (await fetch(`${url}/press/signatures.json`)).text();
  expect(list).toContain('"kind":"organisation"');
  writeFileSync(file, list);
  const { verifierKey } = JSON.parse(list) as { verifierKey: string };
  const known = await (await fetch(`${url}/press`, { headers: { Accept: 'text/html' } })).text();
  expect(known).toContain(verifierKey);
  writeFileSync(at('clearway.pub'), verifierKey);
  const verified = await run(['verify', file, '--key', at('clearway.pub')]);
  expect(verified).toMatchObject({ code: 0, said: expect.stringContaining('Everything holds.') });
  expect(verified).toMatchObject({ said: expect.stringContaining('1 organisations') });
}
