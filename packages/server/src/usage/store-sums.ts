import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Fault } from './model.ts';

/** A sum of usage: `units` of one unit and grade. */
export type UsageSum = {
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly workId: string;
  readonly use: string;
  readonly unit: string;
  readonly grade: string;
  readonly units: bigint;
  readonly bytes: bigint;
};

export type Period = { readonly from?: string | undefined; readonly to?: string | undefined };

const within = ({ from, to }: Period) =>
  sql`day >= coalesce(${from ?? null}::date, '-infinity') and day <= coalesce(${to ?? null}::date, 'infinity')`;

/** Sums by agreement, work, use, unit and grade: of one agreement or of some works. */
export async function sumsOf(
  db: Db,
  about: { agreementId: string } | { workIds: readonly string[] },
  period: Period,
): Promise<UsageSum[]> {
  const which =
    'agreementId' in about
      ? sql`agreement_id = ${about.agreementId}`
      : sql`work_id = any(${about.workIds}::uuid[])`;
  const found = await sql<UsageSum>`select agreement_id as "agreementId", licensee_id as "licenseeId",
      work_id as "workId", use, unit, grade, sum(units)::bigint as units, sum(bytes)::bigint as bytes
    from usage.rollups where ${which} and ${within(period)}
    group by agreement_id, licensee_id, work_id, use, unit, grade
    order by agreement_id, work_id, use collate "C", unit collate "C", grade collate "C"`.execute(db);
  return found.rows;
}

/** Gate counts of an agreement by work, all grades together. */
export async function fetchesByWork(
  db: Db,
  agreementId: string,
  period: Period,
): Promise<Map<string, bigint>> {
  const found = await sql<{ workId: string; units: bigint }>`select work_id as "workId",
      sum(units)::bigint as units
    from usage.rollups where agreement_id = ${agreementId} and unit = 'fetch' and ${within(period)}
    group by work_id`.execute(db);
  return new Map(found.rows.map(({ workId, units }) => [workId, units]));
}

/** Records under an agreement that count for nobody, by fault. */
export async function faultsOfAgreement(
  db: Db,
  agreementId: string,
): Promise<{ fault: Fault; records: bigint }[]> {
  const found = await sql<{ fault: Fault; records: bigint }>`select fault, count(*) as records
    from usage.events where agreement_id = ${agreementId} and fault is not null
    group by fault order by fault collate "C"`.execute(db);
  return found.rows;
}

export type RefusalSum = { readonly reason: string; readonly agentName: string; readonly count: bigint };

/** Refusals of a site by reason and name, most first; at most 200. */
export async function refusalsOfSite(db: Db, siteId: string, period: Period): Promise<RefusalSum[]> {
  const found = await sql<RefusalSum>`select reason, agent_name as "agentName", sum(count)::bigint as count
    from usage.refusals where site_id = ${siteId} and ${within(period)}
    group by reason, agent_name order by count desc, reason collate "C", agent_name collate "C"
    limit 200`.execute(db);
  return found.rows;
}

/** All refusals of all gates. */
export async function sumRefusals(db: Db): Promise<number> {
  const found = await sql<{
    n: bigint;
  }>`select coalesce(sum(count), 0)::bigint as n from usage.refusals`.execute(db);
  return Number(found.rows[0]!.n);
}

/** The sums again, from events and reports alone, where they differ from those kept: none, ever. */
export async function staleSums(db: Db, zone: string): Promise<number> {
  const found = await sql<{ n: number }>`with again as (
      select agreement_id, client_id, licensee_id, site_id, work_id, use, 'fetch' as unit, grade,
        (at at time zone ${zone})::date as day, sum(units)::bigint as units, sum(bytes)::bigint as bytes
      from usage.events where fault is null
      group by agreement_id, client_id, licensee_id, site_id, work_id, use, grade, day
      union all
      select r.agreement_id, null::uuid, r.licensee_id, null::uuid, l.work_id, r.use, r.unit, 'licensee-reported',
        r.to_day, sum(l.units)::bigint, 0
      from usage.reports r join usage.report_lines l on l.report_id = r.id where r.unit <> 'fetch'
      group by r.agreement_id, r.licensee_id, l.work_id, r.use, r.unit, r.to_day
    ), kept as (
      select agreement_id, client_id, licensee_id, site_id, work_id, use, unit, grade, day, units, bytes
      from usage.rollups
    )
    select count(*)::int as n from ((table again except all table kept) union all
      (table kept except all table again)) as different`.execute(db);
  return found.rows[0]!.n;
}
