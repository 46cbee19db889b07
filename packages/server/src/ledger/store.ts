import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { AccountKind, Line } from './model.ts';

type AccountRow = { id: string; posted_micro: bigint; held_micro: bigint };
type AccountKey = { kind: AccountKind; ownerId: string | null; currency: string };

/** Opens the account unless it is open. */
export async function ensureAccount(db: Db, id: string, key: AccountKey, at: Date): Promise<string> {
  await sql`insert into ledger.accounts (id, kind, owner_id, currency, created_at)
    values (${id}, ${key.kind}, ${key.ownerId}, ${key.currency}, ${at}) on conflict do nothing`.execute(db);
  return (await selectAccount(db, key))!.id;
}

export async function selectAccount(db: Db, key: AccountKey): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`select id, posted_micro, held_micro from ledger.accounts
    where kind = ${key.kind} and owner_id is not distinct from ${key.ownerId} and currency = ${key.currency}`.execute(
    db,
  );
  return found.rows[0];
}

/** The account, held against other bookings and promises until the transaction ends. */
export async function lockAccount(db: Db, key: AccountKey): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`select id, posted_micro, held_micro from ledger.accounts
    where kind = ${key.kind} and owner_id is not distinct from ${key.ownerId} and currency = ${key.currency}
    for update`.execute(db);
  return found.rows[0];
}

/** Books a journal; false when its reference was booked before. */
export async function postJournal(
  db: Db,
  j: { id: string; kind: string; reference: string; at: Date; lines: readonly Line[] },
): Promise<boolean> {
  const lines = JSON.stringify(
    j.lines.map(({ account, amountMicro }) => ({ account, amountMicro: amountMicro.toString() })),
  );
  const done = await sql<{ booked: boolean }>`select ledger.post(${j.id}::uuid, ${j.kind}, ${j.reference},
    ${j.at}::timestamptz, ${lines}::jsonb) as booked`.execute(db);
  return done.rows[0]?.booked ?? false;
}

export async function insertHold(
  db: Db,
  h: { id: string; accountId: string; amountMicro: bigint; reference: string; at: Date; expiresAt: Date },
): Promise<void> {
  await sql`insert into ledger.holds (id, account_id, amount_micro, reference, placed_at, expires_at)
    values (${h.id}, ${h.accountId}, ${h.amountMicro}, ${h.reference}, ${h.at}, ${h.expiresAt})`.execute(db);
}

/** Answers false when it was released before. */
export async function markReleased(db: Db, id: string, at: Date): Promise<boolean> {
  const done = await sql`update ledger.holds set released_at = ${at}
    where id = ${id} and released_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Open holds that ended before `now`, oldest first. */
export async function selectEndedHolds(db: Db, now: Date, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from ledger.holds
    where released_at is null and expires_at <= ${now} order by expires_at, id limit ${limit}
    for update skip locked`.execute(db);
  return found.rows.map(({ id }) => id);
}
