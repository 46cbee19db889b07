import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { StandingAcceptance } from './model.ts';

export type TokenRow = {
  jti: string;
  agreement_id: string;
  client_id: string;
  site_id: string;
  work_id: string;
  resource: string;
  use: string;
  hold_id: string | null;
  hold_micro: bigint;
  cap: number | null;
  counted: bigint;
  issued_at: Date;
  expires_at: Date;
};

export async function insertToken(db: Db, t: Omit<TokenRow, 'counted'>): Promise<void> {
  await sql`insert into licensing.tokens (jti, agreement_id, client_id, site_id, work_id, resource, use, hold_id,
      hold_micro, cap, issued_at, expires_at)
    values (${t.jti}, ${t.agreement_id}, ${t.client_id}, ${t.site_id}, ${t.work_id}, ${t.resource}, ${t.use},
      ${t.hold_id}, ${t.hold_micro}, ${t.cap}, ${t.issued_at}, ${t.expires_at})`.execute(db);
}

export async function selectToken(db: Db, jti: string): Promise<TokenRow | undefined> {
  const found = await sql<TokenRow>`select * from licensing.tokens where jti = ${jti}`.execute(db);
  return found.rows[0];
}

/** Answers false for an unknown token. */
export async function addCounted(db: Db, jti: string, fetches: bigint): Promise<boolean> {
  const done =
    await sql`update licensing.tokens set counted = counted + ${fetches} where jti = ${jti}`.execute(db);
  return done.numAffectedRows === 1n;
}

type StandingRow = {
  id: string;
  licensee_id: string;
  uses: readonly string[];
  currency: string;
  monthly_cap_micro: bigint;
  switched_on_by: string;
  switched_on_at: Date;
  switched_off_at: Date | null;
};

function toStanding(row: StandingRow): StandingAcceptance {
  return {
    id: row.id,
    licenseeId: row.licensee_id,
    uses: row.uses as StandingAcceptance['uses'],
    currency: row.currency,
    monthlyCapMicro: row.monthly_cap_micro,
    switchedOnBy: row.switched_on_by,
    switchedOnAt: row.switched_on_at,
    switchedOffAt: row.switched_off_at,
  };
}

/** Answers false when one is in force already. */
export async function insertStanding(db: Db, s: StandingAcceptance): Promise<boolean> {
  const done = await sql`insert into licensing.standing_acceptances (id, licensee_id, uses, currency,
      monthly_cap_micro, switched_on_by, switched_on_at)
    values (${s.id}, ${s.licenseeId}, ${s.uses}::text[], ${s.currency}, ${s.monthlyCapMicro}, ${s.switchedOnBy},
      ${s.switchedOnAt}) on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

/** The one in force; with `lock`, whoever spends under it waits for the one before. */
export async function selectStanding(
  db: Db,
  licenseeId: string,
  lock = false,
): Promise<StandingAcceptance | undefined> {
  const found = await sql<StandingRow>`select * from licensing.standing_acceptances
    where licensee_id = ${licenseeId} and switched_off_at is null ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  return found.rows[0] && toStanding(found.rows[0]);
}

export async function markSwitchedOff(db: Db, licenseeId: string, by: string, at: Date): Promise<boolean> {
  const done =
    await sql`update licensing.standing_acceptances set switched_off_by = ${by}, switched_off_at = ${at}
    where licensee_id = ${licenseeId} and switched_off_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/**
 * What was promised under standing acceptances of a licensee in the month of `now` in the books' zone: of tokens whose
 * hold may still be used all of it, of the others what was counted.
 */
export async function selectSpentThisMonth(
  db: Db,
  about: { licenseeId: string; now: Date; zone: string; settledBefore: Date },
): Promise<bigint> {
  const { licenseeId, now, zone, settledBefore } = about;
  const found = await sql<{ spent: bigint }>`select coalesce(sum(case when t.expires_at > ${settledBefore}
        then greatest(t.hold_micro, counted_micro) else counted_micro end), 0)::bigint as spent
    from licensing.tokens t
    join licensing.agreements a on a.id = t.agreement_id
    join licensing.agreement_works w on w.agreement_id = a.id and w.work_id = t.work_id,
    lateral (select ceil(t.counted * w.amount_micro::numeric / w.per_units) as counted_micro) m
    where a.licensee_id = ${licenseeId} and a.standing_id is not null
      and t.issued_at >= date_trunc('month', ${now}::timestamptz at time zone ${zone}) at time zone ${zone}`.execute(
    db,
  );
  return found.rows[0]?.spent ?? 0n;
}
