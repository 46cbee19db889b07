import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.ts';
import { randomFrom } from './random.ts';
import { targets } from './targets.ts';

/** What a worker is told; `heartbeat` holds the number of the input it is at. */
export interface Order {
  readonly target: string;
  readonly seed: string;
  readonly from: number;
  readonly runs: number;
  readonly budgetMs: number;
  readonly heartbeat: SharedArrayBuffer;
}

/** An input that a parser did not stand. */
export interface Failure {
  readonly run: number;
  readonly why: string;
  readonly input: string;
}

const { target: name, seed, from, runs, budgetMs, heartbeat } = workerData as Order;
const target = targets.find((one) => one.name === name)!;
const beat = new Int32Array(heartbeat);
const failures: Failure[] = [];
let slowest = 0;
let run = from;
for (; run < from + runs && failures.length < 5; run += 1) {
  Atomics.store(beat, 0, run);
  const input = mutate(target.material, randomFrom(`${seed} ${name} ${run}`));
  const before = process.cpuUsage();
  try {
    await target.run(input);
  } catch (error) {
    failures.push({ run, why: (error as Error).stack ?? String(error), input });
  }
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1_000;
  slowest = Math.max(slowest, spent);
  if (spent > budgetMs) failures.push({ run, why: `took ${spent.toFixed(0)} ms`, input });
}
parentPort!.postMessage({ runs: run - from, slowest, failures });
