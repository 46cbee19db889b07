import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { deadJobs, enqueue, type Job, type JobHandler, retryJob, runJob, takeJob } from './jobs.ts';
import { inTx } from './kernel.ts';
import { emit } from './outbox.ts';
import { startRunner } from './runner.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());
beforeEach(() => sql`truncate kernel.jobs, kernel.outbox`.execute(k.db));

const noop: JobHandler = { kind: 'noop', handle: async () => undefined };
const states = async () =>
  (await sql<{ state: string }>`select state from kernel.jobs order by id`.execute(k.db)).rows.map(
    (r) => r.state,
  );

describe('jobs', () => {
  it('exist exactly if the transaction that queued them commits', async () => {
    await expect(
      inTx(k, async (t) => {
        await enqueue(t, { kind: 'noop' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await states()).toEqual([]);
  });

  it('are taken by one worker only', async () => {
    await enqueue(k, { kind: 'noop' });
    const takes = await Promise.all([takeJob(k, ['noop'], 60_000), takeJob(k, ['noop'], 60_000)]);
    expect(takes.filter(Boolean)).toHaveLength(1);
  });

  it('keep only the first of one dedup key, even after it is done', async () => {
    await enqueue(k, { kind: 'noop', dedupKey: 'a' });
    await runJob(k, noop, (await takeJob(k, ['noop'], 60_000))!);
    await enqueue(k, { kind: 'noop', dedupKey: 'a' });
    expect(await states()).toEqual(['done']);
  });

  it('are taken over when the lease runs out, and the late worker is fenced off', async () => {
    await enqueue(k, { kind: 'noop' });
    const first = (await takeJob(k, ['noop'], 0))!;
    const second = (await takeJob(k, ['noop'], 60_000))!;
    expect(second.fence > first.fence).toBe(true);
    const effects: string[] = [];
    const late: JobHandler = {
      kind: 'noop',
      handle: (_k, job) => job.finish(async () => void effects.push('late')),
    };
    expect(await runJob(k, late, first)).toBe('lost');
    expect(effects).toEqual([]);
    expect(await runJob(k, noop, second)).toBe('done');
  });

  it('are tried again later and set aside as dead after the last try, with the reason', async () => {
    const failing: JobHandler = { kind: 'fails', handle: async () => Promise.reject(new Error('no luck')) };
    await enqueue(k, { kind: 'fails', maxAttempts: 2 });
    expect(await runJob(k, failing, (await takeJob(k, ['fails'], 60_000))!)).toBe('retry');
    expect(await takeJob(k, ['fails'], 60_000)).toBeUndefined();
    k.clock.advance(5_000);
    expect(await runJob(k, failing, (await takeJob(k, ['fails'], 60_000))!)).toBe('dead');
    const [dead] = await deadJobs(k);
    expect(dead?.last_error).toContain('no luck');
    expect(await retryJob(k, dead!.id)).toBe(true);
    expect(await retryJob(k, dead!.id)).toBe(false);
  });

  it('roll back their effects together with their end', async () => {
    await enqueue(k, { kind: 'half' });
    const half: JobHandler = {
      kind: 'half',
      handle: (_k, job: Job) =>
        job.finish(async (t) => {
          await enqueue(t, { kind: 'effect' });
          throw new Error('after the effect');
        }),
    };
    expect(await runJob(k, half, (await takeJob(k, ['half'], 60_000))!)).toBe('retry');
    const kinds = await sql<{ kind: string }>`select kind from kernel.jobs`.execute(k.db);
    expect(kinds.rows).toEqual([{ kind: 'half' }]);
  });
});

describe('runner', () => {
  it('carries an event to each subscriber once and runs scheduled work once per slot', async () => {
    const seen: string[] = [];
    const runner = startRunner(k, {
      handlers: [{ kind: 'tick', everyMs: 60_000, handle: async () => void seen.push('tick') }],
      subscribers: [
        { name: 'first', on: 'thing.happened', handle: async (_t, p) => void seen.push(`first ${p.n}`) },
        { name: 'second', on: 'thing.happened', handle: async (_t, p) => void seen.push(`second ${p.n}`) },
      ],
      pollMs: 20,
    });
    await inTx(k, (t) => emit(t, 'thing.happened', { n: 1 }));
    await expect.poll(() => [...seen].sort(), { timeout: 5_000 }).toEqual(['first 1', 'second 1', 'tick']);
    await runner.drain();
    await runner.stop();
    expect(seen).toHaveLength(3);
  });
});
