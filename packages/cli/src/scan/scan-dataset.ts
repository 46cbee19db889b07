import { existsSync, rmSync } from 'node:fs';
import { type AskingClient, askEntitlements, type Entitlement } from './ask-entitlement.ts';
import { type SeenItem, writeClear } from './clear-file.ts';
import { getIndex, removeIndex } from './get-index.ts';
import type { Fields, ScanInput } from './item.ts';
import { itemMatcher } from './match-item.ts';
import { runScan, type ScanOutcome, type ScanState } from './run-scan.ts';
import { checkReportable, reportOf } from './write-report.ts';
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
  /** Path of the list of items that may be used. */
  readonly clear?: string;
  /** Where the index is, or, with an instance, is kept. */
  readonly indexFile?: string;
  /** Verifier keys that the index must be signed with, one a line; else the instance is asked for its own. */
  readonly key?: string;
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
  readonly index: { readonly sha256: string; readonly signedBy: string | undefined };
  /** Items that may be used, where a list of them was asked for. */
  readonly clearItems: number | undefined;
};

/**
 * Scans a dataset, asks what is licensed, writes result, list and report. Only ids of works are sent anywhere. A scan that
 * was stopped goes on with the index it began with.
 */
export async function scanDataset(job: ScanJob): Promise<ScannedDataset> {
  const { inputs, fields, out, report, clear, use, version, now, instance, client, key } = job;
  if (report !== undefined) checkReportable(inputs);
  const fetch = job.fetch ?? globalThis.fetch;
  const progressPath = `${out}.progress`;
  const file = job.indexFile ?? `${out}.index`;
  const loaded = await getIndex({ file, instance, fetch, key, keep: existsSync(progressPath) });
  const { index, sha256, signedBy } = loaded;
  const seenPath = clear === undefined ? undefined : `${clear}.seen`;
  const { finished, ...outcome } = await runScan({
    ...{ inputs, fields, now, progressPath },
    match: itemMatcher(index),
    with: `index ${sha256}`,
    ...(seenPath !== undefined && { seenPath }),
    ...(job.tell && { tell: job.tell }),
  });
  const works = [...new Set(outcome.hits.map(({ work }) => work))].sort();
  const told =
    client && instance
      ? await askEntitlements({ fetch, instance, client, use, works })
      : new Map<string, Entitlement>();
  const rows = outcome.hits.map((hit): ResultRow => ({ ...hit, entitlement: told.get(hit.work) }));
  writeResult(out, rows, { index: sha256, use, ...(instance !== undefined && { instance }) });
  const clearItems =
    clear === undefined ? undefined : await writeClear(clear, seenPath!, notLicensedIn(rows));
  if (report !== undefined) {
    const about = { inputs, outcome, index: { sha256, works: index.works }, version };
    writeWhole(report, await reportOf({ ...about, createdAt: new Date(now()) }));
  }
  finished();
  if (seenPath !== undefined) rmSync(seenPath, { force: true });
  if (job.indexFile === undefined) removeIndex(file);
  return { outcome, rows, works, told, index: { sha256, signedBy }, clearItems };
}

/** Whether a work that is not licensed was found in an item. */
function notLicensedIn(rows: readonly ResultRow[]): (seen: SeenItem) => boolean {
  const items = new Set<string>();
  for (const { input, item, entitlement } of rows)
    if (entitlement?.state !== 'licensed') items.add(JSON.stringify([input, item]));
  return ({ input, item }) => items.has(JSON.stringify([input, item]));
}
