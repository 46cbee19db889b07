import { type AskingClient, askEntitlements, type Entitlement } from './ask-entitlement.ts';
import { getIndex } from './get-index.ts';
import type { Fields, ScanInput } from './item.ts';
import { itemMatcher } from './match-item.ts';
import { runScan, type ScanOutcome, type ScanState } from './run-scan.ts';
import { reportOf } from './write-report.ts';
import { type ResultRow, writeResult, writeWhole } from './write-result.ts';

export type ScanJob = {
  readonly inputs: readonly ScanInput[];
  readonly fields: Fields;
  /** Path of the result; progress lies beside it until it is written. */
  readonly out: string;
  /** Path of the report for others. */
  readonly report?: string;
  readonly use: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell?: (state: ScanState) => void;
  /** Where the index is; else it is fetched from the instance. */
  readonly indexFile?: string;
  readonly instance?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** With it the instance is asked what is licensed; without, every work is `unknown`. */
  readonly client?: AskingClient;
};

export type ScannedDataset = {
  readonly outcome: ScanOutcome;
  readonly rows: readonly ResultRow[];
  /** Works found, each once. */
  readonly works: readonly string[];
  readonly told: ReadonlyMap<string, Entitlement>;
};

/** Scans a dataset, asks what is licensed, writes result and report. Only ids of works are sent anywhere. */
export async function scanDataset(job: ScanJob): Promise<ScannedDataset> {
  const { inputs, fields, out, report, use, version, now, indexFile, instance, client } = job;
  const fetch = job.fetch ?? globalThis.fetch;
  const { index, sha256 } = await getIndex(
    indexFile === undefined ? { instance: instance!, fetch } : { file: indexFile },
  );
  const { finished, ...outcome } = await runScan({
    ...{ inputs, fields, now },
    match: itemMatcher(index),
    with: `index ${sha256}`,
    progressPath: `${out}.progress`,
    ...(job.tell && { tell: job.tell }),
  });
  const works = [...new Set(outcome.hits.map(({ work }) => work))].sort();
  const told =
    client && instance
      ? await askEntitlements({ fetch, instance, client, use, works })
      : new Map<string, Entitlement>();
  const rows = outcome.hits.map((hit): ResultRow => ({ ...hit, entitlement: told.get(hit.work) }));
  writeResult(out, rows, { index: sha256, use, ...(instance !== undefined && { instance }) });
  if (report !== undefined) {
    const about = { inputs, outcome, index: { sha256, works: index.works }, version };
    writeWhole(report, await reportOf({ ...about, createdAt: new Date(now()) }));
  }
  finished();
  return { outcome, rows, works, told };
}
