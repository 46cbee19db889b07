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

/**
 * Short recurring work in a lane of its own, so that no long job keeps it waiting: looked for after every commit and at
 * every poll. Answers how much it did; it must be safe to run in several processes at once.
 */
export type Pulse = (k: Kernel) => Promise<number>;

type Options = {
  readonly handlers: readonly JobHandler[];
  readonly subscribers: readonly Subscriber[];
  readonly pulses?: readonly Pulse[];
  /** Milliseconds between looks when nobody nudges. Default 500. */
  readonly pollMs?: number;
  /** Jobs at the same time. Default 2. */
  readonly lanes?: number;
};

const PULSE_REST_MS = 100;

/** Starts the job runner of this process. Any number of processes may run on one database. */
export function startRunner(k: Kernel, options: Options): Runner {
  const handlers = new Map(
    [...options.handlers, ...subscriberJobs(options.subscribers)].map((h) => [h.kind, h]),
  );
  const kinds = [...handlers.keys()];
  const pollMs = options.pollMs ?? 500;
  let stopping = false;
  let wake = new AbortController();
  let nudges = 0;

  // A nudge that came since `seen` must not be slept over.
  const rest = async (seen: number) => {
    if (stopping || seen !== nudges) return;
    await sleep(pollMs, undefined, { signal: wake.signal, ref: false }).catch(() => undefined);
  };

  const schedule = async () => {
    const now = k.clock.now();
    for (const { kind, everyMs } of handlers.values()) {
      if (everyMs === undefined) continue;
      const slot = Math.floor(now.getTime() / everyMs);
      await enqueue(k, { kind, dedupKey: `slot:${slot}`, runAt: new Date(slot * everyMs) });
    }
  };

  // Looking for work commits too; if that nudged, idle lanes would wake each other for ever.
  const looking: Kernel = { ...k, nudge: () => undefined };

  const step = async (): Promise<boolean> => {
    const events = await dispatchOutbox(looking, options.subscribers);
    const row = await takeJob(k, kinds, 60_000);
    if (row) await runJob(k, handlers.get(row.kind)!, row);
    return row !== undefined || events > 0;
  };

  const lane = async (first: boolean) => {
    let scheduledAt = 0;
    while (!stopping) {
      const seen = nudges;
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
      await rest(seen);
    }
  };

  const pulse = async (): Promise<boolean> => {
    let did = 0;
    for (const beat of options.pulses ?? []) did += await beat(looking);
    return did > 0;
  };

  const pulseLane = async () => {
    while (!stopping) {
      const seen = nudges;
      let did = false;
      try {
        did = await pulse();
      } catch (error) {
        if (stopping) return;
        k.log.error({ error }, 'pulse');
      }
      // A rest after work: what is committed meanwhile is taken together.
      if (did) await sleep(PULSE_REST_MS);
      else await rest(seen);
    }
  };

  const running = Array.from({ length: options.lanes ?? 2 }, (_, i) => lane(i === 0));
  if (options.pulses?.length) running.push(pulseLane());
  const nudge = () => {
    nudges += 1;
    wake.abort();
    wake = new AbortController();
  };
  return {
    nudge,
    async drain() {
      do while (await step());
      while (await pulse());
    },
    async stop() {
      stopping = true;
      nudge();
      await Promise.all(running);
    },
  };
}
