import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CrawlerOptions, type CrawlResult, createCrawler } from '@clearway/crawler';
import { openCrawlFile } from '@clearway/crawler/node';
import type { CrawlConfig } from './read-crawl-config.ts';

type Run = {
  readonly config: CrawlConfig;
  readonly urls: readonly string[];
  readonly use: CrawlerOptions['uses'][number];
  /** The file of lines, and the folder for content by its SHA-256; without one, content is not kept. */
  readonly lines: string;
  readonly out?: string;
  readonly fetch: CrawlerOptions['fetch'];
  readonly now: () => number;
  readonly maxBytes: number;
};

/** One address as it is told: what came of it, and for `fetched` where it lies and what it cost. */
export type Told = Record<string, string | number>;

/** Fetches addresses one after the other and tells about each. Content lies in the folder before its address is told. */
export async function* runCrawl(run: Run): AsyncGenerator<Told> {
  const { config, urls, use, lines, out, fetch, now, maxBytes } = run;
  if (out !== undefined) await mkdir(out, { recursive: true });
  const store = await openCrawlFile(lines, config.budget.currency);
  try {
    const budget = { ...config.budget, spent: store.spent };
    const crawler = createCrawler({ ...config, budget, store, fetch, now, maxBytes });
    for (const url of urls) yield await told(await crawler.fetch(url, { use }), url, out);
  } finally {
    await store.close();
  }
}

async function told(result: CrawlResult, asked: string, out: string | undefined): Promise<Told> {
  if (result.state !== 'fetched') return { asked, ...result };
  const { state, url, status, body, line } = result;
  const file = out === undefined ? undefined : join(out, line.sha256);
  if (file !== undefined) await writeFile(file, body);
  const { bytes, sha256, payment, charged } = line;
  return { asked, url, state, status, bytes, sha256, payment, charged, ...(file !== undefined && { file }) };
}
