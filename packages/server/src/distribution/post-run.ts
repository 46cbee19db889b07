import { sql } from 'kysely';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { type AccountKind, type JournalInput, postJournals } from '../ledger/index.ts';
import { CHUNK_PAYEES, type Run } from './model.ts';
import { lockRun } from './store.ts';

/**
 * Posts a verified run out of its pool, so many payees in each journal and transaction; a crash leaves whole journals, and
 * the next call goes on behind them. With the last the run is posted, what waits is listed, and the pool is at zero.
 * Answers whether this call posted the last. Sends `distribution.run-posted`.
 */
export async function postRun(
  k: Kernel,
  runId: string,
  { payees = CHUNK_PAYEES }: { payees?: number } = {},
): Promise<boolean> {
  for (;;) {
    const did = await inTx(k, (t) => postChunk(t, runId, payees));
    if (did !== 'more') return did === 'last';
  }
}

type Credit = { seq: number; account_kind: string; account_owner: string; amount_micro: bigint };

async function postChunk(t: Kernel, runId: string, payees: number): Promise<'more' | 'last' | 'not-now'> {
  const run = await lockRun(t.db, runId);
  if (run?.state !== 'verified') return 'not-now';
  const from = run.creditsPosted;
  const found =
    await sql<Credit>`select seq, account_kind, account_owner, amount_micro from distribution.run_credits
    where run_id = ${runId} and seq > ${from} order by seq limit ${payees + 1}`.execute(t.db);
  const credits = found.rows.slice(0, payees);
  const journals = [
    ...(from === 0 && run.kind === 'release' ? [await gather(t, run)] : []),
    ...(credits.length > 0 ? [giveOut(run, from, credits)] : []),
  ];
  if (journals.length > 0) await postJournals(t, journals);
  if (found.rows.length > payees) {
    await sql`update distribution.runs set credits_posted = ${credits.at(-1)!.seq} where id = ${runId}`.execute(
      t.db,
    );
    return 'more';
  }
  await finish(t, run, credits.at(-1)?.seq ?? from);
  return 'last';
}

/** Out of the pool, to each account of this chunk. */
function giveOut(run: Run, from: number, credits: readonly Credit[]): JournalInput {
  const sum = credits.reduce((total, credit) => total + credit.amount_micro, 0n);
  const { currency } = run;
  const pool = { kind: 'pool', owner: run.poolOwner, currency, amountMicro: -sum } as const;
  return {
    kind: 'distribution',
    reference: `${run.id}:${from}`,
    cause: `run:${run.id}`,
    lines: [
      ...(sum === 0n ? [] : [pool]),
      ...credits.map((credit) => ({
        kind: credit.account_kind as AccountKind,
        owner: credit.account_owner,
        currency,
        amountMicro: credit.amount_micro,
      })),
    ],
  };
}

/** Money that waited, from its accounts into the pool of the run. */
async function gather(t: Kernel, run: Run): Promise<JournalInput> {
  const found = await sql<{ reason: string; work_id: string; amount: bigint }>`
    select reason, work_id, sum(amount_micro)::bigint as amount from distribution.suspense
    where released_by = ${run.id} group by reason, work_id having sum(amount_micro) <> 0
    order by reason collate "C", work_id`.execute(t.db);
  const { currency } = run;
  return {
    kind: 'suspense-release',
    reference: run.id,
    cause: `run:${run.id}`,
    lines: [
      { kind: 'pool', owner: run.poolOwner, currency, amountMicro: run.totalMicro },
      ...found.rows.map(({ reason, work_id, amount }) => ({
        kind: `suspense-${reason}` as AccountKind,
        owner: work_id,
        currency,
        amountMicro: -amount,
      })),
    ],
  };
}

async function finish(t: Kernel, run: Run, creditsPosted: number): Promise<void> {
  const now = t.clock.now();
  // Money that waits on keeps the time it came in.
  const since =
    run.kind === 'release'
      ? sql`(select min(before.since) from distribution.suspense before
          where before.released_by = l.run_id and before.origin_line_id = i.origin_line_id)`
      : sql`${now}::timestamptz`;
  await sql`insert into distribution.suspense (run_id, no, pos, line_id, origin_line_id, work_id, claim_id, party_id,
      reason, amount_micro, currency, since)
    select l.run_id, l.no, l.pos, i.line_id, i.origin_line_id, s.work_id, s.claim_id, s.party_id, s.disposition,
      l.net_micro, ${run.currency}, ${since}
    from distribution.run_shares s
    join distribution.run_lines_in i on i.run_id = s.run_id and i.split_key = s.split_key
    join distribution.lines l on l.run_id = i.run_id and l.no = i.no and l.pos = s.pos
    where s.run_id = ${run.id} and s.disposition <> 'paid' and l.net_micro <> 0`.execute(t.db);
  await sql`update distribution.runs set state = 'posted', posted_at = ${now}, credits_posted = ${creditsPosted},
    fault = null where id = ${run.id}`.execute(t.db);
  await emit(t, 'distribution.run-posted', { runId: run.id });
}
