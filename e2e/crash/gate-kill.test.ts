import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UsageRecord } from '@clearway/protocol';
import { openKernel, readConfig, transparency } from '@clearway/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrawlWorld, crawlWorld } from '../../packages/server/src/testing/crawl-world.ts';
import { checkUsage } from './check-usage.ts';
import { crawlForever, type Notes } from './crawl-forever.ts';
import { createGateProcess, type GateProcess } from './gate-process.ts';
import { createInstance, type Instance } from './instance.ts';
import { createRandom } from './random.ts';

const KILLS = Number(process.env.CLEARWAY_KILLS ?? (process.env.CLEARWAY_LONG ? 500 : 50));
const SEED = Number(process.env.CLEARWAY_SEED ?? Date.now() % 1_000_000_000);
const CRAWLERS = 20;
const HOST = 'gate.example';
/** What dies at one moment. */
const TARGETS = [
  'gate',
  'gate starting',
  'node',
  'postgres',
  'gate and node',
  'gate and postgres',
  'node and postgres',
] as const;
type Target = (typeof TARGETS)[number];

const random = createRandom(SEED);
const directory = mkdtempSync(join(tmpdir(), 'gate-kill-'));
const data = join(directory, 'data');
const notes: Notes = { fetches: new Map(), durable: new Map(), faults: [], tokens: 0 };
const journalled: UsageRecord[] = [];

let instance: Instance;
let world: CrawlWorld;
let gate: GateProcess;
let busy = true;

beforeAll(async () => {
  instance = await createInstance(data);
  await instance.start();
  world = await withInstance(({ k }) => crawlWorld(k, `https://${HOST}`));
  const key = join(directory, 'gate-key.json');
  writeFileSync(key, JSON.stringify(world.gateKey));
  gate = createGateProcess({ key, instance: instance.base, directory: join(directory, 'spool') });
  await gate.start();
});
afterAll(async () => {
  await gate?.kill();
  await instance?.stop();
  rmSync(directory, { recursive: true, force: true });
});

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

async function killOnce(target: Target): Promise<void> {
  const [withGate, withNode, withPostgres] = ['gate', 'node', 'postgres'].map((one) => target.includes(one));
  await Promise.all([withGate && gate.kill(), withNode && withPostgres && instance.kill('both', random)]);
  if (withNode !== withPostgres) await instance.kill(withNode ? 'node' : 'postgres', random);
  await Promise.all([withGate && reopenGate(target), (withNode || withPostgres) && instance.recover()]);
}

async function reopenGate(target: Target): Promise<void> {
  journalled.push(...gate.journalled());
  if (target === 'gate starting') await gate.killWhileStarting(random.between(0, 500));
  await gate.start();
}

/** The gate is left alone until nothing of what it wrote waits. */
async function delivered(): Promise<void> {
  for (let tries = 0; gate.waits(); tries += 1) {
    if (tries === 600) throw new Error('the gate did not deliver what it has');
    await sleep(100);
  }
}

it(`what a gate called durable is counted once after ${KILLS} kills (CLEARWAY_SEED=${SEED})`, {
  timeout: 100_000 + KILLS * 12_000,
}, async () => {
  const started = performance.now();
  const crawling = Array.from({ length: CRAWLERS }, (_, i) =>
    crawlForever({
      world,
      agreement: world.agreements[i % world.agreements.length]!,
      instance: instance.base,
      host: HOST,
      port: gate.port,
      name: `c${i}`,
      notes,
      random: createRandom(SEED + i),
      busy: () => busy,
    }),
  );
  for (let n = 0; n < KILLS && notes.faults.length === 0; n += 1) {
    await sleep(random.between(50, 900));
    await killOnce(random.pick(TARGETS));
  }
  await sleep(500);
  busy = false;
  await Promise.all(crawling);
  await delivered();
  await gate.stop();
  const segments = gate.delivered();
  const { faults, counted } = await withInstance(async ({ data: { db, pool } }) => {
    await db.transaction().setIsolationLevel('repeatable read').execute(transparency.checkLog);
    return checkUsage({ pool, world, instance: instance.base, notes, journalled, segments });
  });
  expect(faults.slice(0, 20)).toEqual([]);
  const seen = (wanted: string) => [...notes.fetches].filter(([, outcome]) => outcome === wanted);
  const received = seen('received');
  const lost = received.filter(([path]) => !counted.has(path)).length;
  const durable = [...notes.durable.values()].reduce((sum, each) => sum + each, 0);
  expect(received.length).toBeGreaterThan(KILLS);
  expect(durable).toBeGreaterThan(0);
  console.log(
    `${KILLS} kills in ${Math.round((performance.now() - started) / 1_000)} s: ${notes.fetches.size} fetches ` +
      `(${received.length} received, ${seen('broken').length} broken, ${seen('unserved').length} unserved, ` +
      `${seen('denied').length} denied), ${notes.tokens} tokens, ${durable} called durable, ` +
      `${journalled.length} found in journals of the dead, ${segments.length} segments, ${counted.size} counted, ` +
      `${lost} received and not charged, 0 durable lost, 0 counted twice`,
  );
});
