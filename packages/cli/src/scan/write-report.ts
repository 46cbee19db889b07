import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  formatScanReport,
  SCAN_REPORT_FORMAT,
  SCAN_REPORT_MAX_HITS,
  SCAN_REPORT_MAX_INPUTS,
  type ScanReport,
} from '@clearway/protocol';
import type { ScanInput } from './item.ts';
import type { ScanOutcome } from './run-scan.ts';

/** Throws where a report cannot name so many files; better before hours of scanning than after. */
export function checkReportable(inputs: readonly ScanInput[]): void {
  if (inputs.length > SCAN_REPORT_MAX_INPUTS)
    throw new Error(
      `--report: a report names up to ${SCAN_REPORT_MAX_INPUTS} files, and these are ${inputs.length}. Scan in shards, or leave it out.`,
    );
}

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
  if (outcome.hits.length > SCAN_REPORT_MAX_HITS)
    throw new Error(
      `A report holds up to ${SCAN_REPORT_MAX_HITS} hits, and this scan found ${outcome.hits.length}. They are all in the result; for reports scan in shards.`,
    );
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
