import { allocate } from '@clearway/protocol';
import { sql } from 'kysely';
import { inTx, type Kernel } from '../kernel/index.ts';
import { holdersOf } from '../works/index.ts';
import { freezeRun, linesOf, sharesOf } from './freeze-run.ts';
import type { ShareIn, SuspenseReason } from './model.ts';
import { goOn } from './plan-run.ts';
import { type ShareHolder, splitOfWaiting } from './split-work.ts';
import { lockPlanning } from './store.ts';

type Waiting = {
  origin_line_id: string;
  currency: string;
  claim_id: string | null;
  reason: SuspenseReason;
  amount_micro: bigint;
};
type Moved = { readonly originLineId: string; readonly amountMicro: bigint; readonly shares: ShareIn[] };

/**
 * Plans the release of money of a work that waits, as its claims stand now: somebody accepted, an objection ended, shares
 * were drawn up anew. One run per currency; lines for which nothing would change stay as they are, and lines that
 * another run is at wait for its end. Answers the runs.
 */
export async function releaseSuspense(k: Kernel, { workId }: { workId: string }): Promise<string[]> {
  return inTx(k, async (t) => {
    await lockPlanning(t.db);
    const waiting = await selectWaiting(t, workId);
    if (waiting.length === 0) return [];
    const holders = await holdersOf(t, workId);
    const settled = await selectSettled(t, [...new Set(waiting.map((item) => item.origin_line_id))]);
    const runs: string[] = [];
    for (const currency of new Set(waiting.map((item) => item.currency))) {
      const items = waiting.filter((item) => item.currency === currency);
      const moved = planMoves(workId, items, holders, settled);
      if (moved.length > 0) runs.push(await planRelease(t, workId, currency, moved));
    }
    return runs;
  });
}

function planMoves(
  workId: string,
  items: readonly Waiting[],
  holders: readonly ShareHolder[],
  settled: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Moved[] {
  const byLine = new Map<string, Waiting[]>();
  for (const item of items)
    byLine.set(item.origin_line_id, [...(byLine.get(item.origin_line_id) ?? []), item]);
  return [...byLine].flatMap(([originLineId, of]) => {
    const amountMicro = of.reduce((sum, item) => sum + item.amount_micro, 0n);
    const settledPpm = settled.get(originLineId) ?? new Map<string, number>();
    const shares = splitOfWaiting(workId, holders, { originLineId, settledPpm });
    return amountMicro !== 0n && changes(of, shares, amountMicro)
      ? [{ originLineId, amountMicro, shares }]
      : [];
  });
}

/** Whether the money would lie anywhere else than it does. */
function changes(items: readonly Waiting[], shares: readonly ShareIn[], amountMicro: bigint): boolean {
  const now = new Map(items.map((item) => [`${item.claim_id} ${item.reason}`, item.amount_micro]));
  const parts = allocate(amountMicro, shares).map((part, i) => ({ part, share: shares[i]! }));
  const there = parts.filter(({ part }) => part !== 0n);
  const same = ({ part, share }: (typeof parts)[number]) =>
    now.get(`${share.claimId} ${share.disposition}`) === part;
  return !(there.every(same) && there.length === items.filter((item) => item.amount_micro !== 0n).length);
}

async function planRelease(
  t: Kernel,
  workId: string,
  currency: string,
  moved: readonly Moved[],
): Promise<string> {
  const runId = await freezeRun(t, {
    kind: 'release',
    subject: workId,
    currency,
    lines: linesOf(
      moved.map(({ originLineId, amountMicro }) => ({
        lineId: originLineId,
        originLineId,
        splitKey: originLineId,
        amountMicro,
        baseMicro: 0n,
        feePpm: 0,
      })),
    ),
    shares: sharesOf(moved.flatMap(({ shares }) => shares)),
  });
  await sql`update distribution.suspense set released_by = ${runId}
    where work_id = ${workId} and released_by is null
      and origin_line_id = any(${moved.map(({ originLineId }) => originLineId)}::uuid[])`.execute(t.db);
  await goOn(t, runId);
  return runId;
}

async function selectWaiting(t: Kernel, workId: string): Promise<Waiting[]> {
  const found = await sql<Waiting>`select origin_line_id, currency, claim_id, reason,
      sum(amount_micro)::bigint as amount_micro
    from distribution.suspense s where work_id = ${workId} and released_by is null
      and not exists (select 1 from distribution.run_lines_in i join distribution.runs r on r.id = i.run_id
        where i.origin_line_id = s.origin_line_id and r.state <> 'posted')
    group by origin_line_id, currency, claim_id, reason
    order by origin_line_id, claim_id, reason collate "C"`.execute(t.db);
  return found.rows;
}

/** The share of each claim that has got its part of a line. */
async function selectSettled(
  t: Kernel,
  origins: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const found = await sql<{ origin: string; claim_id: string; ppm: number }>`
    select i.origin_line_id as origin, s.claim_id, sum(s.share_ppm)::int as ppm
    from distribution.run_lines_in i
    join distribution.run_shares s on s.run_id = i.run_id and s.split_key = i.split_key
    where i.origin_line_id = any(${origins}::uuid[]) and s.disposition = 'paid' and s.claim_id is not null
    group by 1, 2`.execute(t.db);
  const settled = new Map<string, Map<string, number>>(origins.map((origin) => [origin, new Map()]));
  for (const { origin, claim_id, ppm } of found.rows) settled.get(origin)?.set(claim_id, ppm);
  return settled;
}
