// What the books cost: journals per second, 500 in a transaction, through `postJournals` (accounts by name, references that
// are booked once for ever, a hash for each journal, balance after each posting, period guard, minima) against the least
// that moves money in SQL: the same 500 transfers as one row each, two entries, and the balances of their accounts.
//
// Both go from Node through one connection to the same real PostgreSQL with fsync on, in turn, in random order; the ratio is
// the median over rounds of pairs of the same round. At the end all books are checked.
// Run: npm run build && node bench/postings.ts [rounds] [transactions]
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMigrations, kernel, ledger, openKernel, readConfig } from '@clearway/server';
import { sql } from 'kysely';

const [rounds, transactions] = [Number(process.argv[2] ?? 15), Number(process.argv[3] ?? 20)];
const [BATCH, ACCOUNTS, seed] = [500, 1_000, 20_261_122];
const GOAL = { ratio: 0.6, perSecond: 20_000 };

const directory = await mkdtemp(join(tmpdir(), 'bench-postings-'));
const { k, close } = await openKernel(readConfig({}, { data: directory }), 'serve');

await kernel.migrate(k.db, allMigrations);
await sql
  .raw(
    `create schema raw;
  create table raw.accounts (id int primary key, balance bigint not null default 0);
  create table raw.transfers (id uuid primary key, debit int not null, credit int not null, amount bigint not null,
    booked_at timestamptz not null default now());
  create table raw.entries (transfer_id uuid not null, account_id int not null, amount bigint not null,
    primary key (transfer_id, account_id));
  create index on raw.entries (account_id);
  insert into raw.accounts (id) select generate_series(0, ${ACCOUNTS});
  create function raw.post(ids uuid[], debits int[], credits int[], amounts bigint[]) returns void language sql as $$
    insert into raw.transfers (id, debit, credit, amount) select * from unnest(ids, debits, credits, amounts);
    insert into raw.entries select id, debit, -amount from unnest(ids, debits, amounts) t (id, debit, amount)
      union all select id, credit, amount from unnest(ids, credits, amounts) t (id, credit, amount);
    select from raw.accounts where id = any (debits || credits) order by id for update;
    update raw.accounts a set balance = balance + moved from (
      select id, sum(amount) as moved from (
        select * from unnest(credits, amounts) c (id, amount)
        union all select id, -amount from unnest(debits, amounts) d (id, amount)) m group by id) m where m.id = a.id;
  $$`,
  )
  .execute(k.db);

/** A small generator with a printed seed, so that the amounts and the order can be had again. */
let state = seed;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
/** Who gets how much, of the first account or the pool. */
const transfers = () =>
  Array.from({ length: BATCH }, () => ({
    payee: 1 + random(ACCOUNTS),
    amount: BigInt(1 + random(1_000_000)),
  }));

let journals = 0;
async function ours(): Promise<void> {
  const batch = transfers().map(({ payee, amount }) => ({
    kind: 'bench',
    reference: `transfer-${journals++}`,
    cause: 'bench',
    lines: [
      { kind: 'pool' as const, owner: 'invoice', currency: 'EUR', amountMicro: -amount },
      { kind: 'payable' as const, owner: `payee-${payee}`, currency: 'EUR', amountMicro: amount },
    ],
  }));
  await ledger.postJournals(k, batch);
}
async function raw(): Promise<void> {
  const batch = transfers();
  await kernel.inTx(k, (t) =>
    sql`select raw.post(${batch.map(() => t.ids.id())}::uuid[], ${batch.map(() => 0)}::int[],
      ${batch.map(({ payee }) => payee)}::int[], ${batch.map(({ amount }) => amount.toString())}::bigint[])`.execute(
      t.db,
    ),
  );
}

/** Journals per second. */
async function slice(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  for (let i = 0; i < transactions; i += 1) await work();
  return (transactions * BATCH * 1e9) / Number(process.hrtime.bigint() - start);
}

function spread(values: readonly number[]): [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
}

await slice(ours);
await slice(raw);
const measured: { ours: number; raw: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  const first = random(2) === 0;
  const [a, b] = first ? [await slice(ours), await slice(raw)] : [await slice(raw), await slice(ours)];
  measured.push(first ? { ours: a, raw: b } : { ours: b, raw: a });
}

const version = await sql<{ server_version: string }>`show server_version`.execute(k.db);
const findings = (await Promise.all(ledger.ledgerChecks.map((check) => check.run(k)))).flat();
await close();
await rm(directory, { recursive: true });

console.log(
  `${cpus()[0]?.model.trim()} × ${availableParallelism()}, Node ${process.version}, PostgreSQL ${version.rows[0]!.server_version}, fsync on, seed ${seed}`,
);
console.log(
  `${rounds} rounds of ${transactions} transactions of ${BATCH} journals with 2 lines, ${ACCOUNTS} payees; journals per second\n`,
);
console.log('                                    min    median       max');
const row = (name: string, values: readonly number[]) => {
  const cells = spread(values).map((value) => Math.round(value).toLocaleString('en').padStart(9));
  console.log(`${name.padEnd(30)}${cells.join(' ')}`);
};
row(
  'postJournals',
  measured.map((one) => one.ours),
);
row(
  'the least in SQL',
  measured.map((one) => one.raw),
);
const ratio = spread(measured.map((one) => one.ours / one.raw));
console.log(
  `ratio ${ratio.map((one) => one.toFixed(2)).join(' / ')}, goal ≥ ${GOAL.ratio} and ≥ ${GOAL.perSecond.toLocaleString('en')}/s`,
);
for (const { ok, detail } of findings) if (!ok) console.log(`✗ ${detail}`);
console.log(`${findings.filter(({ ok }) => ok).length} of ${findings.length} checks of the books are right.`);
