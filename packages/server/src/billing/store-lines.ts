import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { BillingLine } from './model.ts';

const LINE = sql.raw(`id, position, period_id as "periodId", invoice_id as "invoiceId",
  credit_note_id as "creditNoteId", agreement_id as "agreementId", licensee_id as "licenseeId", work_id as "workId",
  title, kind, use, unit, grade, units, report_id as "reportId", price_amount_micro as "priceAmountMicro",
  price_per_units as "pricePerUnits", offer_id as "offerId", offer_version as "offerVersion",
  offer_sha256 as "offerSha256", amount_micro as "amountMicro", currency, corrects`);

const AT_ONCE = 2_000;

export async function insertLines(db: Db, lines: readonly BillingLine[]): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const rows = JSON.stringify(lines.slice(at, at + AT_ONCE), (_name, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    await sql`insert into billing.lines (id, position, period_id, invoice_id, credit_note_id, agreement_id,
        licensee_id, work_id, title, kind, use, unit, grade, units, report_id, price_amount_micro, price_per_units,
        offer_id, offer_version, offer_sha256, amount_micro, currency, corrects)
      select id, position, "periodId", "invoiceId", "creditNoteId", "agreementId", "licenseeId", "workId", title, kind,
        use, unit, grade, units, "reportId", "priceAmountMicro", "pricePerUnits", "offerId", "offerVersion",
        "offerSha256", "amountMicro", currency, corrects
      from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, position int, "periodId" uuid, "invoiceId" uuid,
        "creditNoteId" uuid, "agreementId" uuid, "licenseeId" uuid, "workId" uuid, title text, kind text, use text,
        unit text, grade text, units bigint, "reportId" uuid, "priceAmountMicro" bigint, "pricePerUnits" bigint,
        "offerId" uuid, "offerVersion" int, "offerSha256" text, "amountMicro" bigint, currency text, corrects uuid)`.execute(
      db,
    );
  }
}

/** The lines of an invoice itself, in their order. */
export async function selectLinesOfInvoice(db: Db, invoiceId: string): Promise<BillingLine[]> {
  const found = await sql<BillingLine>`select ${LINE} from billing.lines
    where invoice_id = ${invoiceId} and credit_note_id is null order by position`.execute(db);
  return found.rows;
}

export async function selectLinesOfCredit(db: Db, creditNoteId: string): Promise<BillingLine[]> {
  const found = await sql<BillingLine>`select ${LINE} from billing.lines
    where credit_note_id = ${creditNoteId} order by position`.execute(db);
  return found.rows;
}

export async function selectLine(db: Db, id: string): Promise<BillingLine | undefined> {
  const found = await sql<BillingLine>`select ${LINE} from billing.lines where id = ${id}`.execute(db);
  return found.rows[0];
}

/** What earlier credit notes took back of each line of an invoice, above zero. */
export async function creditedOf(
  db: Db,
  invoiceId: string,
): Promise<Map<string, { units: bigint; amountMicro: bigint }>> {
  const found = await sql<{ corrects: string; units: bigint; amountMicro: bigint }>`select corrects,
      (-sum(units))::bigint as units, (-sum(amount_micro))::bigint as "amountMicro"
    from billing.lines where invoice_id = ${invoiceId} and kind = 'credit' group by corrects`.execute(db);
  return new Map(found.rows.map(({ corrects, ...rest }) => [corrects, rest]));
}

/** A work of an agreement with what was pinned for it. */
export type PinnedWork = {
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly workId: string;
  readonly title: string;
  readonly use: string;
  readonly unit: string;
  readonly currency: string;
  readonly priceAmountMicro: bigint;
  readonly pricePerUnits: bigint;
  readonly offerId: string;
  readonly offerVersion: number;
  readonly offerSha256: string;
  readonly holderIds: readonly string[];
};

const PINNED =
  sql.raw(`agreement_id as "agreementId", licensee_id as "licenseeId", work_id as "workId", title, use, unit,
  currency, amount_micro as "priceAmountMicro", per_units as "pricePerUnits", offer_id as "offerId",
  offer_version as "offerVersion", offer_sha256 as "offerSha256", holder_ids as "holderIds"`);

export async function pinnedWorks(db: Db, agreementIds: readonly string[]): Promise<PinnedWork[]> {
  const found = await sql<PinnedWork>`select ${PINNED} from licensing.published_agreements
    where agreement_id = any(${agreementIds}::uuid[])`.execute(db);
  return found.rows;
}

/** Works under flat agreements made before a moment that were not charged yet. */
export async function flatToCharge(db: Db, before: Date): Promise<PinnedWork[]> {
  const found = await sql<PinnedWork>`select ${PINNED} from licensing.published_agreements a
    where unit = 'model-version' and made_at < ${before} and not exists (select 1 from billing.lines l
      where l.kind = 'flat' and l.agreement_id = a.agreement_id and l.work_id = a.work_id)
    order by made_at, agreement_id, position`.execute(db);
  return found.rows;
}

/** How many lines a period charged, without what was credited later. */
export async function countLines(db: Db, periodId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from billing.lines
    where period_id = ${periodId} and credit_note_id is null`.execute(db);
  return found.rows[0]!.n;
}
