import { type FileHandle, open } from 'node:fs/promises';
import { type CrawlStore, sumCharged } from '../crawl-line.ts';

/** A file of lines that survives a crash. */
export type CrawlFile = CrawlStore & {
  /** What the lines that were there at the start say was charged in the currency: for `budget.spent`. */
  readonly spent: string;
  /** Waits for what was handed in, and closes the file. */
  close(): Promise<void>;
};

/**
 * Opens, or makes, a file of JSON lines as a store. A line counts as kept when it is on disk (fsync); lines that come at the
 * same time share one write. A line a crash cut off was never answered for, and is passed over.
 *
 * @example
 * ```ts
 * import { openCrawlFile } from '@clearway/crawler/node';
 *
 * const file = await openCrawlFile('crawl.jsonl', 'EUR');
 * const crawler = createCrawler({ store: file, budget: { currency: 'EUR', total: '500', spent: file.spent, ceilings } });
 * ```
 */
export async function openCrawlFile(path: string, currency: string): Promise<CrawlFile> {
  const file = await open(path, 'a+', 0o600);
  const spent = await readSpent(file, currency);
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  let torn = false;

  /** Writes all that waits, in one go; whoever comes meanwhile goes with the next. */
  async function write(before: Promise<void>): Promise<void> {
    // Who waited for the write before was told there how it ended.
    await before.catch(() => undefined);
    const lines = waiting;
    waiting = [];
    writing = undefined;
    // A write that failed may have left half a line.
    const text = (torn ? '\n' : '') + lines.join('');
    torn = true;
    await file.appendFile(text);
    await file.datasync();
    torn = false;
  }

  return {
    spent,
    append(line) {
      if (line.includes('\n')) return Promise.reject(new TypeError('a line has no line end of its own'));
      waiting.push(`${line}\n`);
      if (!writing) {
        writing = write(last);
        last = writing;
      }
      return writing;
    },
    async close() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}

async function readSpent(file: FileHandle, currency: string): Promise<string> {
  let spent = '0';
  let tail = '';
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(1024 * 1024);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const lines = (tail + decoder.decode(chunk.subarray(0, bytesRead), { stream: true })).split('\n');
    tail = lines.pop() ?? '';
    spent = sumCharged([...lines.filter(isWhole), carried(spent, currency)], currency);
  }
  // What was cut off must not run into the next line.
  if (tail !== '') await file.appendFile('\n');
  return spent;
}

function carried(charged: string, currency: string): string {
  return JSON.stringify({ format: 'clearway-crawl-1', charged, price: { currency } });
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
