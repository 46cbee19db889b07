import type { StatementLine } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { StatementRow, StatementSummary } from './model.ts';

const SUMMARY =
  sql.raw(`s.id, s.party_id as "partyId", s.currency, s.number, s.from_at as "fromAt", s.to_at as "toAt",
  s.opening_micro as "openingMicro", s.earned_micro as "earnedMicro", s.moved_micro as "movedMicro",
  s.closing_micro as "closingMicro", s.in_payout_closing_micro as "inPayoutClosingMicro", s.sha256,
  s.issued_at as "issuedAt", s.objection_until as "objectionUntil"`);
const ROW = sql.raw(`s.payable_version as "payableVersion", s.in_payout_version as "inPayoutVersion",
  s.in_payout_opening_micro as "inPayoutOpeningMicro", s.sealed`);

/** Holds the payee's statements of a currency against others who issue, until the transaction ends. */
export async function lockHead(db: Db, partyId: string, currency: string): Promise<void> {
  await sql`insert into statements.heads (party_id, currency) values (${partyId}, ${currency})
    on conflict do nothing`.execute(db);
  await sql`select from statements.heads where party_id = ${partyId} and currency = ${currency} for update`.execute(
    db,
  );
}

export async function selectLatest(
  db: Db,
  partyId: string,
  currency: string,
): Promise<StatementRow | undefined> {
  const found = await sql<StatementRow>`select ${SUMMARY}, ${ROW} from statements.statements s
    where party_id = ${partyId} and currency = ${currency} order by number desc limit 1`.execute(db);
  return found.rows[0];
}

export async function insertStatement(
  db: Db,
  row: StatementRow,
  lines: readonly StatementLine[],
): Promise<void> {
  await sql`insert into statements.statements (id, party_id, currency, number, from_at, to_at, payable_version,
      in_payout_version, opening_micro, earned_micro, moved_micro, closing_micro, in_payout_opening_micro,
      in_payout_closing_micro, sealed, sha256, issued_at, objection_until)
    values (${row.id}, ${row.partyId}, ${row.currency}, ${row.number}, ${row.fromAt}, ${row.toAt},
      ${row.payableVersion}, ${row.inPayoutVersion}, ${row.openingMicro}, ${row.earnedMicro}, ${row.movedMicro},
      ${row.closingMicro}, ${row.inPayoutOpeningMicro}, ${row.inPayoutClosingMicro}, ${row.sealed}, ${row.sha256},
      ${row.issuedAt}, ${row.objectionUntil})`.execute(db);
  const rows = lines.map((line, i) => ({
    position: i + 1,
    line: line.id,
    invoiceLine: line.invoiceLine,
    work: line.work.id,
    title: line.work.title,
    licensee: line.licensee.id,
    amount: line.amount,
    fee: line.fee,
  }));
  await sql`insert into statements.lines (statement_id, position, line, invoice_line_id, work_id, title, licensee_id,
      amount_micro, fee_micro)
    select ${row.id}, position, line, "invoiceLine", work, title, licensee, amount, fee
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position int, line text, "invoiceLine" uuid,
      work uuid, title text, licensee uuid, amount bigint, fee bigint)`.execute(db);
}

export async function selectStatement(db: Db, id: string): Promise<StatementRow | undefined> {
  const found =
    await sql<StatementRow>`select ${SUMMARY}, ${ROW} from statements.statements s where id = ${id}`.execute(
      db,
    );
  return found.rows[0];
}

/** Newest first; of one party, or of all. */
export async function selectStatements(
  db: Db,
  { partyId, limit }: { partyId?: string | undefined; limit: number },
): Promise<StatementSummary[]> {
  const found = await sql<StatementSummary>`select ${SUMMARY} from statements.statements s
    where ${partyId ?? null}::uuid is null or party_id = ${partyId ?? null}::uuid
    order by issued_at desc, currency collate "C", id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** The statements of all, in the order in which they were issued, for checks: `after` is the last id before. */
export async function selectChain(
  db: Db,
  after: { partyId: string; currency: string; number: number } | undefined,
  limit: number,
): Promise<StatementRow[]> {
  const found = await sql<StatementRow>`select ${SUMMARY}, ${ROW} from statements.statements s
    where ${after === undefined} or (s.party_id, s.currency, s.number)
      > (${after?.partyId ?? null}::uuid, ${after?.currency ?? ''}, ${after?.number ?? 0}::int)
    order by s.party_id, s.currency, s.number limit ${limit}`.execute(db);
  return found.rows;
}

export type LineRow = {
  readonly position: number;
  readonly line: string;
  readonly invoiceLineId: string;
  readonly amountMicro: bigint;
  readonly feeMicro: bigint;
};

export async function selectLines(db: Db, statementId: string): Promise<LineRow[]> {
  const found = await sql<LineRow>`select position, line, invoice_line_id as "invoiceLineId",
      amount_micro as "amountMicro", fee_micro as "feeMicro"
    from statements.lines where statement_id = ${statementId} order by position`.execute(db);
  return found.rows;
}

export type LineUsage = { readonly count: number; readonly sha256: string };

export async function selectLineUsage(db: Db, invoiceLineId: string): Promise<LineUsage | undefined> {
  const found = await sql<LineUsage>`select count, sha256 from statements.line_usage
    where invoice_line_id = ${invoiceLineId}`.execute(db);
  return found.rows[0];
}

export async function insertLineUsage(db: Db, invoiceLineId: string, usage: LineUsage): Promise<void> {
  await sql`insert into statements.line_usage (invoice_line_id, count, sha256)
    values (${invoiceLineId}, ${usage.count}, ${usage.sha256}) on conflict do nothing`.execute(db);
}
