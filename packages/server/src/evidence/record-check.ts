import { createHash } from 'node:crypto';
import { decodeUtf8, ProtocolError, parseScanReport, type ScanReport } from '@clearway/protocol';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import type { LicensedUse } from '../licensing/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { type DatasetCheck, MAX_CHECK_WORKS } from './model.ts';
import { failEvidence } from './problems.ts';
import { slowDown } from './slow-down.ts';
import { insertCheck, insertHits, selectSameCheck } from './store-checks.ts';

/** What the log keeps of a check is erased under this subject. */
export const checkSubject = (checkId: string) => `dataset-check:${checkId}`;

/**
 * Keeps a scan report that somebody hands in, for one use: `bytes` is the file as `clearway scan` wrote it. The same report
 * for the same use is kept once. Nothing it says is proven; its hash is put on record, so that it cannot change later.
 * Throws `report-malformed`, `report-too-many-works`.
 */
export async function recordCheck(
  k: Kernel,
  input: { partyId: string; actor: string; dataset: string; use: LicensedUse; bytes: Uint8Array },
): Promise<DatasetCheck> {
  slowDown(k, input.partyId);
  const { text, report } = read(input.bytes);
  if (new Set(report.hits.map(({ work }) => work)).size > MAX_CHECK_WORKS) {
    throw failEvidence('report-too-many-works', { detail: `> ${MAX_CHECK_WORKS}` });
  }
  const reportSha256 = createHash('sha256').update(input.bytes).digest('hex');
  return inTx(k, async (t) => {
    const { partyId, actor, dataset, use } = input;
    const check: DatasetCheck = {
      id: t.ids.id(),
      partyId,
      dataset,
      use,
      reportSha256,
      indexSha256: report.index.sha256,
      scannedAt: new Date(report.createdAt),
      items: BigInt(report.items),
      words: BigInt(report.words),
      bytes: BigInt(report.bytes),
      tool: `${report.tool.name} ${report.tool.version}`,
      handedInBy: actor,
      handedInAt: t.clock.now(),
    };
    if (!(await insertCheck(t.db, check, text))) {
      return (await selectSameCheck(t.db, { partyId, reportSha256, use }))!;
    }
    await insertHits(t.db, check.id, report.hits);
    await appendLeaf(t, {
      type: 'dataset-checked',
      subject: checkSubject(check.id),
      record: {
        check: check.id,
        report: reportSha256,
        index: check.indexSha256,
        handedInAt: check.handedInAt.toISOString(),
      },
    });
    await recordActivity(t, {
      actor,
      action: 'evidence.dataset-checked',
      subject: `dataset-check:${check.id}`,
    });
    return check;
  });
}

function read(bytes: Uint8Array): { text: string; report: ScanReport } {
  try {
    const text = decodeUtf8(bytes);
    return { text, report: parseScanReport(text) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw failEvidence('report-malformed', { detail: error.message, cause: error });
  }
}
