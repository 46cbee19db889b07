import type { Clock } from './clock.ts';

/** One limit: on average `per` per `windowMs`, at most `burst` at once. */
export type Limit = {
  readonly name: string;
  readonly per: number;
  readonly windowMs: number;
  readonly burst: number;
};

/** Limits of this process, by name and key (an address, a mailbox, an account). */
export type RateLimits = {
  /**
   * Counts one; answers 0 when it is within the limit, else the milliseconds to wait. Whoever has to wait no longer than
   * `queueMs` (default 0) keeps that place and is counted; others are not counted and may come back.
   */
  take(limit: Limit, key: string, queueMs?: number): number;
  /** What `take` would answer now; counts nothing. */
  look(limit: Limit, key: string): number;
};

/** GCRA (ITU-T I.371): one number per key, no timers. Keys that have run out are dropped as they are met. */
export function createRateLimits(clock: Clock, maxKeys = 100_000): RateLimits {
  const arrivals = new Map<string, number>();
  return {
    take({ name, per, windowMs, burst }, key, queueMs = 0) {
      const now = clock.now().getTime();
      const interval = windowMs / per;
      const id = `${name}|${key}`;
      const due = Math.max(arrivals.get(id) ?? 0, now);
      const wait = waitOf(due - now, interval, burst);
      if (wait > queueMs) return wait;
      arrivals.delete(id);
      arrivals.set(id, due + interval);
      if (arrivals.size > maxKeys) {
        // Oldest first; a flood of fresh keys costs memory only up to the cap.
        const oldest = arrivals.keys().next().value;
        if (oldest !== undefined) arrivals.delete(oldest);
      }
      return wait;
    },
    look({ name, per, windowMs, burst }, key) {
      const ahead = (arrivals.get(`${name}|${key}`) ?? 0) - clock.now().getTime();
      return waitOf(Math.max(0, ahead), windowMs / per, burst);
    },
  };
}

function waitOf(ahead: number, interval: number, burst: number): number {
  return Math.max(0, Math.ceil(ahead - interval * (burst - 1)));
}
