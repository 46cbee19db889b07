import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Batch, BatchState, LeftOut } from './model.ts';

export type BatchRow = {
  id: string;
  currency: string;
  minimum_micro: bigint;
  state: BatchState;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  message_id: string;
  remittance: string;
  debtor_sealed: string;
  debtor_iban_end: string;
  execution_date: string | null;
  file_created_at: Date | null;
  file_sealed: string | null;
  file_sha256: string | null;
};
export type NewBatch = Pick<
  BatchRow,
  | 'id'
  | 'currency'
  | 'minimum_micro'
  | 'proposed_by'
  | 'proposed_at'
  | 'message_id'
  | 'remittance'
  | 'debtor_sealed'
  | 'debtor_iban_end'
>;

/** Answers false when another batch of the currency waits. */
export async function insertBatch(db: Db, b: NewBatch): Promise<boolean> {
  const done =
    await sql`insert into payouts.batches (id, currency, minimum_micro, state, proposed_by, proposed_at,
      message_id, remittance, debtor_sealed, debtor_iban_end)
    values (${b.id}, ${b.currency}, ${b.minimum_micro}, 'proposed', ${b.proposed_by}, ${b.proposed_at},
      ${b.message_id}, ${b.remittance}, ${b.debtor_sealed}, ${b.debtor_iban_end})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

/** The batch as it is stored; with `lock` nobody else decides about it until the transaction ends. */
export async function selectBatch(db: Db, id: string, lock = false): Promise<BatchRow | undefined> {
  const found = await sql<BatchRow>`select * from payouts.batches where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return found.rows[0];
}

export async function updateOrdered(
  db: Db,
  id: string,
  by: { actor: string; at: Date; executionDate: string; fileSealed: string; fileSha256: string },
): Promise<void> {
  await sql`update payouts.batches set state = 'ordered', decided_by = ${by.actor}, decided_at = ${by.at},
      execution_date = ${by.executionDate}, file_created_at = ${by.at}, file_sealed = ${by.fileSealed},
      file_sha256 = ${by.fileSha256} where id = ${id}`.execute(db);
}

export async function updateDiscarded(db: Db, id: string, actor: string, at: Date): Promise<void> {
  await sql`update payouts.batches set state = 'discarded', decided_by = ${actor}, decided_at = ${at}
    where id = ${id}`.execute(db);
}

const BATCH = sql`select b.id, b.currency, b.minimum_micro as "minimumMicro", b.state, b.proposed_by as "proposedBy",
    b.proposed_at as "proposedAt", b.decided_by as "decidedBy", b.decided_at as "decidedAt",
    b.message_id as "messageId", b.debtor_iban_end as "debtorIbanEnd", b.execution_date as "executionDate",
    b.file_sha256 as "fileSha256", i.items, i.total as "totalMicro",
    jsonb_build_object('proposed', i.proposed, 'ordered', i.ordered, 'paid', i.paid, 'returned', i.returned,
      'rejected', i.rejected) as counts
  from payouts.batches b cross join lateral (
    select count(*)::int as items, coalesce(sum(amount_micro), 0)::bigint as total,
      count(*) filter (where state = 'proposed') as proposed, count(*) filter (where state = 'ordered') as ordered,
      count(*) filter (where state = 'paid') as paid, count(*) filter (where state = 'returned') as returned,
      count(*) filter (where state = 'rejected') as rejected
    from payouts.items where batch_id = b.id) i`;

export async function selectBatchSummary(db: Db, id: string): Promise<Batch | undefined> {
  return (await sql<Batch>`${BATCH} where b.id = ${id}`.execute(db)).rows[0];
}

/** Newest first. */
export async function selectBatches(db: Db, limit: number): Promise<Batch[]> {
  return (await sql<Batch>`${BATCH} order by b.proposed_at desc, b.id desc limit ${limit}`.execute(db)).rows;
}

export async function insertLeftOut(db: Db, batchId: string, left: readonly LeftOut[]): Promise<void> {
  const rows = left.map(({ partyId, reason, balanceMicro }) => ({
    party_id: partyId,
    reason,
    balance_micro: balanceMicro.toString(),
  }));
  await sql`insert into payouts.left_out (batch_id, party_id, reason, balance_micro)
    select ${batchId}::uuid, party_id, reason, balance_micro
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (party_id uuid, reason text, balance_micro bigint)`.execute(db);
}

/** Largest amounts first. */
export async function selectLeftOut(db: Db, batchId: string, limit: number): Promise<LeftOut[]> {
  const found = await sql<LeftOut>`select party_id as "partyId", reason, balance_micro as "balanceMicro"
    from payouts.left_out where batch_id = ${batchId} order by balance_micro desc, party_id limit ${limit}`.execute(
    db,
  );
  return found.rows;
}
