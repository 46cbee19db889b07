import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateKey, readGateKey } from '@clearway/gate/node';
import {
  type Bundle,
  fromBase64,
  generateKeyPair,
  type KeyPair,
  openSegment,
  parseLicenseUsage,
  sealBundle,
  signToken,
  toBase64,
} from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const now = Math.floor(Date.now() / 1000);
const price = { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } as const;
const running: ChildProcess[] = [];
/** The blog runs from source; the command line as it was built. */
const fromSource = ['--conditions=clearway-source'];
let issuer: KeyPair;
let directory: string;
let sealed = '';
const server = createServer((_, response) => void response.end(sealed));
let publicKey = '';

beforeAll(async () => {
  issuer = await generateKeyPair();
  directory = await mkdtemp(join(tmpdir(), 'blog-'));
  publicKey = await createGateKey(join(directory, 'gate.json'));
  const content = JSON.parse(await readFile(join(directory, 'gate.json'), 'utf8'));
  const trust = { b1: toBase64(issuer.publicKey) };
  await writeFile(
    join(directory, 'gate.json'),
    JSON.stringify({ ...content, gate: 'gate-1', site: 'site-1', trust }),
  );
  await readGateKey(join(directory, 'gate.json'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  server.close().closeAllConnections();
  await rm(directory, { recursive: true });
});

/** Starts a program of the repository and returns the address it says. */
async function start(args: string[]): Promise<{ base: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  await expect.poll(() => said, { timeout: 15_000 }).toContain('\n');
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { base: /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0], stop };
}

function gateFlags(spool: string): string[] {
  const bundle = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bundle`;
  return [
    '--bundle',
    bundle,
    '--key',
    join(directory, 'gate.json'),
    '--spool',
    join(directory, spool),
    '--port',
    '0',
  ];
}

/** The gate's address is known only when it stands; the first bundle comes after that, as it may in life. */
async function publish(origin: string, number: number): Promise<void> {
  const bundle: Bundle = {
    format: 'clearway-bundle-1',
    issuer: 'https://rights.example',
    site: { id: 'site-1', origin },
    number,
    issuedAt: new Date().toISOString(),
    maxAgeS: 3600,
    keys: [{ kid: 'k1', publicKey: toBase64(issuer.publicKey) }],
    licenseUrl: `${origin}/license.xml`,
    quoteUrl: 'https://rights.example/quote',
    terms: [
      {
        pattern: '/stories/',
        uses: { 'ai-train': 'paid' },
        prices: [{ use: 'ai-train', ...price }],
        offerSha256: 'ab'.repeat(32),
      },
    ],
    exempt: [],
    revoked: [],
    policy: { unknownAgents: 'pass', cannotDecide: '503' },
  };
  sealed = await sealBundle(bundle, { kid: 'b1', privateKey: issuer.privateKey });
}

function token(origin: string, change: object = {}): Promise<string> {
  const claims = {
    iss: 'https://rights.example',
    sub: 'client-1',
    aud: origin,
    iat: now - 5,
    exp: now + 600,
    jti: `t-${origin}`,
    lic: 'agreement-1',
    res: ['/stories/'],
    use: ['ai-train'] as const,
    units: price,
    ver: ['ab'.repeat(32)],
    ...change,
  };
  return signToken(claims, { kid: 'k1', privateKey: issuer.privateKey });
}

describe.each(['as middleware', 'as a proxy before it'])('the blog with a gate %s', (way) => {
  test('serves people, and licensed crawlers on record', async () => {
    sealed = '';
    const spool = way.replaceAll(' ', '-');
    const blog =
      way === 'as middleware'
        ? undefined
        : await start([...fromSource, 'examples/blog-with-gate/serve.ts', '--without-gate', '--port', '0']);
    const gate = await start(
      blog
        ? [
            'packages/cli/src/main.ts',
            'gate',
            '--origin',
            blog.base,
            '--bundle-every',
            '0.2',
            ...gateFlags(spool),
          ]
        : [...fromSource, 'examples/blog-with-gate/serve.ts', ...gateFlags(spool)],
    );
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(gate.base + path, { headers: { 'user-agent': 'GPTBot/1.2', ...headers } });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    expect(await get('/stories/the-lamp')).toMatchObject({ status: 503 });
    await publish(gate.base, 1);
    await expect.poll(async () => (await get('/stories/the-lamp')).status, { timeout: 10_000 }).toBe(402);

    expect(
      (await get('/stories/the-lamp', { 'user-agent': 'Mozilla/5.0 (X11) Firefox/140.0' })).text,
    ).toContain('ships');
    expect((await get('/robots.txt')).status).toBe(200);
    expect((await get('/')).status).toBe(401);
    const refused = await get('/stories/the-lamp', { accept: 'text/html', 'accept-language': 'de' });
    expect(refused.headers.get('www-authenticate')).toMatch(/^License error="invalid_request"/);
    expect(refused.headers.get('link')).toContain('rel="license"');
    expect(refused.text).toContain('0,002 EUR je Abruf');

    const authorization = `License ${await token(gate.base)}`;
    const licensed = await get('/stories/the-lamp', { authorization });
    expect(licensed).toMatchObject({ status: 200 });
    expect(licensed.headers.get('cache-control')).toBe('private');
    await expect
      .poll(
        async () =>
          parseLicenseUsage((await get('/stories/low-tide', { authorization })).headers.get('license-usage')!)
            .durable,
      )
      .toBeGreaterThan(1);
    expect((await get('/', { authorization })).status).toBe(403);
    expect((await get('/stories/the-lamp', { authorization: `${authorization}x` })).status).toBe(401);
    const elsewhere = await token('http://other.example');
    expect((await get('/stories/the-lamp', { authorization: `License ${elsewhere}` })).status).toBe(403);

    await gate.stop();
    await blog?.stop();
    const records = [];
    for (const name of (await readdir(join(directory, spool, 'segments'))).sort()) {
      const text = await readFile(join(directory, spool, 'segments', name), 'utf8');
      records.push(...(await openSegment(text, fromBase64(publicKey))).records);
    }
    expect(records.length).toBeGreaterThan(2);
    expect(records[0]).toMatchObject({
      seq: 1,
      path: '/stories/the-lamp',
      use: 'ai-train',
      status: 200,
      bytes: licensed.text.length,
    });
  }, 40_000);
});
