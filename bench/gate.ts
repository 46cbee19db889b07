// What a gate costs: CPU time of the server per request, relative to the same `node:http` handler without one.
//
// One server switches its handler between slices of requests, in random order, so that drift hits all alike; a process of
// its own asks over 16 kept-alive loopback connections. Records are really written and synced. Ratios are medians over
// rounds of pairs from the same round. Run: node --conditions=clearway-source bench/gate.ts [rounds] [requests]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGate, installBundle } from '@clearway/gate';
import { gateMiddleware, openSpool } from '@clearway/gate/node';
import { type Bundle, generateKeyPair, signToken, toBase64, verifyToken } from '@clearway/protocol';
import { openSupertab } from './gate/peer.ts';

const [rounds, requests] = [Number(process.argv[2] ?? 25), Number(process.argv[3] ?? 4_000)];
const origin = 'http://blog.example';
const offerSha256 = 'ab'.repeat(32);
const price = { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } as const;

const pair = await generateKeyPair();
const bundle: Bundle = {
  format: 'clearway-bundle-1',
  issuer: 'https://rights.example',
  site: { id: 'site', origin },
  number: 1,
  issuedAt: new Date().toISOString(),
  maxAgeS: 86_400,
  keys: [{ kid: 'k1', publicKey: toBase64(pair.publicKey) }],
  licenseUrl: `${origin}/license.xml`,
  quoteUrl: 'https://rights.example/quote',
  terms: ['/', '/a/', '/b/', '/c/', '/d/', '/e/', '/stories/', '/f/*.pdf$', '/g/', '/h/'].map((pattern) => ({
    pattern,
    uses: { 'ai-train': 'paid' } as const,
    prices: [{ use: 'ai-train', ...price }],
    offerSha256,
  })),
  exempt: [],
  revoked: [],
  policy: { unknownAgents: 'pass', cannotDecide: '503' },
};
const now = Math.floor(Date.now() / 1000);
const token = await signToken(
  {
    iss: bundle.issuer,
    sub: 'client',
    aud: origin,
    iat: now - 5,
    exp: now + 3_600,
    jti: 'token',
    lic: 'agreement',
    res: ['/stories/'],
    use: ['ai-train'],
    units: price,
    ver: [offerSha256],
  },
  { kid: 'k1', privateKey: pair.privateKey },
);

const directory = await mkdtemp(join(tmpdir(), 'bench-gate-'));
const spool = await openSpool({ directory, gate: 'bench', site: 'site', privateKey: pair.privateKey });
const gate = createGate({ now: Date.now, usage: spool });
installBundle(gate, bundle);
const guard = gateMiddleware(gate);

const body = Buffer.alloc(1_024, 'x');
const bare: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length });
  response.end(body);
};
const guarded: RequestListener = (request, response) =>
  guard(request, response, () => bare(request, response));
const verifying: RequestListener = (request, response) => {
  const given = request.headers.authorization?.slice('License '.length) ?? '';
  const keys = (kid: string) => (kid === 'k1' ? pair.publicKey : undefined);
  verifyToken(given, { keys, audience: origin, now: Date.now() }).then(
    () => bare(request, response),
    (error: Error) => response.writeHead(401).end(error.message),
  );
};

let handler = bare;
const server = createServer((request, response) => handler(request, response));
await once(server.listen(0, '127.0.0.1'), 'listening');
const client = fork(join(import.meta.dirname, 'gate', 'ask.ts'), [
  String((server.address() as AddressInfo).port),
]);

const person = 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n';
const licensed = `User-Agent: GPTBot/1.2\r\nAuthorization: License ${token}\r\n`;
const variants = [
  { name: 'bare, asked by a person', headers: person, handler: bare, base: 0, goal: undefined },
  { name: 'gate, asked by a person', headers: person, handler: guarded, base: 0, goal: 1.03 },
  { name: 'bare, asked with a token', headers: licensed, handler: bare, base: 2, goal: undefined },
  { name: 'gate, asked with a token it knows', headers: licensed, handler: guarded, base: 2, goal: 1.06 },
  {
    name: 'the token verified on every request',
    headers: licensed,
    handler: verifying,
    base: 2,
    goal: undefined,
  },
];
// A peer's build is named by its path, because none is on the registry: CLEARWAY_BENCH_SUPERTAB=<its dist/index.js>.
const peerPath = process.env.CLEARWAY_BENCH_SUPERTAB;
if (peerPath) {
  const peer = await openSupertab(peerPath, origin, bare);
  const headers = `User-Agent: GPTBot/1.2\r\nAuthorization: License ${peer.token}\r\n`;
  variants.push({ name: peer.name, headers, handler: peer.handler, base: 2, goal: undefined });
} else console.log('No peer: set CLEARWAY_BENCH_SUPERTAB to measure the Supertab SDK in the same run.');

/** CPU microseconds of this process per request. */
async function slice(index: number): Promise<number> {
  const variant = variants[index]!;
  handler = variant.handler;
  const before = process.cpuUsage();
  client.send({ headers: variant.headers, requests });
  const [answer] = (await once(client, 'message')) as [{ ok: number }];
  const { user, system } = process.cpuUsage(before);
  if (answer.ok !== requests)
    throw new Error(`${variant.name}: ${answer.ok} of ${requests} were answered with 200.`);
  return (user + system) / requests;
}

/** A small generator with a printed seed, so that the order can be had again. */
const seed = 20_261_122;
let state = seed;
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

for (const index of shuffled(variants.length)) await slice(index);
const measured: number[][] = variants.map(() => []);
for (let round = 0; round < rounds; round += 1)
  for (const index of shuffled(variants.length)) measured[index]!.push(await slice(index));

client.kill();
server.close().closeAllConnections();
await spool.close();
await rm(directory, { recursive: true });

console.log(`${cpus()[0]?.model.trim()} × ${availableParallelism()}, Node ${process.version}, seed ${seed}`);
console.log(`${rounds} rounds of ${requests} requests; CPU of the server per request, 1 KiB answers\n`);
console.log('                                       µs    ratio   goal');
for (const [index, { name, base, goal }] of variants.entries()) {
  const ratio = median(measured[index]!.map((value, round) => value / measured[base]![round]!));
  const cells = [median(measured[index]!).toFixed(1).padStart(7), ratio.toFixed(3).padStart(8)];
  console.log(`${name.padEnd(36)}${cells.join(' ')}   ${goal === undefined ? '' : `≤ ${goal}`}`);
}
