import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGate, installBundle } from '@clearway/gate';
import { forwardAuth, openSpool, type Spool } from '@clearway/gate/node';
import {
  type Bundle,
  generateKeyPair,
  type KeyPair,
  parseLicenseUsage,
  signToken,
  toBase64,
} from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The snippet that `deploy/` ships, in a real nginx: it must have been installed, as `.ci/run` does.
const snippet = join(import.meta.dirname, '../../deploy/nginx/gate.conf');
const price = { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } as const;
const now = Math.floor(Date.now() / 1000);
let directory: string;
let pair: KeyPair;
let spool: Spool;
let nginx: ChildProcess;
let base: string;
const gateServer = createServer();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nginx-gate-'));
  await chmod(directory, 0o755);
  pair = await generateKeyPair();
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  spool = await openSpool({
    directory: join(directory, 'spool'),
    gate: 'gate',
    site: 'site',
    privateKey: pair.privateKey,
  });
  const gate = createGate({ now: Date.now, usage: spool });
  installBundle(gate, bundle());
  gateServer.on('request', forwardAuth({ gate }));
  await once(gateServer.listen(0, '127.0.0.1'), 'listening');
  await startNginx(port, (gateServer.address() as AddressInfo).port);
});
afterAll(async () => {
  nginx?.kill('SIGTERM');
  gateServer.close().closeAllConnections();
  await spool?.close();
  await rm(directory, { recursive: true, force: true });
});

function bundle(): Bundle {
  return {
    format: 'clearway-bundle-1',
    issuer: 'https://rights.example',
    site: { id: 'site', origin: base },
    number: 1,
    issuedAt: new Date().toISOString(),
    maxAgeS: 3600,
    keys: [{ kid: 'k1', publicKey: toBase64(pair.publicKey) }],
    licenseUrl: `${base}/license.xml`,
    quoteUrl: 'https://rights.example/quote',
    terms: [
      {
        pattern: '/',
        uses: { 'ai-train': 'paid' },
        prices: [{ use: 'ai-train', ...price }],
        offerSha256: 'ab'.repeat(32),
      },
    ],
    exempt: [],
    revoked: [],
    policy: { unknownAgents: 'pass', cannotDecide: '503' },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startNginx(port: number, gatePort: number): Promise<void> {
  const www = join(directory, 'www');
  await mkdir(www);
  await writeFile(join(www, 'story.html'), 'a story');
  await writeFile(join(www, 'robots.txt'), 'User-agent: *\nAllow: /\n');
  const site = (await readFile(snippet, 'utf8'))
    .replaceAll('127.0.0.1:8402', `127.0.0.1:${gatePort}`)
    .replaceAll('/var/www/html', www);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const root = process.getuid?.() === 0 ? 'user root;' : '';
  const config = `${root} daemon off; pid ${directory}/nginx.pid; error_log stderr warn; worker_processes 1;
events {} http { access_log off; ${temporary.join(' ')} default_type text/html;
server { listen 127.0.0.1:${port}; ${site} } }`;
  await writeFile(join(directory, 'nginx.conf'), config);
  const checked = spawnSync('nginx', [
    '-t',
    '-e',
    'stderr',
    '-p',
    directory,
    '-c',
    join(directory, 'nginx.conf'),
  ]);
  if (checked.status !== 0) throw new Error(`nginx: ${checked.error?.message ?? checked.stderr}`);
  nginx = spawn('nginx', ['-e', 'stderr', '-p', directory, '-c', join(directory, 'nginx.conf')], {
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

async function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(base + path, { headers: { 'user-agent': 'GPTBot/1.2', ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function token(change: object = {}): Promise<string> {
  const claims = {
    iss: 'https://rights.example',
    sub: 'client',
    aud: base,
    iat: now - 5,
    exp: now + 600,
    jti: 'token',
    lic: 'agreement',
    res: ['/story.html'],
    use: ['ai-train'] as const,
    units: price,
    ver: ['ab'.repeat(32)],
    ...change,
  };
  return signToken(claims, { kid: 'k1', privateKey: pair.privateKey });
}

describe('a gate beside nginx', () => {
  test('people and robots.txt pass', async () => {
    expect(await get('/story.html', { 'user-agent': 'Mozilla/5.0 Firefox/140.0' })).toMatchObject({
      status: 200,
      text: 'a story',
    });
    expect(await get('/robots.txt')).toMatchObject({ status: 200 });
  });

  test('AI crawlers without a license get the whole answer', async () => {
    const answer = await get('/story.html', { accept: 'application/json' });
    expect(answer.status).toBe(402);
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'payment-required',
      license: `${base}/license.xml`,
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^License /);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('a licensed fetch passes and is counted once; forged and out of scope do not', async () => {
    const authorization = `License ${await token()}`;
    expect(await get('/story.html', { authorization })).toMatchObject({ status: 200, text: 'a story' });
    await spool.flush();
    expect(spool.counts('agreement')).toEqual({ count: 1, durable: 1 });
    const second = await get('/story.html', { authorization });
    expect(parseLicenseUsage(second.headers.get('license-usage')!)).toMatchObject({ count: 1, durable: 1 });
    expect((await get('/robots.txt', { authorization: `${authorization}x` })).status).toBe(200);
    expect((await get('/other.html', { authorization })).status).toBe(403);
    expect((await get('/story.html', { authorization: `${authorization}x` })).status).toBe(401);
    expect(
      (await get('/story.html', { authorization: `License ${await token({ aud: 'http://other.example' })}` }))
        .status,
    ).toBe(403);
    expect(spool.counts('agreement').count).toBe(2);
  });

  test('a client cannot name the path that is asked about, nor a path that nginx reads in another way', async () => {
    const authorization = `License ${await token()}`;
    const forged = { authorization, 'x-original-uri': '/story.html', 'x-forwarded-uri': '/story.html' };
    expect((await get('/other.html', forged)).status).toBe(403);
    expect((await get('/x%2f..%2fstory.html', { authorization })).status).toBe(400);
    expect((await get('//story.html', { authorization })).status).toBe(400);
    expect((await get('/-gate-auth')).status).toBe(404);
  });
});
