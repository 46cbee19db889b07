import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_PREV, type Segment, sealSegment, segmentHash } from '@clearway/protocol';
import { kernel } from '@clearway/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrashGate, plantGates, usageFaults } from './gate-world.ts';
import { createInstance, type Instance, TARGETS, type Target } from './instance.ts';
import { createRandom } from './random.ts';

const KILLS = Number(process.env.CLEARWAY_KILLS ?? (process.env.CLEARWAY_LONG ? 500 : 50));
const SEED = Number(process.env.CLEARWAY_SEED ?? Date.now() % 1_000_000_000);
const GATES = 4;

const random = createRandom(SEED);
const directory = mkdtempSync(join(tmpdir(), 'kill-'));
const data = join(directory, 'data');
/** `told` is the last record the instance acknowledged, `made` the last one the gate has written. */
type Teller = CrashGate & { told: number; made: number };

let instance: Instance;
let gates: Teller[];
let busy = true;
let [delivered, repeated, waited] = [0, 0, 0];

beforeAll(async () => {
  instance = await createInstance(data);
  await instance.start();
  gates = await withPool(async (pool) =>
    (await plantGates(pool, GATES)).map((gate) => ({ ...gate, told: 0, made: 0 })),
  );
});
afterAll(async () => {
  await instance?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function withPool<T>(
  body: (pool: Awaited<ReturnType<typeof kernel.joinData>>['pool']) => Promise<T>,
): Promise<T> {
  const joined = await kernel.joinData({ directory: data, url: undefined });
  try {
    return await body(joined.pool);
  } finally {
    await joined.close();
  }
}

/** Delivers until there is an answer, as a gate does; whoever had none cannot know whether it was counted. */
async function deliver(gate: Teller, sealed: string): Promise<'counted' | 'waiting'> {
  for (;;) {
    const answer = await fetch(`${instance.base}/api/segments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/jose' },
      body: sealed,
    }).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (answer?.ok && text !== undefined) {
      const { segment, countedTo } = JSON.parse(text) as {
        segment: { state: 'counted' | 'waiting' };
        countedTo: { record: number };
      };
      gate.told = Math.max(gate.told, countedTo.record);
      delivered += 1;
      return segment.state;
    }
    // What a dying server says is no verdict on the segment; a problem of the segment itself is.
    if (answer && answer.status < 500 && text !== undefined) throw new Error(`${answer.status}: ${text}`);
    repeated += 1;
    await sleep(20);
  }
}

/** Writes and delivers segments: some twice, some too early, some together. */
async function play(gate: Teller, chance: ReturnType<typeof createRandom>): Promise<void> {
  let [seq, prev] = [0, FIRST_PREV];
  const next = async () => {
    const at = Date.now();
    const records = Array.from({ length: chance.between(0, 40) }, () => {
      gate.made += 1;
      const { token: tokenId, agreement, client } = gate;
      const counted = { use: 'ai-input', units: 1, bytes: 100, status: 200 } as const;
      return { seq: gate.made, at, tokenId, agreement, client, path: '/', ...counted };
    });
    seq += 1;
    const refusals = [{ reason: 'no-license', agentName: 'GPTBot', count: 2, from: at, to: at }];
    const about = { format: 'clearway-segment-1', gate: gate.id, site: gate.siteId } as const;
    const segment: Segment = { ...about, seq, prev, from: at, to: at, records, refusals, bundle: 1 };
    prev = await segmentHash(segment);
    return sealSegment(segment, gate.pair);
  };
  while (busy) {
    const batch: string[] = [];
    for (let n = chance.between(1, 4); n > 0; n -= 1) batch.push(await next());
    const order = chance.chance(0.5) ? batch : batch.toReversed();
    const sent = chance.chance(0.3) ? await Promise.all(order.map((sealed) => deliver(gate, sealed))) : [];
    for (const sealed of sent.length > 0 ? [] : order) sent.push(await deliver(gate, sealed));
    waited += sent.filter((state) => state === 'waiting').length;
    // Delivered at least once until it is counted; some once more.
    for (const sealed of batch) while ((await deliver(gate, sealed)) !== 'counted') await sleep(20);
  }
}

async function lookPatiently(): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    // Taken before the look: what is acknowledged while it looks may be missing from it.
    const told = gates.map((gate) => ({ ...gate }));
    try {
      return await withPool((pool) =>
        usageFaults(
          pool,
          told.map((gate, i) => ({ ...gate, made: gates[i]!.made + 200 })),
        ),
      );
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(200);
    }
  }
}

async function killOnce(target: Target): Promise<void> {
  if (target === 'starting') await instance.killWhileStarting(random.between(0, 900));
  else await instance.kill(target, random);
  await instance.recover();
}

it(`no record that was acknowledged is lost or counted twice in ${KILLS} kills (CLEARWAY_SEED=${SEED})`, {
  timeout: 20_000 + KILLS * 12_000,
}, async () => {
  const started = performance.now();
  const broken: unknown[] = [];
  const playing = gates.map((gate, i) =>
    play(gate, createRandom(SEED + i)).catch((error: unknown) => broken.push(error)),
  );
  for (let n = 0; n < KILLS && broken.length === 0; n += 1) {
    await sleep(random.between(30, 700));
    const target = random.pick(TARGETS);
    await killOnce(target);
    const faults = await lookPatiently();
    if (faults.length > 0) broken.push(new Error(`kill ${n + 1}, ${target}:\n${faults.join('\n')}`));
  }
  busy = false;
  await Promise.all(playing);
  expect(broken).toEqual([]);
  for (const { told, made } of gates) expect(told).toBe(made);
  expect(await withPool((pool) => usageFaults(pool, gates))).toEqual([]);
  const records = gates.reduce((sum, { made }) => sum + made, 0);
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    `${KILLS} kills in ${seconds} s: ${records} records, ${delivered} deliveries answered, ${waited} of them too early, ` +
      `${repeated} repeated, 0 lost, 0 counted twice`,
  );
});
