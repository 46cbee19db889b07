import { sql } from 'kysely';
import { type Db, inTx, type Kernel } from '../kernel/index.ts';
import { HASH_LINES, type Run } from './model.ts';
import { lockRun } from './store.ts';

/**
 * Divides a planned run in SQL, in stages, and keeps the result with its root. All or nothing: a crash leaves the run as
 * it was planned. Answers whether this call did it; another may have done it.
 */
export async function computeRun(k: Kernel, runId: string): Promise<boolean> {
  return inTx(k, async (t) => {
    const run = await lockRun(t.db, runId);
    if (run?.state !== 'planned') return false;
    // A large run takes its time, and sorts in memory.
    await sql`set local statement_timeout = 0`.execute(t.db);
    await sql`set local work_mem = '128MB'`.execute(t.db);
    await stage(t.db, runId);
    await insertLines(t.db, runId);
    await insertCredits(t.db, runId);
    await sql`drop table run_nets, run_whole, run_parts`.execute(t.db);
    await sql`update distribution.runs set state = 'computed', computed_at = ${t.clock.now()}, fault = null,
      sql_root = ${rootOf(run)} where id = ${runId}`.execute(t.db);
    return true;
  });
}

/** What every line comes to after the fee, and every split to as a whole; then each part. The planner knows how much there is. */
async function stage(db: Db, runId: string): Promise<void> {
  await sql`create temporary table run_nets on commit drop as
    select no, split_key, fee, amount_micro - fee as net from (
      select no, split_key, amount_micro, distribution.fee_of(base_micro + amount_micro, fee_ppm)
        - distribution.fee_of(base_micro, fee_ppm) as fee
      from distribution.run_lines_in where run_id = ${runId}) l`.execute(db);
  await sql`create temporary table run_whole on commit drop as
    select row_number() over ()::int as share, split_key, pos, weight,
      sum(weight) over (partition by split_key)::bigint as whole, count(*) over (partition by split_key)::int as holders
    from distribution.run_shares where run_id = ${runId}`.execute(db);
  await sql`analyze run_nets, run_whole`.execute(db);
  await sql`create temporary table run_parts on commit drop as ${PARTS}`.execute(db);
  await sql`analyze run_parts`.execute(db);
}

/** The largest remainder, for the net amount and for the fee. Who holds all of it needs no division. */
const PARTS = sql`
  select n.no, w.pos, w.share, n.fee, n.net from run_nets n join run_whole w using (split_key) where w.holders = 1
  union all
  select no, pos, share,
    fee_sign * (fee_part + case when fee_rank <= fee_size - fee_given then 1 else 0 end),
    net_sign * (net_part + case when net_rank <= net_size - net_given then 1 else 0 end)
  from (
    select *, sum(fee_part) over line as fee_given, sum(net_part) over line as net_given,
      row_number() over (partition by no order by fee_rest desc, pos) as fee_rank,
      row_number() over (partition by no order by net_rest desc, pos) as net_rank
    from (
      select n.no, w.pos, w.share, n.fee_sign, n.net_sign, n.fee_size, n.net_size,
        distribution.part_of(n.fee_size, w.weight, w.whole) as fee_part,
        distribution.rest_of(n.fee_size, w.weight, w.whole) as fee_rest,
        distribution.part_of(n.net_size, w.weight, w.whole) as net_part,
        distribution.rest_of(n.net_size, w.weight, w.whole) as net_rest
      from (select no, split_key, abs(fee) as fee_size, abs(net) as net_size,
          case when fee < 0 then -1 else 1 end as fee_sign, case when net < 0 then -1 else 1 end as net_sign
        from run_nets) n
      join run_whole w using (split_key) where w.holders > 1 and w.whole > 0) parts
    window line as (partition by no)) ranked
  union all
  select n.no, w.pos, w.share, 0, 0
  from run_nets n join run_whole w using (split_key) where w.holders > 1 and w.whole = 0`;

async function insertLines(db: Db, runId: string): Promise<void> {
  await sql`insert into distribution.lines (run_id, no, pos, fee_micro, net_micro)
    select ${runId}::uuid, no, pos, fee, net from run_parts`.execute(db);
  await sql`analyze distribution.lines`.execute(db);
}

async function insertCredits(db: Db, runId: string): Promise<void> {
  await sql`insert into distribution.run_credits (run_id, seq, account_kind, account_owner, amount_micro)
    select ${runId}, row_number() over (order by kind collate "C", owner collate "C"), kind, owner, amount from (
      select 'fee' as kind, '' as owner, sum(fee)::bigint as amount from run_nets
      union all
      select distribution.account_of(s.disposition),
        (case s.disposition when 'paid' then s.party_id else s.work_id end)::text, sum(p.net)::bigint
      from (select share, sum(net) as net from run_parts group by share) p
      join run_whole w using (share)
      join distribution.run_shares s on s.run_id = ${runId} and s.split_key = w.split_key and s.pos = w.pos
      group by 1, 2) by_account
    where amount <> 0`.execute(db);
}

const LINES = sql.lit(HASH_LINES);

/** Over the input, all parts in their order, and what each account gets. */
function rootOf(run: Run) {
  return sql`distribution.sha256_hex(concat_ws(E'\n', ${run.inputSha256}::text,
    (select string_agg(distribution.sha256_hex(text), E'\n' order by chunk)
      from generate_series(0, ${Math.ceil(run.lines / HASH_LINES) - 1}::int) chunk,
        lateral (select string_agg(concat_ws('|', no, pos, fee_micro, net_micro), E'\n' order by no, pos) as text
          from distribution.lines
          where run_id = ${run.id} and no > chunk * ${LINES} and no <= (chunk + 1) * ${LINES}) parts),
    distribution.sha256_hex((select string_agg(concat_ws('|', account_kind, account_owner, amount_micro), E'\n'
        order by seq)
      from distribution.run_credits where run_id = ${run.id}))))`;
}
