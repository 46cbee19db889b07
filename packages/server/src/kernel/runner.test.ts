import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { enqueue, type JobHandler } from './jobs.ts';
import { inTx, type Kernel } from './kernel.ts';
import { type Runner, startRunner } from './runner.ts';

let test: TestKernel;
beforeAll(async () => {
  test = await createTestKernel();
});
afterAll(() => test.close());

/** A runner that is nudged by every commit, as in the server. */
function start(options: Partial<Parameters<typeof startRunner>[1]>): { k: Kernel; runner: Runner } {
  let runner: Runner | undefined;
  const k: Kernel = { ...test, nudge: () => runner?.nudge() };
  runner = startRunner(k, { handlers: [], subscribers: [], pollMs: 60_000, ...options });
  return { k, runner };
}

it('comes to rest when there is nothing to do', async () => {
  let looks = 0;
  const { runner } = start({
    pulses: [
      async (k) => {
        looks += 1;
        await inTx(k, (t) => sql`select 1`.execute(t.db));
        return 0;
      },
    ],
  });
  await sleep(300);
  await runner.stop();
  // One look at the start; without rest it would be hundreds.
  expect(looks).toBeLessThan(4);
});

it('pulses right after a commit, also while every lane is busy with a long job', async () => {
  const beats: number[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let busy = 0;
  const long: JobHandler = {
    kind: 'long',
    handle: async () => {
      busy += 1;
      await held;
    },
  };
  await enqueue(test, { kind: 'long' });
  await enqueue(test, { kind: 'long' });
  let wanted = 0;
  const { k, runner } = start({
    handlers: [long],
    pulses: [
      async () => {
        beats.push(wanted);
        return 0;
      },
    ],
  });
  while (busy < 2) await sleep(5);
  wanted = 1;
  await inTx(k, (t) => sql`select 1`.execute(t.db));
  for (let i = 0; i < 200 && beats.at(-1) !== 1; i++) await sleep(5);
  expect(beats.at(-1)).toBe(1);
  release();
  await runner.stop();
});

it('drains pulses and what they lead to', async () => {
  const done: string[] = [];
  let left = 2;
  const { runner } = start({
    handlers: [{ kind: 'after', handle: async () => void done.push('job') }],
    pulses: [
      async (k) => {
        if (left === 0) return 0;
        left -= 1;
        await enqueue(k, { kind: 'after' });
        return 1;
      },
    ],
  });
  await runner.drain();
  await runner.stop();
  expect(done).toHaveLength(2);
});
