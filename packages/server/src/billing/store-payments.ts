import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Payment } from './model.ts';

export async function insertPayment(db: Db, p: Payment): Promise<void> {
  await sql`insert into billing.payments (id, invoice_id, source, entry_id, amount_micro, paid_at)
    values (${p.id}, ${p.invoiceId}, ${p.source}, ${p.entryId}, ${p.amountMicro}, ${p.paidAt})`.execute(db);
}

/** Payments of an invoice, oldest first. */
export async function paymentsOf(db: Db, invoiceId: string): Promise<Payment[]> {
  const found = await sql<Payment>`select id, invoice_id as "invoiceId", source, entry_id as "entryId",
      amount_micro as "amountMicro", paid_at as "paidAt"
    from billing.payments where invoice_id = ${invoiceId} order by paid_at, id`.execute(db);
  return found.rows;
}
