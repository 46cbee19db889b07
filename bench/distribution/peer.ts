import { type Kysely, sql } from 'kysely';

// biome-ignore lint/complexity/noBannedTypes: an empty set of tables is exactly what is meant
type Db = Kysely<{}>;

/** Plain tables with the same lines and shares, in a schema of their own. */
export async function createPeer(db: Db, runId: string): Promise<void> {
  await db.transaction().execute(async (t) => {
    for (const text of [
      'set local statement_timeout = 0',
      'drop schema if exists peer cascade',
      'create schema peer',
      'create table peer.lines_in (no int primary key, line_id uuid, work uuid, amount bigint, fee_ppm int)',
      'create table peer.shares (work uuid, pos smallint, payee text, weight bigint, primary key (work, pos))',
      'create table peer.lines (no int, pos smallint, fee bigint, net bigint, primary key (no, pos))',
      'create table peer.credits (payee text primary key, amount bigint)',
      'create table peer.journals (id int primary key, kind text)',
      'create table peer.postings (journal int, line int, account text, amount bigint, primary key (journal, line))',
    ])
      await sql.raw(text).execute(t);
    await sql`insert into peer.lines_in select no, line_id, split_key, amount_micro, fee_ppm
      from distribution.run_lines_in where run_id = ${runId} order by no`.execute(t);
    await sql`insert into peer.shares select split_key, pos, case disposition when 'paid' then 'payable:' || party_id
        else 'suspense-' || disposition || ':' || work_id end, weight
      from distribution.run_shares where run_id = ${runId} order by split_key, pos`.execute(t);
  });
  await sql`analyze peer.lines_in, peer.shares`.execute(db);
}

const STAGES = [
  'set local statement_timeout = 0',
  `create temporary table nets on commit drop as
    select no, work, (amount * fee_ppm + 500000) / 1000000 as fee, amount - (amount * fee_ppm + 500000) / 1000000 as net
    from peer.lines_in`,
  'analyze nets',
  `create temporary table parts on commit drop as
    select n.no, s.pos, n.fee, n.net, n.fee * s.weight / 1000000 as fee_part, n.fee * s.weight % 1000000 as fee_rest,
      n.net * s.weight / 1000000 as net_part, n.net * s.weight % 1000000 as net_rest
    from nets n join peer.shares s using (work)`,
  'analyze parts',
  `insert into peer.lines
    select no, pos, fee_part + (row_number() over by_fee <= fee - sum(fee_part) over line)::int,
      net_part + (row_number() over by_net <= net - sum(net_part) over line)::int
    from parts
    window line as (partition by no), by_fee as (partition by no order by fee_rest desc, pos),
      by_net as (partition by no order by net_rest desc, pos)`,
  'analyze peer.lines',
  `insert into peer.credits
    select 'fee:', sum(fee)::bigint from nets
    union all
    select s.payee, sum(l.net)::bigint from peer.lines l join nets n using (no)
      join peer.shares s on s.work = n.work and s.pos = l.pos group by s.payee`,
  `insert into peer.journals values (1, 'distribution')`,
  `insert into peer.postings
    select 1, row_number() over (order by payee), payee, amount from (
      select payee, amount from peer.credits union all select 'pool', -sum(amount)::bigint from peer.credits) all_lines`,
] as const;

/** Divides and books in one transaction, stage after stage. */
export async function runPeer(db: Db): Promise<void> {
  await db.transaction().execute(async (t) => {
    for (const text of STAGES) await sql.raw(text).execute(t);
  });
}
