export { type CrawlFile, openCrawlFile } from './node/crawl-file.ts';
