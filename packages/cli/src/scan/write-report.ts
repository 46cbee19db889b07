import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { formatScanReport, SCAN_REPORT_FORMAT, type ScanReport } from '@clearway/protocol';
import type { ScanInput } from './item.ts';
import type { ScanOutcome } from './run-scan.ts';

/**
 * The report of a scan as others read it: files by hash, hits by place, none of their content. Throws where the scan
 * found more than one report holds; scan in shards then.
 */
export async function reportOf(about: {
  inputs: readonly ScanInput[];
  outcome: ScanOutcome;
  index: { readonly sha256: string; readonly works: number };
  createdAt: Date;
  version: string;
}): Promise<string> {
  const { inputs, outcome, index, createdAt, version } = about;
  const named: ScanReport['inputs'][number][] = [];
  for (const [at, { path, name, bytes }] of inputs.entries())
    named.push({ name, bytes, items: outcome.itemsOf[at]!, sha256: await sha256Of(path) });
  return formatScanReport({
    format: SCAN_REPORT_FORMAT,
    createdAt: createdAt.toISOString(),
    tool: { name: 'clearway scan', version },
    index,
    inputs: named,
    ...{ items: outcome.items, words: outcome.words, bytes: outcome.bytes },
    // A file that is one item is called by its own name.
    hits: outcome.hits.map(({ item, ...hit }) => ({ ...hit, item: item || hit.input })),
  });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
