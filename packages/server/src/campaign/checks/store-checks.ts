import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { Check, Method } from '../model.ts';

/** Why a check ended: somebody took it back, or what it was about is another name or no official domain any more. */
export type EndedFor = 'moderator' | 'voucher' | 'name' | 'domain';
export type EndedCheck = Check & {
  readonly endedAt: Date;
  readonly endedFor: EndedFor;
  readonly reason: string;
};

type End = {
  readonly endedFor: EndedFor;
  readonly by: string | null;
  readonly reason: string;
  readonly at: Date;
};

/** Ends the checks that fit, and keeps that they were there. Answers how many. */
export async function endChecks(db: Db, which: RawBuilder<SqlBool>, end: End): Promise<number> {
  const done = await sql`with gone as (delete from campaign.checks c where ${which} returning c.*)
    insert into campaign.ended_checks (id, signatory_id, method, detail, voucher_id, checked_at, ended_at, ended_for,
      ended_by, reason)
    select id, signatory_id, method, detail, voucher_id, checked_at, ${end.at}, ${end.endedFor}, ${end.by}::uuid,
      ${end.reason} from gone`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

/** A check by its id, with whose it is. */
export type CheckRow = Check & {
  readonly id: string;
  readonly signatoryId: string;
  readonly voucherId: string | null;
};

const ROW = sql.raw(`c.id, c.signatory_id as "signatoryId", c.voucher_id as "voucherId", c.method,
  coalesce(v.name, c.detail) as detail, c.checked_at as "checkedAt"`);

export async function selectCheck(db: Db, id: string): Promise<CheckRow | undefined> {
  const found = await sql<CheckRow>`select ${ROW} from campaign.checks c
    left join campaign.signatories v on v.id = c.voucher_id where c.id = ${id}`.execute(db);
  return found.rows[0];
}

/** Every check of a signatory, standing or not, oldest first. */
export async function selectChecksOf(db: Db, signatoryId: string): Promise<CheckRow[]> {
  const found = await sql<CheckRow>`select ${ROW} from campaign.checks c
    left join campaign.signatories v on v.id = c.voucher_id
    where c.signatory_id = ${signatoryId} order by c.checked_at, c.id`.execute(db);
  return found.rows;
}

/** For whom an organisation vouches, oldest first. */
export async function selectVouchesBy(
  db: Db,
  voucherId: string,
): Promise<{ id: string; name: string; checkedAt: Date }[]> {
  const found = await sql<{ id: string; name: string; checkedAt: Date }>`select c.id, s.name,
      c.checked_at as "checkedAt"
    from campaign.checks c join campaign.signatories s on s.id = c.signatory_id
      and s.state = 'confirmed' and not s.hidden
    where c.voucher_id = ${voucherId} order by c.checked_at, c.id limit 500`.execute(db);
  return found.rows;
}

/** Checks of a signatory that ended, newest first. */
export async function selectEndedChecks(db: Db, signatoryId: string): Promise<EndedCheck[]> {
  const found = await sql<EndedCheck>`select e.method, coalesce(v.name, e.detail) as detail,
      e.checked_at as "checkedAt", e.ended_at as "endedAt", e.ended_for as "endedFor", e.reason
    from campaign.ended_checks e left join campaign.signatories v on v.id = e.voucher_id
    where e.signatory_id = ${signatoryId} order by e.ended_at desc, e.id limit 100`.execute(db);
  return found.rows;
}

/** Whether a moderator took this very check back before. */
export async function wasTakenBack(
  db: Db,
  c: { signatoryId: string; method: Method; detail: string },
): Promise<boolean> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.ended_checks
    where signatory_id = ${c.signatoryId} and method = ${c.method} and detail = ${c.detail}
      and ended_for = 'moderator'`.execute(db);
  return found.rows[0]!.n > 0;
}

/** Records a check once; false if the same was recorded before. */
export async function insertCheck(
  db: Db,
  c: {
    id: string;
    signatoryId: string;
    method: Method;
    detail: string;
    voucherId?: string;
    by?: string;
    at: Date;
  },
): Promise<boolean> {
  const done = await sql`insert into campaign.checks
    (id, signatory_id, method, detail, voucher_id, checked_by, checked_at)
    values (${c.id}, ${c.signatoryId}, ${c.method}, ${c.detail}, ${c.voucherId ?? null}, ${c.by ?? null}, ${c.at})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Checks that stand, by signatory, oldest first. A voucher that no longer counts vouches for nobody. */
export async function selectChecks(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Check[]>> {
  const found = await sql<Check & { signatoryId: string }>`select c.signatory_id as "signatoryId", c.method,
      coalesce(v.name, c.detail) as detail, c.checked_at as "checkedAt"
    from campaign.checks c left join campaign.signatories v on v.id = c.voucher_id
    where c.signatory_id = any(${ids}::uuid[]) and (c.voucher_id is null or v.state = 'confirmed')
    order by c.checked_at, c.id`.execute(db);
  const checks = new Map<string, Check[]>();
  for (const { signatoryId, ...check } of found.rows)
    checks.set(signatoryId, [...(checks.get(signatoryId) ?? []), check]);
  return checks;
}
