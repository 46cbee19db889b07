import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { HandPayment } from './model.ts';

const PAYMENT = sql`select id, kind, target, currency, amount_micro as "amountMicro", note, state,
    proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy", decided_at as "decidedAt",
    entry_id as "entryId", shown_by as "shownBy"
  from bank.payments`;

export async function insertPayment(
  db: Db,
  p: Pick<
    HandPayment,
    'id' | 'kind' | 'target' | 'currency' | 'amountMicro' | 'note' | 'proposedBy' | 'proposedAt'
  >,
): Promise<void> {
  await sql`insert into bank.payments (id, kind, target, currency, amount_micro, note, state, proposed_by, proposed_at)
    values (${p.id}, ${p.kind}, ${p.target}, ${p.currency}, ${p.amountMicro}, ${p.note}, 'proposed',
      ${p.proposedBy}, ${p.proposedAt})`.execute(db);
}

/** A payment, held against other decisions until the transaction ends. */
export async function lockPayment(db: Db, id: string): Promise<HandPayment | undefined> {
  const found = await sql<HandPayment>`${PAYMENT} where id = ${id} for update`.execute(db);
  return found.rows[0];
}

export async function decidePayment(
  db: Db,
  d: { id: string; state: 'confirmed' | 'withdrawn'; by: string; at: Date; entryId: string | null },
): Promise<void> {
  await sql`update bank.payments set state = ${d.state}, decided_by = ${d.by}, decided_at = ${d.at},
    entry_id = ${d.entryId} where id = ${d.id} and state = 'proposed'`.execute(db);
}

/** Notes which entry of a statement showed the money. */
export async function markShown(db: Db, id: string, entryId: string): Promise<void> {
  await sql`update bank.payments set shown_by = ${entryId} where id = ${id} and shown_by is null`.execute(db);
}

/** Words on invoices that these entries may show: the same amount, and a text that holds the number. */
export async function shownWords(
  db: Db,
  entryIds: readonly string[],
): Promise<{ paymentId: string; entryId: string; number: string; remittance: string }[]> {
  const found = await sql<{ paymentId: string; entryId: string; number: string; remittance: string }>`
    select p.id as "paymentId", e.id as "entryId", p.target as number, e.content ->> 'remittance' as remittance
    from bank.payments p join bank.entries e on e.amount_micro = p.amount_micro and e.currency = p.currency
      and strpos(e.content ->> 'remittance', p.target) > 0
    where p.state = 'confirmed' and p.shown_by is null and p.kind = 'invoice' and e.id = any(${[...entryIds]}::uuid[])
    order by p.seq, e.seq`.execute(db);
  return found.rows;
}

/** Newest first. */
export async function selectPayments(db: Db, limit: number): Promise<HandPayment[]> {
  const found = await sql<HandPayment>`${PAYMENT} order by seq desc limit ${limit}`.execute(db);
  return found.rows;
}

/** What operators said has come and no statement has shown yet, by currency. */
export async function sumOfWords(db: Db): Promise<{ currency: string; micro: string }[]> {
  const found = await sql<{
    currency: string;
    micro: string;
  }>`select currency, sum(amount_micro)::text as micro
    from bank.payments where state = 'confirmed' and shown_by is null group by currency`.execute(db);
  return found.rows;
}
