// What a distribution costs: lines of an invoice divided among payees and booked, by the server's own use cases (compute,
// root, verification by a second engine, posting) against the same division as staged pure SQL in the same database.
//
// The peer is what somebody would write who trusts one engine: the same stages with ANALYZE between them, the result kept
// with the same key, totals per payee, one balanced journal in plain tables; no root, no second engine, no states, no
// balances per posting. Durable commits on both sides. Ratios are of pairs from the same round, medians over rounds.
// Run: node tools/build.mjs && node bench/distribution.ts [lines] [payees] [rounds]
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMigrations, distribution, kernel, openKernel, readConfig } from '@clearway/server';
import { sql } from 'kysely';
import { createPeer, runPeer } from './distribution/peer.ts';

const [lines, payees, rounds] = [
  Number(process.argv[2] ?? 1_000_000),
  Number(process.argv[3] ?? 10_000),
  Number(process.argv[4] ?? 3),
];
const works = payees * 2;

const directory = await mkdtemp(join(tmpdir(), 'bench-distribution-'));
const { k, close } = await openKernel(readConfig({ CLEARWAY_DATA: directory }), 'serve');
await kernel.migrate(k.db, allMigrations);

/** The same lines and shares in every run of a size: one to three holders a work, amounts up to 2 EUR. */
const source = {
  lines: (round: number) => sql`select md5('line ' || ${round}::int || ' ' || i)::uuid as line_id,
      md5('line ' || ${round}::int || ' ' || i)::uuid as origin_line_id, md5('work ' || i % ${works}::int)::uuid as split_key,
      (i::bigint * 7919 % 2000000)::bigint as amount_micro, 0::bigint as base_micro, 100000 as fee_ppm
    from generate_series(1, ${lines}::int) i`,
  shares: sql`select md5('work ' || w)::uuid as split_key, md5('claim ' || w || ' ' || h)::uuid::text as key,
      md5('claim ' || w || ' ' || h)::uuid as claim_id, md5('party ' || (w * 3 + h * 7) % ${payees}::int)::uuid as party_id,
      md5('work ' || w)::uuid as work_id, share as share_ppm, share::bigint as weight,
      case when w % 50 = 0 and h = 2 then 'unaccepted' else 'paid' end as disposition
    from generate_series(0, ${works}::int - 1) w,
      lateral (select * from (values (1, case w % 3 when 0 then 1000000 when 1 then 600000 else 333334 end),
        (2, case w % 3 when 1 then 400000 when 2 then 333333 end), (3, case w % 3 when 2 then 333333 end)) v (h, share)
        where share is not null) holders`,
};

type Times = { compute: number; verify: number; post: number; ours: number; peer: number };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One pair; the order of the two changes with the round. */
async function round(number: number): Promise<Times> {
  const runId = await kernel.inTx(k, async (t) => {
    await sql`set local statement_timeout = 0`.execute(t.db);
    return distribution.freezeRun(t, {
      kind: 'invoice',
      subject: t.ids.id(),
      currency: 'EUR',
      lines: source.lines(number),
      shares: source.shares,
    });
  });
  await createPeer(k.db, runId);
  const peerFirst = number % 2 === 1 ? await timed(() => runPeer(k.db)) : undefined;
  const compute = await timed(() => distribution.computeRun(k, runId));
  const verify = await timed(() => distribution.verifyRun(k, runId));
  const post = await timed(() => distribution.postRun(k, runId));
  const peer = peerFirst ?? (await timed(() => runPeer(k.db)));
  await compare(runId);
  return { compute, verify, post, ours: compute + verify + post, peer };
}

/** Both came to the same, to the micro-unit. */
async function compare(runId: string): Promise<void> {
  const differing = await sql`select payee from peer.credits full join (
      select account_kind || ':' || account_owner as payee, amount_micro from distribution.run_credits
      where run_id = ${runId}) ours using (payee)
    where credits.amount is distinct from ours.amount_micro limit 1`.execute(k.db);
  const run = await sql<{ state: string }>`select state from distribution.runs where id = ${runId}`.execute(
    k.db,
  );
  if (differing.rows.length > 0 || run.rows[0]?.state !== 'posted')
    throw new Error(`the two differ: ${JSON.stringify([differing.rows[0], run.rows[0]])}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

try {
  const all: Times[] = [];
  for (let number = 0; number < rounds; number += 1) {
    all.push(await round(number));
    const last = all.at(-1)!;
    console.log(
      `round ${number + 1}: ours ${(last.ours / 1000).toFixed(2)} s, peer ${(last.peer / 1000).toFixed(2)} s`,
    );
  }
  const of = (name: keyof Times) => (median(all.map((times) => times[name])) / 1000).toFixed(2).padStart(7);
  const version = await sql<{ v: string }>`select current_setting('server_version') as v`.execute(k.db);
  console.log(
    `\n${cpus()[0]?.model.trim()} × ${availableParallelism()}, Node ${process.version}, PostgreSQL ${version.rows[0]?.v}`,
  );
  console.log(
    `${lines} lines of ${works} works to ${payees} payees, ${rounds} rounds, medians in seconds; peak memory of Node ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`,
  );
  console.log(`compute and root in SQL      ${of('compute')}`);
  console.log(`verified in TypeScript       ${of('verify')}`);
  console.log(`posted                       ${of('post')}`);
  console.log(`ours, all                    ${of('ours')}`);
  console.log(`staged pure SQL, one engine  ${of('peer')}`);
  const ratio = median(all.map(({ ours, peer }) => ours / peer));
  console.log(`ratio                        ${ratio.toFixed(2).padStart(7)}   goal ≤ 2`);
} finally {
  await close();
  await rm(directory, { recursive: true });
}
