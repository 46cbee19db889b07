import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKernel, readConfig, verifyBooks } from '@clearway/server';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { moneyWorld } from '../../packages/server/src/testing/money-world.ts';
import { createBankBook } from './bank-book.ts';
import { createInstance, type Instance, TARGETS, type Target } from './instance.ts';
import { createLedger } from './ledger.ts';
import { type Ask, moneyFaults, restFaults } from './money-facts.ts';
import { createNotes, type MoneyPlay } from './money-notes.ts';
import { createPerson, type Road } from './person.ts';
import { issueStatements, playBilling, playUsage } from './play-billing.ts';
import { playBank, playHolders, playPayouts } from './play-payouts.ts';
import { createRandom } from './random.ts';

const KILLS = Number(process.env.CLEARWAY_KILLS ?? (process.env.CLEARWAY_LONG ? 500 : 50));
const SEED = Number(process.env.CLEARWAY_SEED ?? Date.now() % 1_000_000_000);

const random = createRandom(SEED);
const directory = mkdtempSync(join(tmpdir(), 'kill-money-'));
const data = join(directory, 'data');
const ledger = createLedger();
const notes = createNotes();

let instance: Instance;
let play: MoneyPlay;
let busy = true;
let gate: { readonly opened: Promise<void>; open(): void };
let road: Road;

beforeAll(async () => {
  instance = await createInstance(data);
  road = { base: instance.base, ledger, open: () => gate.opened, out: 0 };
  closeRoad();
  await instance.start();
  gate.open();
  const world = await withInstance(async ({ k }) => {
    const made = await moneyWorld(k);
    // A long run outlasts the quarter of an hour in which a sign-in counts as proof before money.
    await sql`update identity.sessions set proven_at = now() + interval '1 day'`.execute(k.db);
    return made;
  });
  const person = (name: string, cookie = '') => createPerson(road, name, '10.0.0.1', cookie);
  play = {
    world,
    notes,
    bank: createBankBook(world.iban),
    first: person('first', world.first),
    second: person('second', world.second),
    holder: person('holder', world.holder),
    objector: person('objector', world.contested.objector),
    anyone: person('anyone'),
    random: createRandom(SEED + 1),
    busy: () => busy,
  };
});
afterAll(async () => {
  await instance?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function closeRoad(): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = { opened: promise, open: resolve };
}

/** Joins the database of the running server for a moment. */
async function withInstance<T>(
  body: (opened: Awaited<ReturnType<typeof openKernel>>) => Promise<T>,
): Promise<T> {
  const config = readConfig({}, { data, baseUrl: instance.base, logLevel: 'fatal' });
  const opened = await openKernel(config, 'join');
  try {
    return await body(opened);
  } finally {
    await opened.close();
  }
}

/** Everything a kill may have broken, in the books and in what was acknowledged. */
function look(): Promise<string[]> {
  return withInstance(async ({ k, data: { pool } }) => {
    const faults = await moneyFaults(pool as unknown as Ask, notes);
    for (const { ok, name, detail } of await verifyBooks(k)) if (!ok) faults.push(`${name}: ${detail}`);
    return faults;
  });
}

/** Jobs of the dead wait for the end of their lease, those that failed for their next try: that time is skipped. */
function skipWaits(pool: Ask, diedAt: Date) {
  return pool.query(
    `update kernel.jobs set lease_until = case when state = 'leased' then clock_timestamp() end, run_at = least(run_at, now())
      where (state = 'leased' and run_at <= $1) or (state = 'ready' and attempts > 0)`,
    [diedAt],
  );
}

/** PostgreSQL ends all its connections a moment after one of its processes was killed; then it is asked again. */
async function lookPatiently(diedAt: Date): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const faults = await look();
      const broken = faults.filter((fault) => /could not be checked: .*(terminat|ECONN|EPIPE)/i.test(fault));
      if (broken.length > 0 && tries < 20) throw new Error(broken[0]);
      await withInstance(({ data: { pool } }) => skipWaits(pool as unknown as Ask, diedAt));
      return faults;
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(200);
    }
  }
}

async function killOnce(target: Target): Promise<string[]> {
  closeRoad();
  const diedAt = new Date();
  if (target === 'starting') await instance.killWhileStarting(random.between(0, 900));
  else await instance.kill(target, random);
  await instance.recover();
  while (road.out > 0) await sleep(10);
  const faults = await lookPatiently(diedAt);
  gate.open();
  return faults;
}

/** A random moment, measured in what was acknowledged, so that a slow machine gets as far as a fast one. */
async function someWork(): Promise<void> {
  const until = ledger.acknowledged + random.between(0, 15);
  for (let waited = 0; ledger.acknowledged < until && waited < 5_000; waited += 5) await sleep(5);
  await sleep(random.between(0, 100));
}

it(`no money is lost, doubled or left on the way in ${KILLS} kills (CLEARWAY_SEED=${SEED})`, {
  timeout: 180_000 + KILLS * 12_000,
}, async () => {
  const started = performance.now();
  const broken: unknown[] = [];
  const kills: Record<string, number> = {};
  const playing = [
    ...play.world.gates.map((one) => playUsage(play, one)),
    playBilling(play),
    playBank(play),
    playPayouts(play),
    playHolders(play),
  ].map((one) => one.catch((error: unknown) => broken.push(error)));
  for (let n = 0; n < KILLS && broken.length === 0; n += 1) {
    await someWork();
    const target = random.pick(TARGETS);
    const faults = await killOnce(target);
    kills[target] = (kills[target] ?? 0) + 1;
    if (faults.length > 0) broken.push(new Error(`kill ${n + 1}, ${target}:\n${faults.join('\n')}`));
  }
  for (let tries = 0; broken.length === 0 && tries < 300 && (await missing()).length > 0; tries += 1)
    await sleep(200);
  busy = false;
  await Promise.all(playing);
  expect(broken).toEqual([]);
  expect(await missing()).toEqual([]);

  await untilIdle();
  await issueStatements(play);
  await untilIdle();
  expect(await look()).toEqual([]);
  expect(await withInstance(({ data: { pool } }) => restFaults(pool as unknown as Ask, notes))).toEqual([]);
  const count = await counts();
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    `${KILLS} kills ${JSON.stringify(kills)} in ${seconds} s: ${JSON.stringify(count)}, ${ledger.acknowledged} changes ` +
      `acknowledged, ${ledger.repeated} requests repeated, ${ledger.replayed} answers replayed, the books are OK`,
  );
});

/** Waits until every job that is due is done. */
async function untilIdle(): Promise<void> {
  await withInstance(async ({ data: { pool } }) => {
    for (let i = 0; i < 600; i += 1) {
      await skipWaits(pool as unknown as Ask, new Date(0));
      const { rows } = await pool.query<{ waiting: number }>(`select
        (select count(*) from kernel.jobs where state = 'leased' or (state = 'ready' and run_at < now()))::int
        + (select count(*) from kernel.outbox where dispatched_at is null)::int as waiting`);
      if (rows[0]?.waiting === 0) return;
      await sleep(100);
    }
    throw new Error('the jobs did not come to an end');
  });
}

/** What has not happened yet, where the kills left too little time. */
async function missing(): Promise<string[]> {
  return Object.entries(await counts()).flatMap(([what, n]) => (n === 0 ? [what] : []));
}

/** How much there was of what the kills met. */
function counts(): Promise<Record<string, number>> {
  return withInstance(async ({ data: { pool } }) => {
    const { rows } = await pool.query<Record<string, number>>(`select
      (select count(*) from usage.events)::int as fetches, (select count(*) from billing.invoices)::int as invoices,
      (select count(*) from billing.credit_notes)::int as credits, (select count(*) from bank.entries)::int as entries,
      (select count(*) from distribution.runs where kind = 'invoice')::int as runs,
      (select count(*) from distribution.runs where kind = 'credit')::int as credit_runs,
      (select count(*) from distribution.runs where kind = 'release')::int as release_runs,
      (select count(*) from distribution.suspense)::int as suspense,
      (select count(*) from statements.statements)::int as statements,
      (select count(*) from payouts.items where state = 'paid')::int as paid,
      (select count(*) from payouts.items where state = 'returned')::int as returned,
      (select count(*) from ledger.journals)::int as journals`);
    return rows[0]!;
  });
}

/** What an operator types: `clearway books verify --json`, from what was built. */
function booksVerify(): Promise<{ exit: number; wrong: string[] }> {
  const program = join(import.meta.dirname, '../../packages/cli/bin/clearway.mjs');
  const args = [program, 'books', 'verify', '--json', '--data', data];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
      try {
        const said = JSON.parse(stdout) as { findings: { name: string; ok: boolean; detail: string }[] };
        const wrong = said.findings.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
        resolve({ exit: error ? Number(error.code) : 0, wrong });
      } catch (cause) {
        reject(new Error(`clearway books verify said: ${stdout}${stderr}`, { cause }));
      }
    });
  });
}

it('names the posting, the share and the counted use a superuser altered, and is OK when they are put back', async () => {
  expect(await booksVerify()).toEqual({ exit: 0, wrong: [] });
  for (const { table, column, key } of [
    { table: 'ledger.postings', column: 'amount_micro', key: ['journal_id', 'line'] },
    { table: 'distribution.run_shares', column: 'share_ppm', key: ['run_id', 'key'] },
    { table: 'usage.events', column: 'units', key: ['gate_id', 'record_seq'] },
  ]) {
    const row = await withInstance(async ({ data: { pool } }) => {
      const { rows } = await pool.query<Record<string, string>>(
        `select ${key.map((one) => `${one}::text`).join(', ')} from ${table} order by ${key.join(', ')}
          offset (select count(*) / 2 from ${table}) limit 1`,
      );
      return rows[0]!;
    });
    const values = key.map((one) => row[one]!);
    const add = (sum: number) => alter(table, column, key, values, sum);
    await add(1);
    const { exit, wrong } = await booksVerify();
    expect(exit, table).toBe(1);
    expect(
      wrong.filter((finding) => values.every((value) => finding.includes(value))),
      `${table} ${values.join(' ')} in:\n${wrong.join('\n')}`,
    ).not.toEqual([]);
    await add(-1);
  }
  expect(await booksVerify()).toEqual({ exit: 0, wrong: [] });
});

/** As somebody can who owns the database: no trigger looks. */
async function alter(
  table: string,
  column: string,
  key: readonly string[],
  values: readonly string[],
  sum: number,
): Promise<void> {
  await withInstance(async ({ data: { pool } }) => {
    const client = await pool.connect();
    try {
      await client.query('set session_replication_role = replica');
      const where = key.map((one, at) => `${one}::text = $${at + 1}`).join(' and ');
      const done = await client.query(`update ${table} set ${column} = ${column} + ${sum} where ${where}`, [
        ...values,
      ]);
      expect(done.rowCount).toBe(1);
    } finally {
      client.release(true);
    }
  });
}
