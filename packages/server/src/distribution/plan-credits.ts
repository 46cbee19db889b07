import { sql } from 'kysely';
import { inTx, type Kernel } from '../kernel/index.ts';
import { freezeRun, linesOf, sharesOf } from './freeze-run.ts';
import type { Disposition, LineIn, ShareIn } from './model.ts';
import { goOn } from './plan-run.ts';
import { lockPlanning } from './store.ts';

type CreditRow = {
  id: string;
  invoice_id: string;
  currency: string;
  corrects: string;
  amount_micro: bigint;
  base_micro: bigint;
  fee_ppm: number;
};

/**
 * Plans a run for each invoice with credit lines that no run has taken back yet. A credit is taken back from where the
 * money of the line it corrects is by now, in proportion: from holders, and from what still waits. Credits of lines that
 * a run is still at wait for its end. Answers the runs.
 */
export async function planCredits(k: Kernel): Promise<string[]> {
  return inTx(k, async (t) => {
    await lockPlanning(t.db);
    const rows = await selectCredits(t);
    const runs: string[] = [];
    for (const invoiceId of new Set(rows.map((row) => row.invoice_id))) {
      runs.push(
        await planCredit(
          t,
          invoiceId,
          rows.filter((row) => row.invoice_id === invoiceId),
        ),
      );
    }
    return runs;
  });
}

/** Of several credits of one line the first; the others follow when it is posted. */
async function selectCredits(t: Kernel): Promise<CreditRow[]> {
  const found =
    await sql<CreditRow>`select distinct on (b.corrects) b.id, b.invoice_id, b.currency, b.corrects,
      b.amount_micro, first.fee_ppm, (select sum(i.amount_micro)::bigint from distribution.run_lines_in i
        where i.origin_line_id = b.corrects and i.from_billing) as base_micro
    from billing.published_lines b
    join distribution.run_lines_in first on first.line_id = b.corrects and first.from_billing
    where b.kind = 'credit'
      and not exists (select 1 from distribution.run_lines_in i where i.line_id = b.id and i.from_billing)
      and not exists (select 1 from distribution.run_lines_in i join distribution.runs r on r.id = i.run_id
        where i.origin_line_id = b.corrects and r.state <> 'posted')
    order by b.corrects, b.id`.execute(t.db);
  return found.rows;
}

async function planCredit(t: Kernel, invoiceId: string, rows: readonly CreditRow[]): Promise<string> {
  const lines = rows.map(
    (row): LineIn => ({
      lineId: row.id,
      originLineId: row.corrects,
      splitKey: row.id,
      amountMicro: row.amount_micro,
      baseMicro: row.base_micro,
      feePpm: row.fee_ppm,
    }),
  );
  const shares = await positions(t, rows);
  const runId = await freezeRun(t, {
    kind: 'credit',
    subject: invoiceId,
    poolOwner: invoiceId,
    currency: rows[0]!.currency,
    lines: linesOf(lines),
    shares: sharesOf(shares),
  });
  await goOn(t, runId);
  return runId;
}

type Position = {
  origin: string;
  claim_id: string | null;
  party_id: string | null;
  work_id: string;
  disposition: Disposition;
  net: bigint;
  weight: bigint;
};

/** Who has how much of each line now. Where a fee took all of it, by the shares of the line. */
async function positions(t: Kernel, rows: readonly CreditRow[]): Promise<ShareIn[]> {
  const origins = rows.map((row) => row.corrects);
  const found = await sql<Position>`
    select i.origin_line_id as origin, s.claim_id, s.party_id, s.work_id, s.disposition,
      sum(l.net_micro)::bigint as net, sum(case when i.from_billing then s.weight else 0 end)::bigint as weight
    from distribution.run_lines_in i
    join distribution.run_shares s on s.run_id = i.run_id and s.split_key = i.split_key
    join distribution.lines l on l.run_id = i.run_id and l.no = i.no and l.pos = s.pos
    where i.origin_line_id = any(${origins}::uuid[]) and s.disposition = 'paid'
    group by 1, 2, 3, 4, 5
    union all
    select origin_line_id, claim_id, party_id, work_id, reason, sum(amount_micro)::bigint, 0
    from distribution.suspense
    where origin_line_id = any(${origins}::uuid[]) and released_by is null
    group by 1, 2, 3, 4, 5`.execute(t.db);
  return rows.flatMap((row) => {
    const of = found.rows.filter((position) => position.origin === row.corrects);
    const kept = of.filter(({ net }) => net > 0n);
    if (kept.length > 0) return kept.map((position) => shareOf(row.id, position, position.net));
    return of
      .filter(({ weight }) => weight > 0n)
      .map((position) => shareOf(row.id, position, position.weight));
  });
}

function shareOf(splitKey: string, position: Position, weight: bigint): ShareIn {
  const { claim_id: claimId, party_id: partyId, work_id: workId, disposition } = position;
  const key = `${claimId ?? 'ownerless'}:${partyId ?? ''}:${disposition}`;
  return { splitKey, key, claimId, partyId, workId, sharePpm: 0, weight, disposition };
}
