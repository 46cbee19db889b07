export type { Budget } from './budget.ts';
export type { Client } from './buy-token.ts';
export { type CrawlLine, type CrawlStore, sumCharged } from './crawl-line.ts';
export { type Crawler, createCrawler } from './crawler.ts';
export type { CrawlerFetch } from './net.ts';
export type { CrawlerOptions } from './options.ts';
export type { RemovalResult } from './removals.ts';
export type { CrawlResult, Reason } from './result.ts';
