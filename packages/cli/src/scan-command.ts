import { readFileSync } from 'node:fs';
import { createFetch } from '@clearway/net';
import type { Command } from 'commander';
import { listInputs, parseShard, shardOf } from './scan/list-inputs.ts';
import { printSummary } from './scan/print-summary.ts';
import { scanDataset } from './scan/scan-dataset.ts';
import { progressTeller } from './scan/tell-progress.ts';

/** Exit codes: 0 nothing found that is not licensed, 1 failed, 2 found what is not licensed, 3 some was not read. */
export const SCAN_EXIT = { clear: 0, failed: 1, found: 2, unread: 3 } as const;

const USES = ['ai-index', 'ai-input', 'ai-train'];

type ScanFlags = {
  out: string;
  index?: string;
  instance?: string;
  use: string;
  client?: string;
  secretFile?: string;
  report?: string;
  clear?: string;
  key?: string;
  textField: string[];
  bytesField: string[];
  shard?: string;
  json?: boolean;
};

const several = (value: string, before: string[]) => [...before, value];

/** `clearway scan`: which registered works are in a dataset, and whether they are licensed. The data stays here. */
export function addScan(program: Command): void {
  program
    .command('scan <dataset>')
    .description(
      'Find registered works in a folder, a .jsonl or a .parquet file; only ids of works leave this machine. ' +
        'Exit codes: 0 nothing found that is not licensed, 1 failed, 2 found what is not licensed, 3 some was not read',
    )
    .requiredOption(
      '--out <file>',
      'Parquet file for the result, one row for each hit; a stopped scan goes on',
    )
    .option('--clear <file>', 'JSONL file for the items that may be used: without a hit, or licensed')
    .option(
      '--index <file>',
      'index of registered works; with --instance it is kept here and brought up to date',
    )
    .option('--instance <url>', 'instance to fetch the index from and to ask what is licensed')
    .option('--key <file>', 'public keys the index must be signed with, got from elsewhere')
    .option('--use <use>', `what the data is for: ${USES.join(', ')}`, 'ai-train')
    .option('--client <id>', 'OAuth client of the company, with which the instance is asked')
    .option('--secret-file <file>', 'file with the secret of the client')
    .option('--report <file>', 'JSON file for the report that can be shown to others')
    .option('--text-field <name>', 'field or column with text; repeat for several', several, [])
    .option('--bytes-field <name>', 'column with files; repeat for several', several, [])
    .option(
      '--shard <i/n>',
      'look at every n-th file only, beginning with file i (from 0); auto or auto/n: i is the task of an array job ' +
        '(Slurm, Kubernetes)',
    )
    .option('--json', 'print the summary as JSON')
    .action(async (dataset: string, flags: ScanFlags) => {
      process.exitCode = await scan(dataset, flags, program.version() ?? '');
    });
}

async function scan(dataset: string, flags: ScanFlags, version: string): Promise<number> {
  const { out, index: file, instance, use, client, secretFile, report, clear, key } = flags;
  if (!USES.includes(use)) throw new Error(`--use: "${use}" is none of ${USES.join(', ')}.`);
  if (file === undefined && instance === undefined) throw new Error('Name an --index or an --instance.');
  if ((client === undefined) !== (secretFile === undefined) || (client && !instance))
    throw new Error('--client needs --secret-file and --instance: the three together ask what is licensed.');
  const all = listInputs(dataset);
  const inputs = flags.shard === undefined ? all : shardOf(all, parseShard(flags.shard, process.env));
  const teller = progressTeller(process.stderr, inputs, () => Date.now());
  const done = await scanDataset({
    ...{ inputs, out, use, version, now: () => Date.now(), tell: teller.tell },
    fields: { text: flags.textField, bytes: flags.bytesField },
    ...(file !== undefined && { indexFile: file }),
    ...(report !== undefined && { report }),
    ...(clear !== undefined && { clear }),
    ...(key !== undefined && { key: readFileSync(key, 'utf8') }),
    ...(instance !== undefined && { instance, fetch: fetchOf(instance) }),
    ...(client !== undefined && {
      client: { id: client, secret: readFileSync(secretFile!, 'utf8').trim() },
    }),
  });
  teller.end();
  printSummary(done, flags);
  if (done.outcome.faults.length > 0) return SCAN_EXIT.unread;
  return done.works.every((work) => done.told.get(work)?.state === 'licensed')
    ? SCAN_EXIT.clear
    : SCAN_EXIT.found;
}

/** The instance was named by whoever runs this, so it may be on this machine or in this network; nothing else may. */
function fetchOf(instance: string): typeof globalThis.fetch {
  const guarded = createFetch({
    allowOrigins: [new URL(instance).origin],
    limits: { maxBytes: 2 ** 31, timeoutMs: 600_000 },
  });
  return (async (url: string, init: RequestInit = {}) => {
    const answer = await guarded(url, {
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: new Headers(init.headers),
      ...(typeof init.body === 'string' && { body: init.body }),
    });
    const body = answer.status === 304 ? null : new Uint8Array(answer.body);
    return new Response(body, { status: answer.status, headers: answer.headers });
  }) as typeof globalThis.fetch;
}
