import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** One part of one line of a posted run, with what was invoiced. */
export type EarningRow = {
  readonly runId: string;
  readonly runKind: 'invoice' | 'credit' | 'release';
  readonly no: number;
  readonly pos: number;
  readonly postedAt: Date;
  readonly currency: string;
  readonly originLineId: string;
  readonly key: string;
  readonly claimId: string | null;
  readonly feeMicro: bigint;
  readonly netMicro: bigint;
  readonly invoiceLineId: string;
  readonly invoiceId: string;
  readonly kind: 'usage' | 'flat' | 'credit';
  readonly corrects: string | null;
  readonly agreementId: string;
  readonly licenseeId: string;
  readonly workId: string;
  readonly title: string;
  readonly use: string;
  readonly unit: string;
  readonly grade: string;
  readonly units: bigint;
  readonly priceAmountMicro: bigint;
  readonly pricePerUnits: bigint;
  readonly offerVersion: number;
  readonly offerSha256: string;
  readonly ratedMicro: bigint;
};

// Money that waited is paid for the invoice line it came from.
const EARNING =
  sql.raw(`p.run_id as "runId", p.run_kind as "runKind", p.no, p.pos, p.posted_at as "postedAt", p.currency,
  p.origin_line_id as "originLineId", p.key, p.claim_id as "claimId", p.fee_micro as "feeMicro",
  p.net_micro as "netMicro", b.id as "invoiceLineId", b.invoice_id as "invoiceId", b.kind, b.corrects,
  b.agreement_id as "agreementId", b.licensee_id as "licenseeId", b.work_id as "workId", b.title, b.use, b.unit, b.grade,
  b.units, b.price_amount_micro as "priceAmountMicro", b.price_per_units as "pricePerUnits", b.offer_version as "offerVersion",
  b.offer_sha256 as "offerSha256", b.amount_micro as "ratedMicro"`);
const FROM = sql.raw(`distribution.published_lines p join billing.published_lines b
  on b.id = case when p.run_kind = 'release' then p.origin_line_id else p.line_id end`);

/** What runs gave a party, in their order. */
export async function selectEarningsOfRuns(
  db: Db,
  partyId: string,
  runIds: readonly string[],
): Promise<EarningRow[]> {
  const found = await sql<EarningRow>`select ${EARNING} from ${FROM}
    where p.party_id = ${partyId} and p.disposition = 'paid' and p.run_id = any(${runIds}::uuid[])
    order by p.posted_at, p.run_id, p.no, p.pos`.execute(db);
  return found.rows;
}

export async function selectEarning(
  db: Db,
  partyId: string,
  { runId, no, pos }: { runId: string; no: number; pos: number },
): Promise<EarningRow | undefined> {
  const found = await sql<EarningRow>`select ${EARNING} from ${FROM}
    where p.party_id = ${partyId} and p.disposition = 'paid' and p.run_id = ${runId} and p.no = ${no}
      and p.pos = ${pos}`.execute(db);
  return found.rows[0];
}

/** What a party earned in one month of a zone, newest first. */
export async function selectEarningsOfMonth(
  db: Db,
  partyId: string,
  { month, zone, limit }: { month: string; zone: string; limit: number },
): Promise<EarningRow[]> {
  const from = `${month}-01`;
  const found = await sql<EarningRow>`select ${EARNING} from ${FROM}
    where p.party_id = ${partyId} and p.disposition = 'paid'
      and p.posted_at >= ${from}::date::timestamp at time zone ${zone}
      and p.posted_at < (${from}::date + interval '1 month') at time zone ${zone}
    order by p.posted_at desc, p.run_id, p.no, p.pos limit ${limit}`.execute(db);
  return found.rows;
}

/** What a party earned, summed up. `id` is a month such as 2026-11, a work or a licensee. */
export type EarningSum = {
  readonly id: string;
  readonly title: string;
  readonly currency: string;
  readonly netMicro: bigint;
  readonly feeMicro: bigint;
};

const GROUPS = {
  month: (zone: string) => ({
    id: sql`to_char(p.posted_at at time zone ${zone}, 'YYYY-MM')`,
    title: sql`''`,
  }),
  work: () => ({ id: sql`b.work_id::text`, title: sql`max(b.title)` }),
  licensee: () => ({ id: sql`b.licensee_id::text`, title: sql`''` }),
};

/** All that a party earned, by month in a zone, work or licensee; the largest first, months in their order. */
export async function sumEarnings(
  db: Db,
  partyId: string,
  { by, zone, limit }: { by: keyof typeof GROUPS; zone: string; limit: number },
): Promise<EarningSum[]> {
  const { id, title } = GROUPS[by](zone);
  const order = by === 'month' ? sql`id collate "C" desc` : sql`"netMicro" desc, id collate "C"`;
  const found = await sql<EarningSum>`select * from (select ${id} as id, ${title} as title, p.currency,
      sum(p.net_micro)::bigint as "netMicro", sum(p.fee_micro)::bigint as "feeMicro"
    from ${FROM} where p.party_id = ${partyId} and p.disposition = 'paid'
    group by 1, p.currency) sums order by currency collate "C", ${order} limit ${limit}`.execute(db);
  return found.rows;
}

/** Every part of a line of a run: who takes part in its split, and what came out. */
export type PartRow = {
  readonly runId: string;
  readonly runKind: EarningRow['runKind'];
  readonly no: number;
  readonly pos: number;
  readonly originLineId: string;
  readonly lineMicro: bigint;
  readonly baseMicro: bigint;
  readonly feePpm: number;
  readonly key: string;
  readonly claimId: string | null;
  readonly sharePpm: number;
  readonly weight: bigint;
  readonly disposition: 'paid' | 'contested' | 'unaccepted' | 'ownerless';
  readonly feeMicro: bigint;
  readonly netMicro: bigint;
};

/** The parts of all runs over invoice lines, from the first run to the last. */
export async function selectParts(db: Db, originLineIds: readonly string[]): Promise<PartRow[]> {
  const found = await sql<PartRow>`select run_id as "runId", run_kind as "runKind", no, pos,
      origin_line_id as "originLineId", line_micro as "lineMicro", base_micro as "baseMicro", fee_ppm as "feePpm", key,
      claim_id as "claimId", share_ppm as "sharePpm", weight, disposition, fee_micro as "feeMicro",
      net_micro as "netMicro"
    from distribution.published_lines where origin_line_id = any(${originLineIds}::uuid[])
    order by posted_at, array_position('{invoice,credit,release}', run_kind), run_id, no, pos`.execute(db);
  return found.rows;
}
