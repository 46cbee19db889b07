import type { Kernel } from '../kernel/index.ts';
import { type AgreementDetail, readAgreement } from '../licensing/index.ts';
import { findParties } from '../parties/index.ts';
import { requireSite } from '../sites/index.ts';
import { listWorks, readWork, requireWork } from '../works/index.ts';
import type { Fault } from './model.ts';
import { payableGrades } from './model.ts';
import { type ReceiptRow, receiptsOfAgreement } from './store-receipts.ts';
import { fetchReportsIn, type Report, reportsOf } from './store-reports.ts';
import {
  faultsOfAgreement,
  fetchesByWork,
  type Period,
  type RefusalSum,
  refusalsOfSite,
  sumRefusals,
  sumsOf,
  type UsageSum,
} from './store-sums.ts';

/** Who asks: a party, or the operator, who sees all. */
type Viewer = { readonly partyId: string; readonly operator: boolean };

/** Where a licensee's own count of fetches and the instance's differ. */
export type Mismatch = {
  readonly reportId: string;
  readonly workId: string;
  readonly from: string;
  readonly to: string;
  readonly reported: bigint;
  readonly counted: bigint;
};

export type AgreementUsage = AgreementDetail & {
  readonly sums: readonly UsageSum[];
  /** The grades the agreement pays for; others are shown and cost nothing. */
  readonly payable: readonly string[];
  readonly reports: readonly Report[];
  readonly mismatches: readonly Mismatch[];
  readonly faults: readonly { readonly fault: Fault; readonly records: bigint }[];
};

/** What was used under an agreement, for its licensee and the operator. Throws `agreement-unknown`. */
export async function usageOfAgreement(
  k: Kernel,
  { agreementId, viewer, ...period }: Period & { agreementId: string; viewer: Viewer },
): Promise<AgreementUsage> {
  const detail = await agreementFor(k, agreementId, viewer);
  const reports = await reportsOf(k.db, agreementId);
  return {
    ...detail,
    sums: await sumsOf(k.db, { agreementId }, period),
    payable: payableGrades(detail.agreement.unit),
    reports,
    mismatches: await mismatchesOf(k, reports),
    faults: await faultsOfAgreement(k.db, agreementId),
  };
}

/** Receipts of an agreement after a number, in their order; at most 200. Throws `agreement-unknown`. */
export async function listReceipts(
  k: Kernel,
  { agreementId, viewer, after = 0 }: { agreementId: string; viewer: Viewer; after?: number | undefined },
): Promise<ReceiptRow[]> {
  await agreementFor(k, agreementId, viewer);
  return receiptsOfAgreement(k.db, agreementId, { after, limit: 200 });
}

/** The use of one work with the name of each licensee. */
export type WorkUsage = UsageSum & { readonly licensee: string };

/** What a work was used for, for those who hold shares in it and the operator. Throws `work-unknown`. */
export async function usageOfWork(
  k: Kernel,
  { workId, viewer, ...period }: Period & { workId: string; viewer: Viewer },
): Promise<WorkUsage[]> {
  if (viewer.operator) await requireWork(k, workId);
  else await readWork(k, { workId, partyId: viewer.partyId });
  return withLicensees(k, await sumsOf(k.db, { workIds: [workId] }, period));
}

/** What the works of a party were used for, for its 200 newest works. */
export async function usageOfHolder(k: Kernel, partyId: string): Promise<(WorkUsage & { title: string })[]> {
  const works = await listWorks(k, { partyId, limit: 200 });
  const titles = new Map(works.map(({ work }) => [work.id, work.title]));
  const sums = await withLicensees(k, await sumsOf(k.db, { workIds: [...titles.keys()] }, {}));
  return sums.map((sum) => ({ ...sum, title: titles.get(sum.workId) ?? '' }));
}

async function withLicensees(k: Kernel, sums: readonly UsageSum[]): Promise<WorkUsage[]> {
  const parties = await findParties(k, [...new Set(sums.map(({ licenseeId }) => licenseeId))]);
  return sums.map((sum) => ({ ...sum, licensee: parties.get(sum.licenseeId)?.name ?? '' }));
}

/** Who was refused at a site, for its owner. Throws `site-not-found`. */
export async function refusalsAt(
  k: Kernel,
  { siteId, partyId, ...period }: Period & { siteId: string; partyId: string },
): Promise<RefusalSum[]> {
  const site = await requireSite(k, siteId, partyId);
  return refusalsOfSite(k.db, site.id, period);
}

/** How many requests gates have refused so far, as they counted them. */
export function countRefusals(k: Kernel): Promise<number> {
  return sumRefusals(k.db);
}

function agreementFor(k: Kernel, agreementId: string, viewer: Viewer): Promise<AgreementDetail> {
  return readAgreement(k, viewer.operator ? { agreementId } : { agreementId, licenseeId: viewer.partyId });
}

/** Where reported fetches and counted ones differ, in reports made within a range of time. */
export async function mismatchesIn(
  k: Kernel,
  range: { readonly from: Date; readonly to: Date },
): Promise<(Mismatch & { readonly agreementId: string })[]> {
  const reports = await fetchReportsIn(k.db, range);
  const agreements = new Map(reports.map(({ id, agreementId }) => [id, agreementId]));
  const found = await mismatchesOf(k, reports);
  return found.map((one) => ({ ...one, agreementId: agreements.get(one.reportId)! }));
}

/** Only fetches are counted twice, by gate and licensee; computed when asked, since late segments change it. */
async function mismatchesOf(k: Kernel, reports: readonly Report[]): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  for (const { id: reportId, agreementId, unit, from, to, lines } of reports) {
    if (unit !== 'fetch') continue;
    const counts = await fetchesByWork(k.db, agreementId, { from, to });
    const said = new Map(lines.map(({ workId, units }) => [workId, units]));
    for (const workId of [...new Set([...counts.keys(), ...said.keys()])].sort()) {
      const [reported, counted] = [said.get(workId) ?? 0n, counts.get(workId) ?? 0n];
      if (reported !== counted) found.push({ reportId, workId, from, to, reported, counted });
    }
  }
  return found;
}
