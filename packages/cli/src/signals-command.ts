import { statSync } from 'node:fs';
import { agents } from '@clearway/agents';
import { createFetch } from '@clearway/net';
import { canonicalReport, readSignals, type SignalsReport } from '@clearway/signals';
import type { Command } from 'commander';
import { fetchSources } from './signals/fetch-sources.ts';
import { printReport } from './signals/print-report.ts';
import { readFolder } from './signals/read-folder.ts';

/** Exit codes: 0 what is said agrees, 1 nobody answers there, 2 it contradicts itself or cannot be read in part. */
export const SIGNALS_EXIT = { ok: 0, unreachable: 1, contradiction: 2 } as const;

type Flags = { agent?: string[]; url: string; usableUnlessReserved?: boolean; at?: string; json?: boolean };

/** `clearway signals read <url|dir>`: what a site says to AI, and what follows from it. */
export function addSignals(program: Command): void {
  program
    .command('signals')
    .description('The signs of permission and refusal a site gives to AI')
    .command('read <target>')
    .description(
      'Read every sign at an address, or in a folder with robots.txt, headers.txt, index.html, tdmrep.json, ai.txt, *.xml (RSL), *.xmp, *.opf. Exit code: 0 it agrees, 1 nobody answers, 2 it contradicts itself or cannot be read in part',
    )
    .option('--agent <token...>', 'judge for these product tokens only')
    .option('--url <url>', 'the address the files of a folder belong to', 'https://site.invalid/')
    .option('--usable-unless-reserved', 'silence permits (Directive (EU) 2019/790, Article 4)')
    .option('--at <time>', 'the time to put on the records (RFC 3339) instead of now')
    .option('--json', 'print the whole report as canonical JSON: same inputs, same bytes')
    .action(async (target: string, flags: Flags) => {
      process.exitCode = await readCommand(target, flags, flags.at ?? new Date().toISOString());
    });
}

async function readCommand(target: string, flags: Flags, at: string): Promise<number> {
  const found = URL.canParse(target)
    ? await fetchSources(createFetch({ limits: { maxBytes: 5_000_000 } }), target, at)
    : fromFolder(target, flags.url, at);
  const report: SignalsReport = await readSignals({
    ...found,
    at,
    agents: flags.agent ?? ['*', ...agents.map((one) => one.token)],
    silence: flags.usableUnlessReserved ? 'usable-unless-reserved' : 'not-usable',
  });
  console.log(flags.json ? canonicalReport(report) : printReport(report));
  return exitCode(report);
}

function fromFolder(path: string, url: string, at: string): ReturnType<typeof readFolder> {
  if (!statSync(path).isDirectory()) throw new Error(`${path} is neither an address nor a folder.`);
  return readFolder(path, url, at);
}

/** See {@link SIGNALS_EXIT}. */
export function exitCode({ sources, contradictions }: SignalsReport): number {
  if (sources.length === 0 || sources.every((one) => one.status === 0)) return SIGNALS_EXIT.unreachable;
  return contradictions.length > 0 ? SIGNALS_EXIT.contradiction : SIGNALS_EXIT.ok;
}
