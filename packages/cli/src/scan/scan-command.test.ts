import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndex, exactKeys, printText } from '@clearway/match';
import {
  formatVerifierKey,
  generateKeyPair,
  type KeyPair,
  MATCH_INDEX_FORMAT,
  parseScanReport,
  sealMatchIndex,
} from '@clearway/protocol';
import { Command } from 'commander';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { addScan } from '../scan-command.ts';
import { checkReportable } from './write-report.ts';

const WORK = '00000000-0000-4000-8000-000000000001';
const text = Array.from({ length: 90 }, (_, at) => `word${at} of${at * 7} the${at % 5} lamp${at * 3}`).join(
  ' ',
);
const excerpt = text.split(' ').slice(40, 70).join(' ');

let folder: string;
let server: Server;
let instance: string;
let signer: { kid: string; privateKey: KeyPair['privateKey'] };
let verifierKey: string;
let indexBytes: Uint8Array;
/** What the instance answers about works, and which bytes it says it signed. */
let entitlements: object[];
let signedBytes: Uint8Array;
const asked: string[] = [];
beforeAll(async () => {
  const bytes = new TextEncoder().encode(text);
  const keys = exactKeys(bytes, { mediaType: 'text/plain' });
  indexBytes = buildIndex([{ id: WORK, texts: [printText(bytes)], keys }], { created: new Date(0) }).bytes;
  const pair = await generateKeyPair();
  signer = { kid: sha256Of(pair.publicKey).slice(0, 16), privateKey: pair.privateKey };
  verifierKey = await formatVerifierKey('rights.example/licensing', pair.publicKey);
  // Stands for an instance: what it gives and what it is asked.
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url} ${body}`);
    const tag = `"${sha256Of(indexBytes)}"`;
    if (request.url === '/api/match-index' && request.headers['if-none-match'] === tag)
      response.writeHead(304).end();
    else if (request.url === '/api/match-index') response.end(indexBytes);
    else if (request.url === '/api/match-index.json')
      response.end(JSON.stringify({ sealed: await described(signedBytes) }));
    else if (request.url === '/api/keys') response.end(`${verifierKey}\n`);
    else if (request.headers.authorization !== `Basic ${btoa('c:geheim')}`) response.writeHead(401).end('{}');
    else response.end(JSON.stringify({ entitlements }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  instance = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-scan-command-'));
  asked.length = 0;
  signedBytes = indexBytes;
  entitlements = [{ work: WORK, state: 'reserved', reason: 'no-terms' }];
  return () => rmSync(folder, { recursive: true, force: true });
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function described(bytes: Uint8Array): Promise<string> {
  const at = '2026-01-31T12:00:00.000Z';
  const about = {
    format: MATCH_INDEX_FORMAT,
    issuer: 'https://rights.example',
    works: 1,
    fingerprints: 9,
  } as const;
  const file = { sha256: sha256Of(bytes), bytes: bytes.length };
  return sealMatchIndex({ ...about, ...file, createdAt: at, issuedAt: at }, signer);
}

/** Runs the command as people do; answers its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const program = new Command('clearway').version('0.1.0').exitOverride();
  addScan(program);
  try {
    await program.parseAsync(['scan', ...args], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), printed: lines.join('\n') };
  } finally {
    log.mockRestore();
    process.exitCode = undefined;
  }
}

describe('clearway scan', () => {
  test('finds an excerpt, asks about the work by its id alone, and writes result and report', async () => {
    const [data, out] = [join(folder, 'data.jsonl'), join(folder, 'result.parquet')];
    const [secret, report] = [join(folder, 'secret'), join(folder, 'report.json')];
    writeFileSync(
      data,
      `{"text":"nothing here"}\n${JSON.stringify({ text: `So it began: ${excerpt}. The end.` })}\n`,
    );
    writeFileSync(secret, 'geheim\n');
    const { code, printed } = await run(
      ...[data, '--out', out, '--instance', instance, '--client', 'c', '--secret-file', secret],
      ...['--report', report],
    );
    expect(code).toBe(2);
    expect(printed).toContain('reserved: 1 works');
    expect(asked).toEqual([
      'GET /api/match-index ',
      'GET /api/match-index.json ',
      'GET /api/keys ',
      `POST /api/entitlements ${JSON.stringify({ use: 'ai-train', works: [WORK] })}`,
    ]);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(out) });
    expect(rows).toMatchObject([
      { input: 'data.jsonl', item: 'line 2', work: WORK, match: 'text', words: 30n, entitlement: 'reserved' },
    ]);
    expect(JSON.parse(String(rows[0]!.runs))).toEqual([{ item: [3, 33], work: [40, 70], words: 30 }]);
    const written = parseScanReport(readFileSync(report, 'utf8'));
    expect(written).toMatchObject({ items: 2, inputs: [{ name: 'data.jsonl', items: 2 }] });
    expect(readFileSync(report, 'utf8')).not.toContain('lamp');
    expect(readdirSync(folder).sort()).toEqual(['data.jsonl', 'report.json', 'result.parquet', 'secret']);
  });

  test('lists what may be used, and says what a licence for the rest would cost', async () => {
    const [data, out, clear] = ['data.jsonl', 'result.parquet', 'clear.jsonl'].map((name) =>
      join(folder, name),
    );
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'geheim');
    const lines = [{ text: 'nothing' }, { text: `So: ${excerpt}.` }, { id: 1 }, { text: 'more of nothing' }];
    writeFileSync(data!, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const price = { amountMicro: '12500000', perUnits: '1', unit: 'model-version', currency: 'EUR' };
    entitlements = [{ work: WORK, state: 'licensable', price }];
    const flags = [data!, '--out', out!, '--clear', clear!, '--instance', instance];
    const asking = ['--client', 'c', '--secret-file', secret];
    const { printed } = await run(...flags, ...asking);
    expect(printed).toContain('EUR 12.50 for each model-version (1 work)');
    expect(printed).toContain('signed by rights.example/licensing');
    const listed = () =>
      readFileSync(clear!, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const clean = [
      { input: 'data.jsonl', item: 'line 1' },
      { input: 'data.jsonl', item: 'line 4' },
    ];
    expect(listed()).toEqual(clean);
    entitlements = [{ work: WORK, state: 'licensed', agreementId: 'a' }];
    const json = JSON.parse((await run(...flags, ...asking, '--json')).printed);
    expect(listed()).toEqual([clean[0], { input: 'data.jsonl', item: 'line 2' }, clean[1]]);
    expect(json).toMatchObject({ cost: [], clear: { items: 3, out: clear }, works: { licensed: 1 } });
    await run(...flags);
    expect(listed()).toEqual(clean);
    expect(existsSync(`${clear}.seen`)).toBe(false);
  });

  test('a report that would name too much is refused before the scan or in a sentence, and the result stays', async () => {
    const [data, out, report] = ['data.jsonl', 'r.parquet', 'r.json'].map((name) => join(folder, name));
    writeFileSync(data!, `${JSON.stringify({ text: excerpt })}\n`.repeat(50_001));
    const scanned = run(data!, '--out', out!, '--report', report!, '--instance', instance);
    await expect(scanned).rejects.toThrow('holds up to 50000 hits');
    expect([existsSync(out!), existsSync(report!)]).toEqual([true, false]);
    const inputs = Array.from({ length: 10_001 }, (_, at) => ({ path: '', name: `${at}`, bytes: 0 }));
    expect(() => checkReportable(inputs)).toThrow('Scan in shards');
  });

  test('keeps the index, fetches it again only when it changed, and checks it offline with a key', async () => {
    const [data, out] = [join(folder, 'a.txt'), join(folder, 'result.parquet')];
    const [index, key] = [join(folder, 'works.cwmi'), join(folder, 'key')];
    writeFileSync(data, 'x');
    writeFileSync(key, verifierKey);
    const both = [data, '--out', out, '--index', index, '--instance', instance];
    await run(...both);
    expect(sha256Of(readFileSync(index))).toBe(sha256Of(indexBytes));
    await run(...both, '--key', key);
    expect(asked.slice(3)).toEqual(['GET /api/match-index ', 'GET /api/match-index.json ']);
    asked.length = 0;
    expect((await run(data, '--out', out, '--index', index, '--key', key)).printed).toContain(
      'signed by rights.example/licensing',
    );
    expect(asked).toEqual([]);
    const old = buildIndex([], { created: new Date(0) }).bytes;
    writeFileSync(index, old);
    await expect(run(data, '--out', out, '--index', index, '--key', key)).rejects.toThrow('not the index');
    await run(...both);
    expect(sha256Of(readFileSync(index))).toBe(sha256Of(indexBytes));
  });

  test('an index that is not what was signed, or not by the key that was named, is not used', async () => {
    const [data, out, key] = [join(folder, 'a.txt'), join(folder, 'result.parquet'), join(folder, 'key')];
    writeFileSync(data, 'x');
    signedBytes = buildIndex([], { created: new Date(0) }).bytes;
    await expect(run(data, '--out', out, '--instance', instance)).rejects.toThrow('another index');
    signedBytes = indexBytes;
    const other = await generateKeyPair();
    writeFileSync(key, await formatVerifierKey('rights.example/licensing', other.publicKey));
    await expect(run(data, '--out', out, '--instance', instance, '--key', key)).rejects.toThrow();
    writeFileSync(key, '\n');
    await expect(run(data, '--out', out, '--instance', instance, '--key', key)).rejects.toThrow('no key');
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'key']);
  });

  test('a dataset without registered works ends with 0, one with unreadable parts with 3', async () => {
    const out = join(folder, 'result.parquet');
    const clear = join(folder, 'clear.txt');
    writeFileSync(clear, 'A page about something else.');
    expect((await run(clear, '--out', out, '--instance', instance)).code).toBe(0);
    const broken = join(folder, 'broken.parquet');
    writeFileSync(broken, 'PAR1 cut off');
    const { code, printed } = await run(broken, '--out', out, '--instance', instance);
    expect(code).toBe(3);
    expect(printed).toContain('Copy it again');
  });

  test('wrong input is refused in a sentence', async () => {
    const out = join(folder, 'result.parquet');
    const wrong = join(folder, 'index.bin');
    writeFileSync(wrong, 'no index');
    const data = join(folder, 'a.txt');
    writeFileSync(data, 'x');
    await expect(run(data, '--out', out)).rejects.toThrow('Name an --index or an --instance.');
    await expect(run(data, '--out', out, '--index', wrong)).rejects.toThrow(/CWMI/);
    await expect(run(data, '--out', out, '--instance', instance, '--client', 'c')).rejects.toThrow(
      '--secret-file',
    );
    await expect(run(data, '--out', out, '--instance', instance, '--use', 'search')).rejects.toThrow(
      'none of',
    );
    expect(existsSync(out)).toBe(false);
  });
});
