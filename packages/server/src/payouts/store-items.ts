import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Item } from './model.ts';

export type NewItem = {
  readonly id: string;
  readonly batch_id: string;
  readonly party_id: string;
  readonly currency: string;
  readonly amount_micro: string;
  readonly end_to_end_id: string;
  readonly profile_version: number;
  readonly creditor_sealed: string;
  readonly creditor_iban_end: string;
};

export async function insertItems(db: Db, items: readonly NewItem[]): Promise<void> {
  await sql`insert into payouts.items (id, batch_id, party_id, currency, amount_micro, end_to_end_id,
      profile_version, creditor_sealed, creditor_iban_end)
    select id, batch_id, party_id, currency, amount_micro, end_to_end_id, profile_version, creditor_sealed,
      creditor_iban_end
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r (id uuid, batch_id uuid, party_id uuid,
      currency text, amount_micro bigint, end_to_end_id text, profile_version int, creditor_sealed text,
      creditor_iban_end text)`.execute(db);
}

const ITEM = sql`select id, batch_id as "batchId", party_id as "partyId", currency, amount_micro as "amountMicro",
    end_to_end_id as "endToEndId", profile_version as "profileVersion", creditor_iban_end as "ibanEnd", state,
    ordered_at as "orderedAt", paid_on as "paidOn", returned_on as "returnedOn", return_reason as "returnReason",
    rejected_at as "rejectedAt", reject_reason as "rejectReason" from payouts.items`;

/** An item with what the bank said about it. */
export type HeldItem = Item & { readonly paidEntry: string | null; readonly returnedEntry: string | null };

/** Holds one item until the transaction ends. */
export async function lockItem(
  db: Db,
  by: { id: string } | { endToEndId: string },
): Promise<HeldItem | undefined> {
  const where = 'id' in by ? sql`id = ${by.id}` : sql`end_to_end_id = ${by.endToEndId}`;
  const found = await sql<{ id: string; paid_entry: string | null; returned_entry: string | null }>`
    select id, paid_entry, returned_entry from payouts.items where ${where} for update`.execute(db);
  const row = found.rows[0];
  if (!row) return undefined;
  const item = (await sql<Item>`${ITEM} where id = ${row.id}`.execute(db)).rows[0]!;
  return { ...item, paidEntry: row.paid_entry, returnedEntry: row.returned_entry };
}

/** The items of a batch in the order of the file, a page at a time. */
export async function selectItems(
  db: Db,
  batchId: string,
  page: { after?: string | undefined; limit: number },
): Promise<Item[]> {
  const after = page.after === undefined ? sql`true` : sql`end_to_end_id collate "C" > ${page.after}`;
  const found = await sql<Item>`${ITEM} where batch_id = ${batchId} and ${after}
    order by end_to_end_id collate "C" limit ${page.limit}`.execute(db);
  return found.rows;
}

/** The item of a batch with an end-to-end id. */
export async function selectItem(
  db: Db,
  { batchId, endToEndId }: { batchId: string; endToEndId: string },
): Promise<Item | undefined> {
  const found =
    await sql<Item>`${ITEM} where batch_id = ${batchId} and end_to_end_id = ${endToEndId}`.execute(db);
  return found.rows[0];
}

/** What the payment file is made of, in its order. */
export async function selectFileItems(db: Db, batchId: string) {
  const found = await sql<{
    id: string;
    party_id: string;
    currency: string;
    amount_micro: bigint;
    end_to_end_id: string;
    profile_version: number;
    creditor_sealed: string;
  }>`select id, party_id, currency, amount_micro, end_to_end_id, profile_version, creditor_sealed
    from payouts.items where batch_id = ${batchId} order by end_to_end_id collate "C"`.execute(db);
  return found.rows;
}

/** What was ordered for a party, newest first. */
export async function selectItemsOfParty(db: Db, partyId: string, limit: number): Promise<Item[]> {
  const found = await sql<Item>`${ITEM} where party_id = ${partyId} and ordered_at is not null
    order by ordered_at desc, id desc limit ${limit}`.execute(db);
  return found.rows;
}

export async function markOrdered(db: Db, batchId: string, at: Date): Promise<void> {
  await sql`update payouts.items set ordered_at = ${at} where batch_id = ${batchId}`.execute(db);
}

export async function markPaid(db: Db, id: string, entryId: string, on: string): Promise<void> {
  await sql`update payouts.items set paid_entry = ${entryId}, paid_on = ${on} where id = ${id}`.execute(db);
}

export async function markReturned(
  db: Db,
  id: string,
  by: { entryId: string; on: string; reason: string | null },
): Promise<void> {
  await sql`update payouts.items set returned_entry = ${by.entryId}, returned_on = ${by.on},
    return_reason = ${by.reason} where id = ${id}`.execute(db);
}

export async function markRejected(
  db: Db,
  id: string,
  by: { actor: string; at: Date; reason: string },
): Promise<void> {
  await sql`update payouts.items set rejected_at = ${by.at}, rejected_by = ${by.actor},
    reject_reason = ${by.reason} where id = ${id}`.execute(db);
}

/** What is on its way, by party and currency: neither paid nor rejected. */
export async function selectInPayout(db: Db) {
  const found = await sql<{ party_id: string; currency: string; micro: bigint }>`
    select party_id, currency, sum(amount_micro)::bigint as micro from payouts.items
    where ordered_at is not null and paid_entry is null and rejected_at is null
    group by party_id, currency order by party_id, currency`.execute(db);
  return found.rows;
}
