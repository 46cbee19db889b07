import { isUsageToken } from '@clearway/rsl';
import type { Command } from 'commander';
import { readCrawlConfig } from './crawl/read-crawl-config.ts';
import { runCrawl } from './crawl/run-crawl.ts';
import { webFetch } from './crawl/web-fetch.ts';

const MAX_BYTES = 100 * 1024 * 1024;

type CrawlFlags = { use: string; config: string; lines: string; out?: string; json?: boolean };

/** `clearway crawl`: the AI company's side, from the command line. */
export function addCrawl(program: Command): void {
  program
    .command('crawl <url...>')
    .description(
      'Fetch what is licensed for a use, buying where the budget allows; exit code 1 if anything was not fetched',
    )
    .requiredOption(
      '--use <use>',
      'what the content is for: search, ai-input, ai-index, ai-train, ai-all or all',
    )
    .requiredOption(
      '--config <file>',
      'JSON file: agent, uses, budget, clients (with secretFile), obligations, standards',
    )
    .requiredOption(
      '--lines <file>',
      'file that gets one line (JSON) for each fetch; what it says was spent counts',
    )
    .option('--out <folder>', 'folder for the content, each file named by its SHA-256')
    .option('--json', 'print one JSON object for each address')
    .action(crawl);
}

async function crawl(urls: string[], { use, config, lines, out, json }: CrawlFlags): Promise<void> {
  if (!isUsageToken(use)) throw new Error(`--use: "${use}" is no usage of RSL 1.0.`);
  const run = {
    ...{ urls, use, lines, maxBytes: MAX_BYTES },
    config: readCrawlConfig(config),
    fetch: webFetch(MAX_BYTES),
    now: () => Date.now(),
    ...(out !== undefined && { out }),
  };
  for await (const told of runCrawl(run)) {
    const { state, asked, detail = '', quoteUri, charged } = told;
    const more =
      state === 'fetched' ? `cost ${charged}` : `${detail}${quoteUri ? ` Ask at ${quoteUri}` : ''}`;
    console.log(json ? JSON.stringify(told) : `${state} ${asked}${more && `: ${more}`}`);
    if (state !== 'fetched') process.exitCode = 1;
  }
}
