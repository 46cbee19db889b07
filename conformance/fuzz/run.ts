// Feeds every parser with damaged texts. README.md says what has to hold and which settings there are.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { mutate } from './mutate.ts';
import { randomFrom } from './random.ts';
import { targets } from './targets.ts';
import type { Failure, Order } from './worker.ts';

const total = Number(process.env.FUZZ_RUNS ?? 1_000_000);
const seed = process.env.FUZZ_SEED ?? '20261122';
const only = process.env.FUZZ_TARGET;
const one = process.env.FUZZ_RUN;
/** CPU of one input, the collector of garbage included; then the time after which a worker counts as hanging. */
const [budgetMs, hangMs] = [2_000, 30_000];

interface Done {
  readonly runs: number;
  readonly slowest: number;
  readonly failures: readonly Failure[];
}

function feed(order: Omit<Order, 'heartbeat'>): Promise<Done> {
  const heartbeat = new SharedArrayBuffer(4);
  const beat = new Int32Array(heartbeat);
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData: { ...order, heartbeat } });
  return new Promise((resolve, reject) => {
    let last = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(beat, 0);
      if (now === last) {
        const input = mutate(
          targets.find(({ name }) => name === order.target)!.material,
          randomFrom(`${order.seed} ${order.target} ${now}`),
        );
        resolve({ runs: now - order.from, slowest: hangMs, failures: [{ run: now, why: 'hangs', input }] });
        void worker.terminate();
      }
      last = now;
    }, hangMs);
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => clearInterval(watch));
  });
}

const chosen = targets.filter(({ name }) => only === undefined || name === only);
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
if (shares === 0)
  throw new Error(`There is no target ${only}: ${targets.map(({ name }) => name).join(', ')}`);
let executed = 0;
let failed = 0;
console.log(`seed ${seed}, ${total} inputs`);
for (const { name, share } of chosen) {
  const runs = one === undefined ? Math.max(1, Math.ceil((total * share) / shares)) : 1;
  const started = performance.now();
  const done = await feed({ target: name, seed, from: Number(one ?? 0), runs, budgetMs });
  executed += done.runs;
  failed += done.failures.length;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(
    `${name.padEnd(14)}${String(done.runs).padStart(9)} inputs${seconds.padStart(8)} s   slowest ${done.slowest.toFixed(0)} ms`,
  );
  for (const { run, why, input } of done.failures) {
    console.error(`\nFUZZ_SEED=${seed} FUZZ_TARGET=${name} FUZZ_RUN=${run} npm run fuzz\n${why}`);
    console.error(JSON.stringify(input.length > 2_000 ? `${input.slice(0, 2_000)}…` : input));
  }
}
console.log(`\n${executed} inputs, ${failed} failures`);
process.exitCode = failed === 0 ? 0 : 1;
