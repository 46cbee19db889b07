import { setTimeout as sleep } from 'node:timers/promises';
import { enqueue, type JobHandler, runJob, takeJob } from './jobs.ts';
import type { Kernel } from './kernel.ts';
import { dispatchOutbox, type Subscriber, subscriberJobs } from './outbox.ts';

/** Runs jobs and carries events until it is stopped. */
export type Runner = {
  /** Looks for work now instead of at the next poll. */
  nudge(): void;
  /** Does all work that is due and answers when none is left; for tests, selftest and the demo world. */
  drain(): Promise<void>;
  /** Finishes what is running and stops. */
  stop(): Promise<void>;
};

type Options = {
  readonly handlers: readonly JobHandler[];
  readonly subscribers: readonly Subscriber[];
  /** Milliseconds between looks when nobody nudges. Default 500. */
  readonly pollMs?: number;
  /** Jobs at the same time. Default 2. */
  readonly lanes?: number;
};

/** Starts the job runner of this process. Any number of processes may run on one database. */
export function startRunner(k: Kernel, options: Options): Runner {
  const handlers = new Map(
    [...options.handlers, ...subscriberJobs(options.subscribers)].map((h) => [h.kind, h]),
  );
  const kinds = [...handlers.keys()];
  const pollMs = options.pollMs ?? 500;
  let stopping = false;
  let wake = new AbortController();

  const schedule = async () => {
    const now = k.clock.now();
    for (const { kind, everyMs } of handlers.values()) {
      if (everyMs === undefined) continue;
      const slot = Math.floor(now.getTime() / everyMs);
      await enqueue(k, { kind, dedupKey: `slot:${slot}`, runAt: new Date(slot * everyMs) });
    }
  };

  const step = async (): Promise<boolean> => {
    const events = await dispatchOutbox(k, options.subscribers);
    const row = await takeJob(k, kinds, 60_000);
    if (row) await runJob(k, handlers.get(row.kind)!, row);
    return row !== undefined || events > 0;
  };

  const lane = async (first: boolean) => {
    let scheduledAt = 0;
    while (!stopping) {
      try {
        const now = k.clock.now().getTime();
        if (first && Math.abs(now - scheduledAt) >= 1_000) {
          await schedule();
          scheduledAt = now;
        }
        if (await step()) continue;
      } catch (error) {
        if (stopping) return;
        k.log.error({ error }, 'job runner');
      }
      await sleep(pollMs, undefined, { signal: wake.signal, ref: false }).catch(() => undefined);
    }
  };

  const running = Array.from({ length: options.lanes ?? 2 }, (_, i) => lane(i === 0));
  const nudge = () => {
    wake.abort();
    wake = new AbortController();
  };
  return {
    nudge,
    async drain() {
      while (await step());
    },
    async stop() {
      stopping = true;
      nudge();
      await Promise.all(running);
    },
  };
}
