import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Period } from './model.ts';

const PERIOD =
  sql.raw(`id, from_at as "from", to_at as "to", zone, opened_by as "openedBy", opened_at as "openedAt",
  closed_by as "closedBy", closed_at as "closedAt"`);

/** Whoever opens or closes periods does it one after the other. */
export async function lockPeriods(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('billing|periods', 0))`.execute(db);
}

/** A moment said as such, or as the clock of a zone shows it; undefined when it is neither. */
export async function momentOf(db: Db, said: string, zone: string): Promise<Date> {
  const local = !/(?:Z|[+-]\d\d:?\d\d)$/.test(said);
  const found = local
    ? await sql<{ at: Date }>`select ${said}::timestamp at time zone ${zone} as at`.execute(db)
    : await sql<{ at: Date }>`select ${said}::timestamptz as at`.execute(db);
  return found.rows[0]!.at;
}

export async function insertPeriod(db: Db, p: Period): Promise<void> {
  await sql`insert into billing.periods (id, from_at, to_at, zone, opened_by, opened_at)
    values (${p.id}, ${p.from}, ${p.to}, ${p.zone}, ${p.openedBy}, ${p.openedAt})`.execute(db);
}

export async function selectPeriod(db: Db, id: string): Promise<Period | undefined> {
  const found = await sql<Period>`select ${PERIOD} from billing.periods where id = ${id}`.execute(db);
  return found.rows[0];
}

/** The latest first. */
export async function selectPeriods(db: Db, limit: number): Promise<Period[]> {
  const found =
    await sql<Period>`select ${PERIOD} from billing.periods order by from_at desc limit ${limit}`.execute(db);
  return found.rows;
}

export async function overlapping(db: Db, range: { from: Date; to: Date }): Promise<Period | undefined> {
  const found = await sql<Period>`select ${PERIOD} from billing.periods
    where tstzrange(from_at, to_at) && tstzrange(${range.from}, ${range.to}) order by from_at limit 1`.execute(
    db,
  );
  return found.rows[0];
}

/** The first period that begins before a moment and is still open. */
export async function openBefore(db: Db, at: Date): Promise<Period | undefined> {
  const found = await sql<Period>`select ${PERIOD} from billing.periods
    where closed_at is null and from_at < ${at} order by from_at limit 1`.execute(db);
  return found.rows[0];
}

/** Where the last closed period ends. */
export async function closedTo(db: Db): Promise<Date | undefined> {
  const found = await sql<{ to: Date | null }>`select max(to_at) as "to" from billing.periods
    where closed_at is not null`.execute(db);
  return found.rows[0]?.to ?? undefined;
}

export async function markClosed(db: Db, p: { id: string; by: string; at: Date }): Promise<void> {
  await sql`update billing.periods set closed_by = ${p.by}, closed_at = ${p.at} where id = ${p.id}`.execute(
    db,
  );
}

/** Answers false when it is closed, or not there. */
export async function deleteOpen(db: Db, id: string): Promise<boolean> {
  const done = await sql`delete from billing.periods where id = ${id} and closed_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}
