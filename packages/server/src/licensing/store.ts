import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Unit } from '../offers/index.ts';
import type { Exclusion, LicensedUse, ModelScope, Quote, QuoteLine } from './model.ts';

type QuoteRow = {
  id: string;
  licensee_id: string;
  use: LicensedUse;
  unit: Unit;
  model_scope: ModelScope | null;
  months: number;
  currency: string;
  asked_by: string;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
};

function toQuote(row: QuoteRow): Quote {
  return {
    id: row.id,
    licenseeId: row.licensee_id,
    use: row.use,
    unit: row.unit,
    modelScope: row.model_scope,
    months: row.months,
    currency: row.currency,
    askedBy: row.asked_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
  };
}

export async function insertQuote(
  db: Db,
  q: Quote,
  lines: readonly QuoteLine[],
  exclusions: readonly Exclusion[],
): Promise<void> {
  const scope = q.modelScope === null ? null : JSON.stringify(q.modelScope);
  await sql`insert into licensing.quotes (id, licensee_id, use, unit, model_scope, months, currency, asked_by,
      created_at, expires_at)
    values (${q.id}, ${q.licenseeId}, ${q.use}, ${q.unit}, ${scope}::jsonb, ${q.months}, ${q.currency}, ${q.askedBy},
      ${q.createdAt}, ${q.expiresAt})`.execute(db);
  for (const [i, line] of lines.entries()) {
    await sql`insert into licensing.quote_lines (quote_id, position, work_id, title, offer_id, offer_version,
        offer_sha256, amount_micro, per_units, free)
      values (${q.id}, ${i}, ${line.workId}, ${line.title}, ${line.offerId}, ${line.offerVersion},
        ${line.offerSha256}, ${line.amountMicro}, ${line.perUnits}, ${line.free})`.execute(db);
  }
  for (const [i, { workId, title, reason }] of exclusions.entries()) {
    await sql`insert into licensing.quote_exclusions (quote_id, position, work_id, title, reason)
      values (${q.id}, ${i}, ${workId}, ${title}, ${reason})`.execute(db);
  }
}

/** The quote; with `lock`, whoever accepts it waits for the one before. */
export async function selectQuote(db: Db, id: string, lock = false): Promise<Quote | undefined> {
  const found = await sql<QuoteRow>`select * from licensing.quotes where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return found.rows[0] && toQuote(found.rows[0]);
}

/** Quotes of a licensee, newest first. */
export async function selectQuotes(db: Db, licenseeId: string, limit: number): Promise<Quote[]> {
  const found = await sql<QuoteRow>`select * from licensing.quotes where licensee_id = ${licenseeId}
    order by id desc limit ${limit}`.execute(db);
  return found.rows.map(toQuote);
}

/** A quote that can still be accepted and consists of this one offer. */
export async function selectOpenQuoteFor(
  db: Db,
  about: { licenseeId: string; offerId: string; use: string; unit: string; now: Date },
): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select q.id from licensing.quotes q
    join licensing.quote_lines l on l.quote_id = q.id and l.offer_id = ${about.offerId}
    where q.licensee_id = ${about.licenseeId} and q.use = ${about.use} and q.unit = ${about.unit}
      and q.accepted_at is null and q.expires_at > ${about.now} and q.model_scope is null
      and (select count(*) from licensing.quote_lines o where o.quote_id = q.id) = 1
    order by q.id desc limit 1`.execute(db);
  return found.rows[0]?.id;
}

export async function markAccepted(db: Db, id: string, at: Date): Promise<void> {
  await sql`update licensing.quotes set accepted_at = ${at} where id = ${id}`.execute(db);
}

export type LineRow = {
  work_id: string;
  title: string;
  offer_id: string;
  offer_version: number;
  offer_sha256: string;
  amount_micro: bigint;
  per_units: bigint;
  free: boolean;
};

export function toLine(row: LineRow): QuoteLine {
  return {
    workId: row.work_id,
    title: row.title,
    offerId: row.offer_id,
    offerVersion: row.offer_version,
    offerSha256: row.offer_sha256,
    amountMicro: row.amount_micro,
    perUnits: row.per_units,
    free: row.free,
  };
}

export async function selectLines(db: Db, quoteId: string): Promise<QuoteLine[]> {
  const found = await sql<LineRow>`select * from licensing.quote_lines where quote_id = ${quoteId}
    order by position`.execute(db);
  return found.rows.map(toLine);
}

export async function selectExclusions(db: Db, quoteId: string): Promise<Exclusion[]> {
  const found = await sql<{ work_id: string; title: string; reason: Exclusion['reason'] }>`
    select work_id, title, reason from licensing.quote_exclusions where quote_id = ${quoteId}
    order by position`.execute(db);
  return found.rows.map((row) => ({ workId: row.work_id, title: row.title, reason: row.reason }));
}

/** Of these holders, those who said no to a company. */
export async function selectDenials(
  db: Db,
  licenseeId: string,
  holderIds: readonly string[],
): Promise<string[]> {
  if (holderIds.length === 0) return [];
  const found = await sql<{ holder_id: string }>`select holder_id from licensing.denials
    where licensee_id = ${licenseeId} and holder_id = any(${holderIds}::uuid[])`.execute(db);
  return found.rows.map((row) => row.holder_id);
}

export async function selectDenied(db: Db, holderId: string): Promise<{ licenseeId: string; at: Date }[]> {
  const found = await sql<{ licensee_id: string; denied_at: Date }>`select licensee_id, denied_at
    from licensing.denials where holder_id = ${holderId} order by denied_at, licensee_id`.execute(db);
  return found.rows.map((row) => ({ licenseeId: row.licensee_id, at: row.denied_at }));
}

export async function insertDenial(db: Db, holderId: string, licenseeId: string, at: Date): Promise<boolean> {
  const done = await sql`insert into licensing.denials (holder_id, licensee_id, denied_at)
    values (${holderId}, ${licenseeId}, ${at}) on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function deleteDenial(db: Db, holderId: string, licenseeId: string): Promise<boolean> {
  const done = await sql`delete from licensing.denials
    where holder_id = ${holderId} and licensee_id = ${licenseeId}`.execute(db);
  return done.numAffectedRows === 1n;
}
