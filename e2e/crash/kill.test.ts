import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { kernel, subscribers, transparency } from '@clearway/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFaults } from './check-facts.ts';
import { type Follower, followLog } from './follow-log.ts';
import { createInstance, type Instance, TARGETS, type Target } from './instance.ts';
import { createLedger } from './ledger.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createPerson, type Road } from './person.ts';
import { playLife } from './play-life.ts';
import { createRandom } from './random.ts';

const KILLS = Number(process.env.CLEARWAY_KILLS ?? (process.env.CLEARWAY_LONG ? 500 : 50));
const SEED = Number(process.env.CLEARWAY_SEED ?? Date.now() % 1_000_000_000);
/** How many people are at it at the same time. */
const PEOPLE = 5;
const LEASE_MS = 60_000;

const random = createRandom(SEED);
const directory = mkdtempSync(join(tmpdir(), 'kill-'));
const data = join(directory, 'data');
const ledger = createLedger();
const subscribed = subscribers.map(({ on }) => on);

let instance: Instance;
let mailbox: Mailbox;
let road: Road;
let log: Follower;
let gate: { readonly opened: Promise<void>; open(): void };

beforeAll(async () => {
  instance = await createInstance(data);
  mailbox = createMailbox(join(data, 'mail'));
  road = { base: instance.base, ledger, open: () => gate.opened, out: 0 };
  closeRoad();
  const link = await instance.start();
  gate.open();
  await setUp(new URL(link).pathname);
});
afterAll(async () => {
  await instance?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function closeRoad(): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = { opened: promise, open: resolve };
}

async function setUp(link: string): Promise<void> {
  const operator = createPerson(road, 'operator@operator.example', '10.255.255.1');
  await operator.send({ method: 'POST', path: link, form: {} });
  const saved = await operator.send({
    method: 'POST',
    path: '/operator/setup',
    form: {
      version: '0',
      name: 'Crash licences',
      baseUrl: instance.base,
      operatorName: 'Crash Guild',
      legalForm: 'registered association',
      role: 'agent',
      imprint: 'Harbour Street 1, 24103 Kiel',
      privacyNotice: 'This instance is killed again and again.',
      complaintsContact: 'complaints@operator.example',
      fee: '5',
      currency: 'EUR',
      zone: 'Europe/Berlin',
    },
  });
  expect(saved.status).toBe(303);
  const key = (await (await fetch(`${instance.base}/log/key`)).text()).trim();
  log = followLog(instance.base, key.split('+')[0]!, key);
}

/** Joins the database for a moment. */
async function withPool<T>(
  body: (data: Awaited<ReturnType<typeof kernel.joinData>>) => Promise<T>,
): Promise<T> {
  const joined = await kernel.joinData({ directory: data, url: undefined });
  try {
    return await body(joined);
  } finally {
    await joined.close();
  }
}

/** Everything a kill may have broken. */
function look(diedAt: number): Promise<string[]> {
  return withPool(async ({ db, pool }) => {
    const faults = await findFaults(pool, ledger, mailbox, subscribed);
    await db.transaction().setIsolationLevel('repeatable read').execute(transparency.checkLog);
    if (ledger.works.size > 0) await log.look();
    // Jobs of the dead wait for the end of their lease; that minute is skipped.
    await pool.query(
      `update kernel.jobs set lease_until = clock_timestamp() where state = 'leased' and lease_until < $1`,
      [new Date(diedAt + LEASE_MS)],
    );
    return faults;
  });
}

/** PostgreSQL ends all its connections a moment after one of its processes was killed; then it is asked again. */
async function lookPatiently(diedAt: number): Promise<string[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await look(diedAt);
    } catch (error) {
      if (tries === 20 || !isBroken(error)) throw error;
      await sleep(200);
    }
  }
}

/** A connection to the database or the server broke: no answer, so no finding. */
function isBroken(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  const lost = ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT'].includes(code) || /^(57P|08)/.test(code);
  return lost || error instanceof TypeError || /Connection terminated/i.test(String(error));
}

async function killOnce(target: Target): Promise<string[]> {
  closeRoad();
  const diedAt = Date.now();
  if (target === 'starting') await instance.killWhileStarting(random.between(0, 900));
  else await instance.kill(target, random);
  await instance.recover();
  while (road.out > 0) await sleep(10);
  const faults = await lookPatiently(diedAt);
  gate.open();
  return faults;
}

it(`loses nothing it acknowledged in ${KILLS} kills (CLEARWAY_SEED=${SEED})`, {
  timeout: 20_000 + KILLS * 12_000,
}, async () => {
  const started = performance.now();
  const broken: unknown[] = [];
  const kills: Record<string, number> = {};
  let [born, busy] = [0, true];
  const lives = Array.from({ length: PEOPLE }, async () => {
    while (busy) {
      const n = born++;
      await playLife({ road, mailbox, openSite: instance.openSite }, n, createRandom(SEED + n)).catch(
        (error: unknown) => broken.push(error),
      );
    }
  });

  for (let n = 0; n < KILLS && broken.length === 0; n++) {
    await sleep(random.between(30, 1_200));
    if (ledger.works.size > 0) await log.look();
    const target = random.pick(TARGETS);
    const faults = await killOnce(target);
    kills[target] = (kills[target] ?? 0) + 1;
    if (faults.length > 0) broken.push(new Error(`kill ${n + 1}, ${target}:\n${faults.join('\n')}`));
  }
  busy = false;
  await Promise.all(lives);
  expect(broken).toEqual([]);

  await untilIdle();
  expect(ledger.underWay.size).toBe(0);
  expect(await look(Date.now())).toEqual([]);
  await expectEnd();
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    `${KILLS} kills ${JSON.stringify(kills)} in ${seconds} s: ${born} people, ${ledger.acknowledged} changes acknowledged, ` +
      `${ledger.repeated} requests repeated, ${ledger.replayed} answers replayed, ${await sentTwice()} mails tried again, 0 lost`,
  );
});

/** Waits until every job that is due is done. */
async function untilIdle(): Promise<void> {
  await withPool(async ({ pool }) => {
    for (let i = 0; i < 1_000; i++) {
      const { rows } = await pool.query<{ waiting: number }>(`select
        (select count(*) from kernel.jobs where state = 'leased' or (state = 'ready' and run_at < now() + interval '1 minute'))::int
        + (select count(*) from kernel.outbox where dispatched_at is null)::int
        + (select count(*) from transparency.leaves where leaf_index is null)::int as waiting`);
      if (rows[0]?.waiting === 0) return;
      await sleep(100);
    }
    throw new Error('the jobs did not come to an end');
  });
}

/** At rest nothing waits, every mail went out, and the public count is the public list. */
async function expectEnd(): Promise<void> {
  const confirmed = [...ledger.signatures.values()].filter(({ state }) => state === 'confirmed').length;
  const read = async (after: string) => {
    const path = `${instance.base}/api/signatures?limit=500${after}`;
    return (await (await fetch(path)).json()) as {
      count: number;
      signatures: unknown[];
      next: string | null;
    };
  };
  let page = await read('');
  let listed = page.signatures.length;
  for (; page.next !== null; listed += page.signatures.length)
    page = await read(`&after=${encodeURIComponent(page.next)}`);
  expect({ count: page.count, listed }).toEqual({ count: confirmed, listed: confirmed });
  await withPool(async ({ pool }) => {
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from kernel.mails where state not in ('sent', 'suppressed')`,
    );
    expect(rows[0]?.waiting).toBe(0);
  });
}

async function sentTwice(): Promise<number> {
  return withPool(async ({ pool }) => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int as count from kernel.jobs where kind = 'mail.send' and attempts > 1`,
    );
    return rows[0]!.count;
  });
}
