import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { ModelScope } from '../licensing/index.ts';

export type ReportLine = { readonly workId: string; readonly units: bigint };

export type Report = {
  readonly id: string;
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly unit: string;
  readonly use: string;
  /** First and last day, in the instance's zone. */
  readonly from: string;
  readonly to: string;
  readonly model: ModelScope | null;
  /** The canonical text under the hash. */
  readonly document: string;
  readonly sha256: string;
  readonly reportedBy: string;
  readonly reportedAt: Date;
  readonly lines: readonly ReportLine[];
};

type ReportRow = Omit<Report, 'lines'>;
const REPORT = sql.raw(`id, agreement_id as "agreementId", licensee_id as "licenseeId", unit, use,
  from_day as "from", to_day as "to", model, document, sha256, reported_by as "reportedBy",
  reported_at as "reportedAt"`);

/** Reports of one agreement wait for each other. */
export async function lockReports(db: Db, agreementId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`usage|${agreementId}`}, 0))`.execute(db);
}

export async function insertReport(db: Db, r: Report): Promise<void> {
  await sql`insert into usage.reports (id, agreement_id, licensee_id, unit, use, from_day, to_day, model, document,
      sha256, reported_by, reported_at)
    values (${r.id}, ${r.agreementId}, ${r.licenseeId}, ${r.unit}, ${r.use}, ${r.from}, ${r.to},
      ${r.model === null ? null : JSON.stringify(r.model)}::jsonb, ${r.document}, ${r.sha256}, ${r.reportedBy},
      ${r.reportedAt})`.execute(db);
  for (const { workId, units } of r.lines) {
    await sql`insert into usage.report_lines (report_id, work_id, units)
      values (${r.id}, ${workId}, ${units})`.execute(db);
  }
}

/** Reports of fetches that were made within a range of time. */
export async function fetchReportsIn(db: Db, { from, to }: { from: Date; to: Date }): Promise<Report[]> {
  const found = await sql<{ agreementId: string; id: string }>`select agreement_id as "agreementId", id
    from usage.reports where unit = 'fetch' and reported_at >= ${from} and reported_at < ${to}
    order by reported_at, id`.execute(db);
  const reports: Report[] = [];
  for (const agreementId of new Set(found.rows.map((row) => row.agreementId)))
    reports.push(
      ...(await reportsOf(db, agreementId)).filter((one) => found.rows.some(({ id }) => id === one.id)),
    );
  return reports;
}

/** The reports of an agreement, oldest first. */
export async function reportsOf(db: Db, agreementId: string): Promise<Report[]> {
  const found = await sql<ReportRow>`select ${REPORT} from usage.reports where agreement_id = ${agreementId}
    order by from_day, id`.execute(db);
  const lines = await sql<ReportLine & { reportId: string }>`select l.report_id as "reportId",
      l.work_id as "workId", l.units
    from usage.report_lines l join usage.reports r on r.id = l.report_id
    where r.agreement_id = ${agreementId} order by l.work_id`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    lines: lines.rows
      .filter(({ reportId }) => reportId === row.id)
      .map(({ workId, units }) => ({ workId, units })),
  }));
}

/** Adds a report to the sums, on the last day it is about. */
export async function rollUpReport(db: Db, reportId: string): Promise<void> {
  await sql`insert into usage.rollups (agreement_id, licensee_id, work_id, use, unit, grade, day, units, bytes)
    select r.agreement_id, r.licensee_id, l.work_id, r.use, r.unit, 'licensee-reported', r.to_day, l.units, 0
    from usage.reports r join usage.report_lines l on l.report_id = r.id
    where r.id = ${reportId} order by l.work_id
    on conflict (agreement_id, work_id, day, use, unit, grade, site_id, client_id) do update
      set units = usage.rollups.units + excluded.units`.execute(db);
}

/** The day of a moment in a zone, and the moments at which a day begins and ends there. */
export async function dayOf(db: Db, at: Date, zone: string): Promise<string> {
  const found = await sql<{
    day: string;
  }>`select (${at}::timestamptz at time zone ${zone})::date as day`.execute(db);
  return found.rows[0]!.day;
}

export async function boundsOf(
  db: Db,
  { from, to }: { from: string; to: string },
  zone: string,
): Promise<{ from: Date; to: Date }> {
  const found = await sql<{ from: Date; to: Date }>`select
      ${from}::date::timestamp at time zone ${zone} as "from",
      (${to}::date + 1)::timestamp at time zone ${zone} as "to"`.execute(db);
  return found.rows[0]!;
}
