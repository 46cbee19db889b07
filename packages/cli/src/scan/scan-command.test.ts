import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndex, exactKeys, printText } from '@clearway/match';
import { parseScanReport } from '@clearway/protocol';
import { Command } from 'commander';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { addScan } from '../scan-command.ts';

const WORK = '00000000-0000-4000-8000-000000000001';
const text = Array.from({ length: 90 }, (_, at) => `word${at} of${at * 7} the${at % 5} lamp${at * 3}`).join(
  ' ',
);
const excerpt = text.split(' ').slice(40, 70).join(' ');

let folder: string;
let server: Server;
let instance: string;
const asked: string[] = [];
beforeAll(async () => {
  const bytes = new TextEncoder().encode(text);
  const keys = exactKeys(bytes, { mediaType: 'text/plain' });
  const index = buildIndex([{ id: WORK, texts: [printText(bytes)], keys }], { created: new Date(0) });
  // Stands for an instance: what it gives and what it is asked.
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url} ${body}`);
    if (request.url === '/api/match-index') response.end(index.bytes);
    else if (request.headers.authorization !== `Basic ${btoa('c:geheim')}`) response.writeHead(401).end('{}');
    else
      response.end(JSON.stringify({ entitlements: [{ work: WORK, state: 'reserved', reason: 'no-terms' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  instance = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-scan-command-'));
  asked.length = 0;
  return () => rmSync(folder, { recursive: true, force: true });
});

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
    expect(existsSync(`${out}.progress`)).toBe(false);
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
