import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** The last number of each series, and what is really there. */
export async function seriesCounts(
  db: Db,
): Promise<{ name: string; last: bigint; documents: bigint; highest: bigint }[]> {
  const found = await sql<{
    name: string;
    last: bigint;
    documents: bigint;
    highest: bigint;
  }>`select s.name, s.last,
      count(d.number) as documents, coalesce(max(d.number), 0) as highest
    from billing.series s left join (select 'invoice' as name, number from billing.invoices
      union all select 'credit-note', number from billing.credit_notes) d on d.name = s.name
    group by s.name, s.last order by s.name`.execute(db);
  return found.rows;
}

/** Numbers that were given and are not there. */
export async function missingNumbers(db: Db, name: string): Promise<bigint[]> {
  const table = name === 'invoice' ? sql`billing.invoices` : sql`billing.credit_notes`;
  const found = await sql<{ number: bigint }>`select n as number
    from billing.series s, generate_series(1, s.last) n
    where s.name = ${name} and not exists (select 1 from ${table} d where d.number = n)
    order by n limit 20`.execute(db);
  return found.rows.map(({ number }) => number);
}

/** What an invoice or a credit note is in the tables, beside its signed document. */
export type KeptDocument = {
  readonly table: 'invoices' | 'credit_notes';
  readonly id: string;
  readonly number: bigint;
  readonly invoiceId: string;
  readonly licenseeId: string;
  readonly currency: string;
  readonly exactMicro: bigint;
  readonly carriedMicro: bigint;
  readonly totalMicro: bigint;
  readonly document: string;
  readonly sha256: string;
};

/** In the order of table and number, a page at a time. */
export async function keptDocuments(
  db: Db,
  table: KeptDocument['table'],
  after: bigint,
  limit: number,
): Promise<KeptDocument[]> {
  const found =
    table === 'invoices'
      ? await sql<KeptDocument>`select 'invoices' as table, id, number, id as "invoiceId",
          licensee_id as "licenseeId", currency, exact_micro as "exactMicro", carried_micro as "carriedMicro",
          total_micro as "totalMicro", document, sha256
        from billing.invoices where number > ${after} order by number limit ${limit}`.execute(db)
      : await sql<KeptDocument>`select 'credit_notes' as table, c.id, c.number, c.invoice_id as "invoiceId",
          i.licensee_id as "licenseeId", i.currency, c.exact_micro as "exactMicro", c.carried_micro as "carriedMicro",
          c.total_micro as "totalMicro", c.document, c.sha256
        from billing.credit_notes c join billing.invoices i on i.id = c.invoice_id
        where c.number > ${after} order by c.number limit ${limit}`.execute(db);
  return found.rows;
}

/** Lines that are on no invoice or credit note of theirs, or take back more than was charged. */
export async function strayLines(db: Db): Promise<{ id: string; why: string }[]> {
  const found = await sql<{
    id: string;
    why: string;
  }>`select l.id, 'of another period than its invoice' as why
      from billing.lines l join billing.invoices i on i.id = l.invoice_id where i.period_id <> l.period_id
    union all
    select l.id, 'credited beyond what it charged' from billing.lines l
      join (select corrects, sum(units) as units, sum(amount_micro) as amount from billing.lines
        where kind = 'credit' group by corrects) c on c.corrects = l.id
      where l.units + c.units < 0 or l.amount_micro + c.amount < 0
    union all
    select c.id, 'corrects a line of another invoice' from billing.lines c join billing.lines l on l.id = c.corrects
      where l.invoice_id <> c.invoice_id
    order by 1 limit 20`.execute(db);
  return found.rows;
}

export type UsageLine = {
  readonly id: string;
  readonly key: string;
  readonly units: bigint;
};

/** The usage lines of a period by what they charge for. */
export async function usageLines(db: Db, periodId: string): Promise<UsageLine[]> {
  const found =
    await sql<UsageLine>`select id, concat_ws(' ', agreement_id, work_id, use, unit, grade, report_id) as key,
      units
    from billing.lines where period_id = ${periodId} and kind = 'usage' order by id`.execute(db);
  return found.rows;
}

export async function closedPeriods(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from billing.periods where closed_at is not null
    order by from_at`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** What each licensee owes by its invoices: what is open, and the fraction carried along. */
export async function owedByLicensee(
  db: Db,
): Promise<{ licenseeId: string; currency: string; openMicro: bigint; carryMicro: bigint }[]> {
  type Owed = { licenseeId: string; currency: string; openMicro: bigint; carryMicro: bigint };
  const found = await sql<Owed>`select i.licensee_id as "licenseeId", i.currency,
      sum(i.total_micro - coalesce(p.paid, 0) - coalesce(c.settled, 0))::bigint as "openMicro",
      sum(i.exact_micro - i.total_micro + coalesce(c.carry, 0))::bigint as "carryMicro"
    from billing.invoices i
    left join (select invoice_id, sum(amount_micro) as paid from billing.payments group by 1) p on p.invoice_id = i.id
    left join (select invoice_id, sum(settled_micro) as settled, sum(exact_micro - total_micro) as carry
      from billing.credit_notes group by 1) c on c.invoice_id = i.id
    group by i.licensee_id, i.currency order by i.licensee_id, i.currency`.execute(db);
  return found.rows;
}

/** Invoices that are settled although something is open, or open although nothing is. */
export async function wrongSettlements(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`select i.id from billing.invoices i
    left join billing.settlements s on s.invoice_id = i.id
    where (s.invoice_id is not null) <> (i.total_micro
      = coalesce((select sum(p.amount_micro) from billing.payments p where p.invoice_id = i.id), 0)
      + coalesce((select sum(c.settled_micro) from billing.credit_notes c where c.invoice_id = i.id), 0))
    order by i.id limit 20`.execute(db);
  return found.rows.map(({ id }) => id);
}
