import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import { type CreditNote, creditNumber, type Invoice, invoiceNumber, stateOf } from './model.ts';

type InvoiceRow = Omit<Invoice, 'number' | 'openMicro' | 'state'> & { number: bigint };

const INVOICES = sql`select i.id, i.number, i.period_id as "periodId", i.licensee_id as "licenseeId", i.currency,
    i.exact_micro as "exactMicro", i.carried_micro as "carriedMicro", i.total_micro as "totalMicro",
    i.issued_at as "issuedAt", i.sha256, s.settled_at as "settledAt",
    coalesce((select sum(p.amount_micro) from billing.payments p where p.invoice_id = i.id), 0)::bigint as "paidMicro",
    coalesce((select sum(c.settled_micro) from billing.credit_notes c where c.invoice_id = i.id), 0)::bigint
      as "creditedMicro"
  from billing.invoices i left join billing.settlements s on s.invoice_id = i.id`;

function toInvoice({ number, ...row }: InvoiceRow): Invoice {
  const openMicro = row.totalMicro - row.paidMicro - row.creditedMicro;
  return { ...row, number: invoiceNumber(number), openMicro, state: stateOf(openMicro, row.totalMicro) };
}

/** The next numbers of a series; whoever else wants some waits until this transaction ends. */
export async function takeNumbers(db: Db, series: 'invoice' | 'credit-note', count: number): Promise<bigint> {
  const found = await sql<{ last: bigint }>`update billing.series set last = last + ${count}
    where name = ${series} returning last`.execute(db);
  return found.rows[0]!.last - BigInt(count) + 1n;
}

export type NewInvoice = Pick<
  Invoice,
  | 'id'
  | 'periodId'
  | 'licenseeId'
  | 'currency'
  | 'exactMicro'
  | 'carriedMicro'
  | 'totalMicro'
  | 'issuedAt'
  | 'sha256'
> & { readonly number: bigint; readonly document: string };

export async function insertInvoice(db: Db, i: NewInvoice): Promise<void> {
  await sql`insert into billing.invoices (id, number, period_id, licensee_id, currency, exact_micro, carried_micro,
      total_micro, issued_at, document, sha256)
    values (${i.id}, ${i.number}, ${i.periodId}, ${i.licenseeId}, ${i.currency}, ${i.exactMicro}, ${i.carriedMicro},
      ${i.totalMicro}, ${i.issuedAt}, ${i.document}, ${i.sha256})`.execute(db);
}

export async function selectInvoice(db: Db, id: string): Promise<Invoice | undefined> {
  const found = await sql<InvoiceRow>`${INVOICES} where i.id = ${id}`.execute(db);
  return found.rows[0] && toInvoice(found.rows[0]);
}

/** The invoice, held against other payments and credits until the transaction ends. */
export async function lockInvoice(db: Db, id: string): Promise<Invoice | undefined> {
  await sql`select 1 from billing.invoices where id = ${id} for update`.execute(db);
  return selectInvoice(db, id);
}

/** Ids of the invoices with these numbers, in the order of the numbers. */
export async function invoicesNumbered(db: Db, numbers: readonly bigint[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from billing.invoices
    where number = any(${numbers.map(String)}::bigint[]) order by number`.execute(db);
  return found.rows.map(({ id }) => id);
}

export type InvoiceFilter = {
  readonly licenseeId?: string | undefined;
  readonly periodId?: string | undefined;
  /** Only those something is open of. */
  readonly open?: boolean | undefined;
  /** The number of the last one of the page before. */
  readonly before?: bigint | undefined;
  readonly limit: number;
};

/** The newest first. */
export async function selectInvoices(db: Db, f: InvoiceFilter): Promise<Invoice[]> {
  const found = await sql<InvoiceRow>`${INVOICES}
    where (${f.licenseeId ?? null}::uuid is null or i.licensee_id = ${f.licenseeId ?? null}::uuid)
      and (${f.periodId ?? null}::uuid is null or i.period_id = ${f.periodId ?? null}::uuid)
      and (${f.open ?? false} = false or s.settled_at is null)
      and (${f.before ?? null}::bigint is null or i.number < ${f.before ?? null}::bigint)
    order by i.number desc limit ${f.limit}`.execute(db);
  return found.rows.map(toInvoice);
}

export async function selectDocument(db: Db, id: string): Promise<string | undefined> {
  const found = await sql<{ document: string }>`select document from billing.invoices where id = ${id}
    union all select document from billing.credit_notes where id = ${id}`.execute(db);
  return found.rows[0]?.document;
}

/** Answers false when it was settled before. */
export async function insertSettlement(db: Db, invoiceId: string, at: Date): Promise<boolean> {
  const done = await sql`insert into billing.settlements (invoice_id, settled_at) values (${invoiceId}, ${at})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

type CreditRow = Omit<CreditNote, 'number'> & { number: bigint };

const CREDITS = sql`select id, number, invoice_id as "invoiceId", exact_micro as "exactMicro",
    carried_micro as "carriedMicro", total_micro as "totalMicro", settled_micro as "settledMicro", reason,
    issued_by as "issuedBy", issued_at as "issuedAt", sha256 from billing.credit_notes`;

const toCredit = ({ number, ...row }: CreditRow): CreditNote => ({ ...row, number: creditNumber(number) });

export async function insertCredit(
  db: Db,
  c: Omit<CreditNote, 'number'> & { readonly number: bigint; readonly document: string },
): Promise<void> {
  await sql`insert into billing.credit_notes (id, number, invoice_id, exact_micro, carried_micro, total_micro,
      settled_micro, reason, issued_by, issued_at, document, sha256)
    values (${c.id}, ${c.number}, ${c.invoiceId}, ${c.exactMicro}, ${c.carriedMicro}, ${c.totalMicro},
      ${c.settledMicro}, ${c.reason}, ${c.issuedBy}, ${c.issuedAt}, ${c.document}, ${c.sha256})`.execute(db);
}

/** Credit notes of an invoice, oldest first. */
export async function creditsOf(db: Db, invoiceId: string): Promise<CreditNote[]> {
  const found = await sql<CreditRow>`${CREDITS} where invoice_id = ${invoiceId} order by number`.execute(db);
  return found.rows.map(toCredit);
}

export async function selectCredit(db: Db, id: string): Promise<CreditNote | undefined> {
  const found = await sql<CreditRow>`${CREDITS} where id = ${id}`.execute(db);
  return found.rows[0] && toCredit(found.rows[0]);
}
