import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bundle,
  generateKeyPair,
  type KeyPair,
  openSegment,
  sealBundle,
  signToken,
  toBase64,
} from '@clearway/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decide, settle } from '../decide.ts';
import { T0, testBundle, testClaims } from '../testing/test-gate.ts';
import { createGateKey, readGateKey } from './gate-key.ts';
import { type OpenGateOptions, openGate } from './open-gate.ts';

let issuer: KeyPair;
let directory: string;
let sealed: string | undefined;
let asked: IncomingMessage['headers'][];
let segments: string[];
let notModified: number;
const server = createServer(async (request, response) => {
  asked.push(request.headers);
  if (request.url === '/segments') {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    segments.push(body);
    response.writeHead(202).end();
  } else if (sealed === undefined) response.writeHead(500).end();
  else if (request.headers['if-none-match'] === `"${sealed.slice(-20)}"`) {
    notModified += 1;
    response.writeHead(304).end();
  } else response.writeHead(200, { etag: `"${sealed.slice(-20)}"` }).end(sealed);
});
let base: string;

beforeAll(async () => {
  issuer = await generateKeyPair();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close().closeAllConnections());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-gate-'));
  [asked, segments, notModified] = [[], [], 0];
  sealed = await seal({});
  return () => rm(directory, { recursive: true });
});

function seal(change: Partial<Bundle>, pair: KeyPair = issuer): Promise<string> {
  return sealBundle(testBundle(issuer, change), { kid: 'b1', privateKey: pair.privateKey });
}

let now = T0;
async function open(
  errors: unknown[] = [],
  change: Partial<OpenGateOptions> = {},
): ReturnType<typeof openGate> {
  const key = {
    gate: 'gate-1',
    site: 'site-1',
    secret: 's3cret',
    privateKey: issuer.privateKey,
    trust: (kid: string) => (kid === 'b1' ? issuer.publicKey : undefined),
  };
  const urls = { bundleUrl: `${base}/bundle`, usageUrl: `${base}/segments` };
  const given = {
    key,
    ...urls,
    directory: join(directory, 'spool'),
    fetch,
    now: () => now,
    bundleEveryMs: 10,
  };
  return openGate({ ...given, onError: (error) => errors.push(error), ...change });
}

const bot = { method: 'GET', target: '/a', headers: { 'user-agent': 'GPTBot/1.2', host: 'blog.example' } };

describe('openGate', () => {
  test('takes a bundle, keeps it fresh, and delivers what was used', async () => {
    const { gate, close } = await open();
    expect(asked[0]).toMatchObject({ authorization: `Basic ${btoa('gate-1:s3cret')}` });
    expect(await decide(gate, bot)).toMatchObject({ status: 402 });
    await expect.poll(() => notModified).toBeGreaterThan(1);
    sealed = await seal({ number: 22, terms: [] });
    await expect.poll(() => gate.rules?.bundle.number).toBe(22);
    const token = await signToken(testClaims(), { kid: 'k1', privateKey: issuer.privateKey });
    const licensed = await decide(gate, {
      ...bot,
      headers: { ...bot.headers, authorization: `License ${token}` },
    });
    expect(licensed.kind).toBe('pass');
    if (licensed.kind === 'pass') settle(gate, licensed, { status: 200, bytes: 3 });
    await close();
    const [segment] = await Promise.all(segments.map((each) => openSegment(each, issuer.publicKey)));
    expect(segment).toMatchObject({ gate: 'gate-1', site: 'site-1', bundle: 22, records: [{ path: '/a' }] });
    expect(segment!.refusals).toMatchObject([{ reason: 'payment-required', agentName: 'GPTBot', count: 1 }]);
    expect(await readdir(join(directory, 'spool', 'sent'))).toHaveLength(1);
  });

  test.each<[string, () => Promise<string | undefined>, RegExp]>([
    ['none', async () => undefined, /answered 500/],
    ['a cut one', async () => sealed!.slice(0, -9), /signature|base64url/],
    ['one signed by a stranger', async () => seal({ number: 9 }, await generateKeyPair()), /signature/],
    [
      'one of another site',
      () => seal({ number: 9, site: { id: 'site-2', origin: 'https://other.example' } }),
      /another site/,
    ],
    ['an older one', () => seal({ number: 4 }), /older/],
    ['a page', async () => '<html>', /parts|base64url/],
  ])('%s changes nothing, also over a restart', async (_, spoil, said) => {
    sealed = await seal({ number: 5 });
    const errors: Error[] = [];
    const first = await open(errors);
    sealed = await spoil();
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(errors[0]!.message).toMatch(said);
    expect(first.gate.rules?.bundle.number).toBe(5);
    await first.close();
    const second = await open(errors);
    expect(await decide(second.gate, bot)).toMatchObject({ status: 402 });
    now += 3_601_000;
    expect(await decide(second.gate, bot)).toMatchObject({ status: 503 });
    now = T0;
    await second.close();
  });

  test('a server that says "not modified" for ever does not keep a bundle alive', async () => {
    const { gate, close } = await open();
    now = T0 + 1_900_000;
    const before = notModified;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(notModified - before).toBeLessThanOrEqual(1);
    sealed = await seal({ issuedAt: new Date(now).toISOString() });
    await expect.poll(() => gate.rules?.until).toBe(now + 3_600_000);
    now = T0;
    await close();
  });
});

describe('key files', () => {
  test('are made once, completed by hand and read', async () => {
    const path = join(directory, 'gate.json');
    const publicKey = await createGateKey(path);
    expect(publicKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    await expect(createGateKey(path)).rejects.toThrow(/EEXIST/);
    await expect(readGateKey(path)).rejects.toThrow(/trusts no key/);
    const content = JSON.parse(await readFile(path, 'utf8'));
    content.trust = { b1: toBase64(issuer.publicKey) };
    await writeFile(path, JSON.stringify(content));
    await expect(readGateKey(path)).rejects.toThrow(/says no "gate"/);
    await writeFile(path, JSON.stringify({ ...content, gate: 'gate-1', site: 'site-1' }));
    const key = await readGateKey(path);
    expect(key.trust('b1')).toEqual(issuer.publicKey);
    expect(key).not.toHaveProperty('secret');
  });
});
