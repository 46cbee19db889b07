import { createHash } from 'node:crypto';
import { canonicalize, checkModelName } from '@clearway/protocol';
import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { cleanLine, inTx, type Kernel, readInstance } from '../kernel/index.ts';
import { type Agreement, type AgreementWork, type ModelScope, readAgreement } from '../licensing/index.ts';
import { mayAct } from '../parties/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { issueReceipt } from './issue-receipts.ts';
import { failUsage } from './problems.ts';
import {
  boundsOf,
  dayOf,
  insertReport,
  lockReports,
  type Report,
  reportsOf,
  rollUpReport,
} from './store-reports.ts';

const hex32 = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hexadecimal digits');

/** The model version as a report names it: by its name, by a commitment, or by the two things that open one. */
const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('named'), name: cleanLine(200) }),
  z.strictObject({ kind: z.literal('sealed'), commitment: hex32 }),
  z.strictObject({ kind: z.literal('opened'), name: cleanLine(200), salt: hex32 }),
]);

export const reportSchema = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  model: modelSchema.nullable().default(null),
  lines: z
    .array(z.strictObject({ workId: z.uuid(), units: z.int().min(1).max(1_000_000_000_000) }))
    .min(1)
    .max(500),
});

export type ReportInput = z.output<typeof reportSchema> & {
  readonly agreementId: string;
  /** The company, and who reports for it. */
  readonly licenseeId: string;
  readonly userId: string;
};

/**
 * A licensee reports what it used, and somebody who may sign for it stands for that. Answers and model versions count by
 * this report and are marked so; fetches are only compared with what gates counted. The same report again is the same.
 * @param input days in the instance's zone, both included; `units` is 1 for a model version
 * @throws `agreement-unknown`, `report-needs-signer`, `report-work-not-licensed`, `report-model-not-licensed`,
 * `report-outside-agreement`, `report-overlaps`
 */
export async function reportUsage(k: Kernel, input: ReportInput): Promise<Report> {
  return inTx(k, async (t) => {
    const { agreementId, licenseeId, userId } = input;
    const { agreement, works } = await readAgreement(t, { agreementId, licenseeId });
    if (!(await mayAct(t, { userId, partyId: licenseeId, as: 'signer' }))) {
      throw failUsage('report-needs-signer');
    }
    await lockReports(t.db, agreement.id);
    checkWorks(input, agreement, works);
    const model = await checkModel(input, agreement);
    await checkPeriod(t, input, agreement);
    const report = reportOf(t, input, agreement, model);
    const earlier = await reportsOf(t.db, agreement.id);
    const same = earlier.find(({ sha256 }) => sha256 === report.sha256);
    if (same) return same;
    checkOverlap(report, earlier);
    await insertReport(t.db, report);
    await record(t, report);
    return report;
  });
}

function checkWorks(input: ReportInput, agreement: Agreement, works: readonly AgreementWork[]): void {
  const licensed = new Set(works.map(({ workId }) => workId));
  const stranger = input.lines.find(({ workId }) => !licensed.has(workId));
  if (stranger) throw failUsage('report-work-not-licensed', { detail: stranger.workId });
  const twice = new Set(input.lines.map(({ workId }) => workId)).size !== input.lines.length;
  const manyVersions = agreement.unit === 'model-version' && input.lines.some(({ units }) => units !== 1);
  if (twice || manyVersions) throw failUsage('report-line-invalid');
}

/** A flat license is for one model version: the one the agreement names, or has a commitment to. */
async function checkModel({ model }: ReportInput, { modelScope }: Agreement): Promise<ModelScope | null> {
  if (modelScope === null && model === null) return null;
  const fits =
    modelScope !== null &&
    model !== null &&
    (modelScope.kind === 'named'
      ? model.kind !== 'sealed' && model.name === modelScope.name
      : model.kind === 'sealed'
        ? model.commitment === modelScope.commitment
        : model.kind === 'opened' &&
          (await checkModelName(modelScope.commitment, model.name, Buffer.from(model.salt, 'hex'))));
  if (!fits) throw failUsage('report-model-not-licensed');
  return modelScope;
}

async function checkPeriod(t: Kernel, { from, to }: ReportInput, agreement: Agreement): Promise<void> {
  const zone = await zoneOf(t);
  const [today, made, ends] = await Promise.all([
    dayOf(t.db, t.clock.now(), zone),
    dayOf(t.db, agreement.madeAt, zone),
    dayOf(t.db, agreement.endsAt, zone),
  ]);
  if (from > to || to > today || from < made || to > ends) {
    const [last] = [today, ends].sort();
    throw failUsage('report-outside-agreement', { detail: `${made} – ${last}` });
  }
}

function checkOverlap(report: Report, earlier: readonly Report[]): void {
  const works = new Set(report.lines.map(({ workId }) => workId));
  for (const before of earlier) {
    const shared = before.lines.some(({ workId }) => works.has(workId));
    const sameDays = before.from <= report.to && report.from <= before.to;
    if (shared && (sameDays || report.unit === 'model-version')) {
      throw failUsage('report-overlaps', { detail: `${before.from} – ${before.to}` });
    }
  }
}

function reportOf(t: Kernel, input: ReportInput, agreement: Agreement, model: ModelScope | null): Report {
  const { from, to, userId } = input;
  const { id: agreementId, licenseeId, unit, use } = agreement;
  const lines = input.lines
    .map(({ workId, units }) => ({ workId, units: BigInt(units) }))
    .sort((a, b) => (a.workId < b.workId ? -1 : 1));
  const document = canonicalize({
    format: 'clearway-report-1',
    agreement: agreementId,
    licensee: licenseeId,
    use,
    unit,
    from,
    to,
    model,
    lines: lines.map(({ workId, units }) => ({ work: workId, units: String(units) })),
  });
  const sha256 = createHash('sha256').update(document).digest('hex');
  return {
    id: t.ids.id(),
    agreementId,
    licenseeId,
    unit,
    use,
    from,
    to,
    model,
    document,
    sha256,
    reportedBy: userId,
    reportedAt: t.clock.now(),
    lines,
  };
}

async function record(t: Kernel, report: Report): Promise<void> {
  const { id, agreementId, licenseeId, sha256, unit, use, reportedBy, reportedAt } = report;
  await appendLeaf(t, {
    type: 'usage-reported',
    subject: `agreement:${agreementId}`,
    record: { agreement: agreementId, report: sha256, reportedAt: reportedAt.toISOString() },
  });
  await recordActivity(t, {
    actor: reportedBy,
    action: 'usage.reported',
    subject: `agreement:${agreementId}`,
  });
  if (unit === 'fetch') return;
  await rollUpReport(t.db, id);
  const total = report.lines.reduce((sum, { units }) => sum + Number(units), 0);
  const { from, to } = await boundsOf(t.db, report, await zoneOf(t));
  await issueReceipt(
    t,
    {
      agreementId,
      clientId: licenseeId,
      licenseeId,
      grade: 'licensee-reported',
      counts: { [use]: total },
      total,
      from,
      to,
    },
    { gateId: null, segmentSeq: null, reportId: id, about: { segments: [], report: sha256 } },
  );
}

async function zoneOf(t: Kernel): Promise<string> {
  return (await readInstance(t))?.instance.zone ?? 'UTC';
}
