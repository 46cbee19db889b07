import type { StatementLine, UsageReference } from '@clearway/protocol';
import { lineUsage } from '../billing/index.ts';
import { inTx, type Kernel, readInstance } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { findParties } from '../parties/index.ts';
import { buildLines, nameOf } from './build-lines.ts';
import { failStatements } from './problems.ts';
import {
  type EarningRow,
  type EarningSum,
  selectEarning,
  selectEarningsOfMonth,
  sumEarnings,
} from './store-earnings.ts';

const ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{1,9}):([0-9]{1,4})$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Where a payee stands in one currency, in micro-units. */
export type Standing = {
  readonly currency: string;
  /** Below zero when something was paid that was taken back later. */
  readonly owedMicro: bigint;
  readonly inPayoutMicro: bigint;
};

/** What a payee has earned so far, and where it stands. */
export type Earnings = {
  readonly zone: string;
  readonly standing: readonly Standing[];
  readonly byMonth: readonly EarningSum[];
  readonly byWork: readonly EarningSum[];
  readonly byLicensee: readonly EarningSum[];
};

/** The earnings of a payee from all runs, whether or not they are on a statement yet. */
export async function readEarnings(k: Kernel, partyId: string): Promise<Earnings> {
  const zone = await zoneOf(k);
  const sums = (by: 'month' | 'work' | 'licensee', limit: number) =>
    sumEarnings(k.db, partyId, { by, zone, limit });
  const [owed, onTheWay, byMonth, byWork, byLicensee] = await Promise.all([
    balances(k, { kind: 'payable', owner: partyId }),
    balances(k, { kind: 'in-payout', owner: partyId }),
    sums('month', 36),
    sums('work', 50),
    sums('licensee', 50),
  ]);
  const names = await findParties(
    k,
    byLicensee.map(({ id }) => id),
  );
  return {
    zone,
    standing: owed.map(({ currency, balanceMicro }) => ({
      currency,
      owedMicro: balanceMicro,
      inPayoutMicro: onTheWay.find((account) => account.currency === currency)?.balanceMicro ?? 0n,
    })),
    byMonth: [...byMonth].reverse(),
    byWork,
    byLicensee: byLicensee.map((sum) => ({ ...sum, title: nameOf(names.get(sum.id)?.name) })),
  };
}

/** What a payee earned in a month such as 2026-11, in the zone of the instance, newest first, at most 500. */
export async function earningsOfMonth(
  k: Kernel,
  partyId: string,
  month: string,
): Promise<(EarningRow & { licensee: string })[]> {
  if (!MONTH.test(month)) return [];
  const rows = await selectEarningsOfMonth(k.db, partyId, { month, zone: await zoneOf(k), limit: 500 });
  const names = await findParties(k, [...new Set(rows.map((row) => row.licenseeId))]);
  return rows.map((row) => ({ ...row, licensee: nameOf(names.get(row.licenseeId)?.name) }));
}

/** One earning with everything that leads to it, and a page of the uses it pays for. */
export type EarningDetail = {
  readonly row: EarningRow;
  readonly line: StatementLine;
  readonly uses: readonly UsageReference[];
  /** The last use of this page, when there are more. */
  readonly more: string | undefined;
};

/** How an earning came about. Throws `earning-unknown`, also for that of another payee. */
export async function readEarning(
  k: Kernel,
  { id, partyId, after }: { id: string; partyId: string; after?: string | undefined },
): Promise<EarningDetail> {
  const [, runId = '', no = '', pos = ''] = ID.exec(id) ?? [];
  const row = runId
    ? await selectEarning(k.db, partyId, { runId, no: Number(no), pos: Number(pos) })
    : undefined;
  if (!row) throw failStatements('earning-unknown');
  const [line] = await inTx(k, (t) => buildLines(t, [row]));
  const limit = 100;
  const page = await lineUsage(k, row.invoiceLineId, { after, limit: limit + 1 });
  const uses = page.slice(0, limit).map(({ ref, at, units, path, sha256 }) => ({
    id: ref,
    at: at.toISOString(),
    units: Number(units),
    ...(path === null ? {} : { path }),
    ...(sha256 === null ? {} : { sha256 }),
  }));
  return { row, line: line!, uses, more: page.length > limit ? uses.at(-1)?.id : undefined };
}

async function zoneOf(k: Kernel): Promise<string> {
  return (await readInstance(k))?.instance.zone ?? 'UTC';
}
