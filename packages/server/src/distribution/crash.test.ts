import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { asSuperuser } from '../testing/as-superuser.ts';
import { failEveryQuery } from '../testing/fail-queries.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  advanceRun,
  computeRun,
  distributionChecks,
  freezeRun,
  linesOf,
  postRun,
  readRun,
  sharesOf,
  verifyRun,
} from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

/** 9 works with 3 payees each, one of whom waits; 40 lines. */
function plan(kind: 'invoice' | 'credit' = 'invoice'): Promise<string> {
  const works = Array.from({ length: 9 }, () => k.ids.id());
  const shares = works.flatMap((work, w) =>
    [500_000, 333_333, 166_667].map((sharePpm, h) => {
      const claimId = k.ids.id();
      return {
        splitKey: work,
        key: claimId,
        claimId,
        partyId: k.ids.id(),
        workId: work,
        sharePpm,
        weight: BigInt(sharePpm),
        disposition: h === 2 && w % 2 === 0 ? ('contested' as const) : ('paid' as const),
      };
    }),
  );
  const lines = Array.from({ length: 40 }, (_, i) => {
    const lineId = k.ids.id();
    const amountMicro = BigInt(i * 12_347 + 5);
    const splitKey = works[i % 9]!;
    return { lineId, originLineId: lineId, splitKey, amountMicro, baseMicro: 0n, feePpm: 70_000 };
  });
  return inTx(k, (t) =>
    freezeRun(t, {
      kind,
      subject: k.ids.id(),
      currency: 'EUR',
      lines: linesOf(lines),
      shares: sharesOf(shares),
    }),
  );
}

/** What the accounts of a run were given, and what waits of it. */
async function resultOf(runId: string) {
  const { run } = await readRun(k, runId);
  const posted = await sql<{ sum: bigint; journals: number; postings: number }>`
    select coalesce(sum(abs(p.amount_micro)), 0)::bigint as sum, count(distinct j.id)::int as journals,
      count(p.line)::int as postings
    from ledger.journals j left join ledger.postings p on p.journal_id = j.id
    where j.cause = ${`run:${runId}`}`.execute(k.db);
  const waiting = await sql<{
    sum: bigint;
    count: number;
  }>`select coalesce(sum(amount_micro), 0)::bigint as sum,
    count(*)::int as count from distribution.suspense where run_id = ${runId}`.execute(k.db);
  const pool = await balances(k, { kind: 'pool', owner: run.poolOwner });
  return {
    ...posted.rows[0]!,
    waiting: waiting.rows[0]!,
    pool: pool.map(({ balanceMicro }) => balanceMicro),
  };
}

it('comes to the same wherever the connection is lost, and goes on from there', async () => {
  const queries = await failEveryQuery(k, {
    prepare: () => plan(),
    async run(kernel, runId) {
      await computeRun(kernel, runId);
      await verifyRun(kernel, runId);
      await postRun(kernel, runId, { payees: 9 });
    },
    async check(runId) {
      const { run, totals } = await readRun(k, runId);
      expect([run.state, run.tsRoot]).toEqual(['posted', run.sqlRoot]);
      const due = await resultOf(runId);
      // Nobody paid in: what was given out is exactly what is missing in the pool.
      expect(due.pool).toEqual([-run.totalMicro]);
      expect(due.sum).toBe(2n * run.totalMicro);
      expect(due.waiting.sum).toBe(totals.find(({ to }) => to === 'contested')!.micro);
      await advanceRun(k, runId);
      expect(await resultOf(runId)).toEqual(due);
    },
  });
  expect(queries).toBeGreaterThan(30);
}, 120_000);

it('gives every account the same, however many payees a journal has', async () => {
  for (const payees of [1, 2, 28, 1000]) {
    const runId = await plan('credit');
    await computeRun(k, runId);
    await verifyRun(k, runId);
    await postRun(k, runId, { payees });
    const { run } = await readRun(k, runId);
    const found = await sql<{ kind: string; owner: string; sum: bigint; due: bigint | null }>`
      select a.kind, a.owner, sum(p.amount_micro)::bigint as sum, max(c.amount_micro) as due
      from ledger.journals j join ledger.postings p on p.journal_id = j.id join ledger.accounts a on a.id = p.account_id
      left join distribution.run_credits c on c.run_id = ${runId} and c.account_kind = a.kind and c.account_owner = a.owner
      where j.cause = ${`run:${runId}`} group by 1, 2`.execute(k.db);
    const credits = await sql`select 1 from distribution.run_credits where run_id = ${runId}`.execute(k.db);
    expect(found.rows.length).toBe(credits.rows.length + 1);
    for (const { kind, sum, due } of found.rows)
      expect(sum, kind).toBe(kind === 'pool' ? -run.totalMicro : due);
  }
});

describe('what a superuser alters is named', () => {
  async function named(check: string): Promise<string[]> {
    const found = await distributionChecks.find(({ name }) => name === `distribution.${check}`)!.run(k);
    return found.filter(({ ok }) => !ok).map(({ detail }) => detail);
  }

  it('by the row: a share, a line that was divided, a part of a line', async () => {
    const runId = await plan();
    await advanceRun(k, runId);
    const share = await sql<{
      key: string;
      share_ppm: number;
    }>`select key, share_ppm from distribution.run_shares
      where run_id = ${runId} order by split_key, pos limit 1`.execute(k.db);
    const { key, share_ppm } = share.rows[0]!;
    const setShare = (ppm: number) =>
      asSuperuser(
        k,
        sql`update distribution.run_shares set share_ppm = ${ppm}, weight = ${ppm} where key = ${key}`,
      );
    expect(await named('inputs-frozen')).toEqual([]);
    await setShare(share_ppm + 1000);
    expect(await named('inputs-frozen')).toMatchObject([expect.stringContaining(key)]);
    expect(await named('results-recompute')).not.toEqual([]);
    await setShare(share_ppm);
    expect(await named('inputs-frozen')).toEqual([]);

    const setAmount = (by: bigint) =>
      asSuperuser(
        k,
        sql`update distribution.run_lines_in set amount_micro = amount_micro + ${by} where run_id = ${runId} and no = 3`,
      );
    await setAmount(1n);
    expect(await named('inputs-frozen')).toMatchObject([expect.stringContaining('no 3')]);
    await setAmount(-1n);

    const setPart = (by: bigint) =>
      asSuperuser(
        k,
        sql`update distribution.lines set net_micro = net_micro + ${by} where run_id = ${runId} and no = 5 and pos = 1`,
      );
    await setPart(10n);
    const parts = await named('results-recompute');
    expect(parts[0]).toContain(`run ${runId}, line 5, part 1`);
    await setPart(-10n);
    expect(await named('results-recompute')).toEqual([]);
  });
});
