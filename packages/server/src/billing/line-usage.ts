import type { Kernel } from '../kernel/index.ts';
import { readAgreement } from '../licensing/index.ts';
import { eventsOfCut, reportOfSum } from '../usage/index.ts';
import type { BillingLine, UsageRef } from './model.ts';
import { failBilling } from './problems.ts';
import { selectLine } from './store-lines.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One line of an invoice or a credit note. Throws `line-unknown`. */
export async function readLine(k: Kernel, lineId: string): Promise<BillingLine> {
  const line = UUID.test(lineId) ? await selectLine(k.db, lineId) : undefined;
  if (!line) throw failBilling('line-unknown');
  return line;
}

/**
 * What was counted behind a line, in the order of `ref`s by gate and number; at most `limit` (default 200, at most
 * 5,000). The units of all of a line are its units; a credit has none of its own.
 * @param page `after` is the `ref` of the last one of the page before
 * @throws `line-unknown`
 */
export async function lineUsage(
  k: Kernel,
  lineId: string,
  page: { readonly after?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<UsageRef[]> {
  const line = await readLine(k, lineId);
  if (line.kind === 'usage' && line.reportId === null) return fetchesOf(k, line, page);
  // Everything else is one thing, which is on the first page.
  if (page.after !== undefined || line.kind === 'credit') return [];
  return [line.reportId === null ? await agreementOf(k, line) : await reportOf(k, line, line.reportId)];
}

async function fetchesOf(
  k: Kernel,
  { periodId, agreementId, workId, use, grade }: BillingLine,
  { after, limit }: { readonly after?: string | undefined; readonly limit?: number | undefined },
): Promise<UsageRef[]> {
  const [gateId = '', recordSeq = ''] = after?.split('/') ?? [];
  const known = UUID.test(gateId) && /^[0-9]{1,15}$/.test(recordSeq);
  const events = await eventsOfCut(k, {
    cutId: periodId,
    agreementId,
    workId,
    use,
    grade,
    limit,
    after: known ? { gateId, recordSeq: Number(recordSeq) } : undefined,
  });
  return events.map((event) => ({
    ref: `${event.gateId}/${event.recordSeq}`,
    at: event.at,
    units: event.units,
    path: event.path,
    sha256: event.segmentSha256,
  }));
}

async function reportOf(k: Kernel, line: BillingLine, reportId: string): Promise<UsageRef> {
  const { sha256, reportedAt } = (await reportOfSum(k, reportId))!;
  return { ref: `report/${reportId}`, at: reportedAt, units: line.units, path: null, sha256 };
}

async function agreementOf(k: Kernel, line: BillingLine): Promise<UsageRef> {
  const { agreement } = await readAgreement(k, { agreementId: line.agreementId });
  return {
    ref: `agreement/${agreement.id}`,
    at: agreement.madeAt,
    units: line.units,
    path: null,
    sha256: agreement.documentSha256,
  };
}
