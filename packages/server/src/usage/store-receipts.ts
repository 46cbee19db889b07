import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

export type ReceiptRow = {
  readonly number: number;
  readonly agreementId: string;
  readonly clientId: string;
  readonly licenseeId: string;
  readonly gateId: string | null;
  readonly segmentSeq: number | null;
  readonly reportId: string | null;
  readonly grade: string;
  readonly total: number;
  readonly sealed: string;
  readonly issuedAt: Date;
};

/** A number nobody else gets; one that is not used stays a gap. */
export async function nextReceiptNumber(db: Db): Promise<number> {
  const found = await sql<{ n: bigint }>`select nextval('usage.receipt_numbers') as n`.execute(db);
  return Number(found.rows[0]!.n);
}

export async function insertReceipt(db: Db, r: ReceiptRow): Promise<void> {
  await sql`insert into usage.receipts (number, agreement_id, client_id, licensee_id, gate_id, segment_seq,
      report_id, grade, total, sealed, issued_at)
    values (${r.number}, ${r.agreementId}, ${r.clientId}, ${r.licenseeId}, ${r.gateId}, ${r.segmentSeq},
      ${r.reportId}, ${r.grade}, ${r.total}, ${r.sealed}, ${r.issuedAt})`.execute(db);
}

export async function receiptNumbersOf(db: Db, gateId: string, seq: number): Promise<number[]> {
  const found = await sql<{ number: bigint }>`select number from usage.receipts
    where gate_id = ${gateId} and segment_seq = ${seq} order by number`.execute(db);
  return found.rows.map((row) => Number(row.number));
}

/** Receipts of an agreement in the order of their numbers, from the one after `after`. */
export async function receiptsOfAgreement(
  db: Db,
  agreementId: string,
  { after, limit }: { after: number; limit: number },
): Promise<ReceiptRow[]> {
  const found = await sql<
    Omit<ReceiptRow, 'number' | 'segmentSeq' | 'total'> & {
      number: bigint;
      segmentSeq: bigint | null;
      total: bigint;
    }
  >`select number, agreement_id as "agreementId", client_id as "clientId", licensee_id as "licenseeId",
      gate_id as "gateId", segment_seq as "segmentSeq", report_id as "reportId", grade, total, sealed,
      issued_at as "issuedAt"
    from usage.receipts where agreement_id = ${agreementId} and number > ${after}
    order by number limit ${limit}`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    number: Number(row.number),
    segmentSeq: row.segmentSeq === null ? null : Number(row.segmentSeq),
    total: Number(row.total),
  }));
}
