import { createHash } from 'node:crypto';
import { openEvidence, ProtocolError, parseScanReport } from '@clearway/protocol';
import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { findProof, logSigner } from '../transparency/index.ts';
import type { Case } from './model.ts';
import { casesAfter } from './store-cases.ts';
import { checksForReview } from './store-checks.ts';

const PAGE = 50;

/** Every case is what was sealed, and what the log has of it; every report is what was handed in, with all its hits. */
export const evidenceChecks: readonly IntegrityCheck[] = [
  { name: 'evidence.cases', run: (k) => checkCases(k) },
  { name: 'evidence.dataset-checks', run: (k) => checkReports(k) },
];

async function checkCases(k: Kernel): Promise<Finding[]> {
  const findings: Finding[] = [];
  let [count, after]: [number, string | null] = [0, null];
  for (;;) {
    const cases: Case[] = await casesAfter(k.db, after, PAGE);
    for (const one of cases) {
      count += 1;
      const fault = await faultOfCase(k, one);
      if (fault !== undefined) findings.push({ ok: false, detail: `evidence.cases ${one.id}: ${fault}` });
    }
    after = cases.at(-1)?.id ?? null;
    if (cases.length < PAGE) break;
  }
  return findings.length > 0 ? findings : [{ ok: true, detail: `${count} cases are as they were sealed` }];
}

async function faultOfCase(k: Kernel, one: Case): Promise<string | undefined> {
  if (one.sealed === null) return undefined;
  if (createHash('sha256').update(one.sealed).digest('hex') !== one.sealedSha256) {
    return 'its document is not the one under its SHA-256';
  }
  const { publicKey } = await logSigner(k);
  try {
    const document = await openEvidence(one.sealed, () => publicKey);
    const { client, site, period } = document.about;
    const same =
      document.case.id === one.id &&
      (client ?? null) === one.client &&
      (site?.id ?? null) === one.siteId &&
      period.from === one.from.toISOString() &&
      period.to === one.to.toISOString();
    if (!same) return 'its row says other things than its document';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return `its document does not open: ${error.code}`;
  }
  const record = (await findProof(k, one.leafId))?.record as { sha256?: string } | undefined;
  return record?.sha256 === one.sealedSha256 ? undefined : 'the log has another document of it';
}

async function checkReports(k: Kernel): Promise<Finding[]> {
  const findings: Finding[] = [];
  let [count, after]: [number, string | null] = [0, null];
  for (;;) {
    const rows = await checksForReview(k.db, after);
    if (!rows) break;
    count += 1;
    after = rows.id;
    const fault = faultOfReport(rows);
    if (fault !== undefined) {
      findings.push({ ok: false, detail: `evidence.checks ${rows.id}: ${fault}` });
    }
  }
  return findings.length > 0
    ? findings
    : [{ ok: true, detail: `${count} dataset checks are as they were handed in` }];
}

function faultOfReport(row: { report: string | null; sha256: string; hits: readonly string[] }) {
  if (row.report === null) return undefined;
  if (createHash('sha256').update(row.report).digest('hex') !== row.sha256) {
    return 'its report is not the one under its SHA-256';
  }
  const said = parseScanReport(row.report).hits.map(({ work, item, kind }) => `${work} ${kind} ${item}`);
  const at = said.findIndex((line, i) => line !== row.hits[i]);
  if (at < 0 && said.length === row.hits.length) return undefined;
  return `evidence.hits at position ${at < 0 ? said.length : at} is not what the report says`;
}
