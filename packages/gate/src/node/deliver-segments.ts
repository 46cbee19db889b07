import { readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from './files.ts';
import { spoolPaths } from './recover-spool.ts';

/** How sealed segments reach the clearing house. */
export interface DeliveryOptions {
  readonly directory: string;
  /** Resolves when the segment is counted there, or was before; rejects to be called again later. */
  readonly deliver: (sealed: string) => Promise<void>;
  /** Wait after the first failure and at most, in milliseconds; 1,000 and 60,000 unless given. */
  readonly retryMs?: number;
  readonly retryMaxMs?: number;
  /** Delivered segments kept as this gate's own evidence; 1,000 unless given, at least 100. */
  readonly keep?: number;
  readonly onError?: (error: unknown) => void;
}

/** A delivery that goes on in the background. */
export interface Delivery {
  /** There is something new. */
  wake(): void;
  /** One round over everything that waits; rejects with the first failure. */
  deliverNow(): Promise<void>;
  stop(): Promise<void>;
}

/** The head of a spool is written every 50 segments, and counts on those after it being there. */
const KEEP_AT_LEAST = 100;

/**
 * Delivers segments in their order, each at least once: a segment leaves the queue only after `deliver` resolved, so one
 * that was taken just before a crash is delivered again, and whoever takes it must know it by its hash.
 */
export function startDelivery(options: DeliveryOptions): Delivery {
  const { directory, deliver, retryMs = 1_000, retryMaxMs = 60_000, keep = 1_000 } = options;
  const paths = spoolPaths(directory);
  let stopped = false;
  let running: Promise<void> | undefined;
  let again = false;
  let pause = retryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function round(): Promise<void> {
    const names = (await readdir(paths.segments)).filter((name) => name.endsWith('.jws')).sort();
    for (const name of names) {
      if (stopped) return;
      const from = join(paths.segments, name);
      await deliver(await readFile(from, 'utf8'));
      await rename(from, join(paths.sent, name));
    }
    if (names.length === 0) return;
    await syncDirectory(paths.sent);
    const sent = (await readdir(paths.sent)).sort();
    for (const name of sent.slice(0, Math.max(0, sent.length - Math.max(keep, KEEP_AT_LEAST))))
      await unlink(join(paths.sent, name));
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await round();
        pause = retryMs;
      } while (again && !stopped);
    } catch (error) {
      options.onError?.(error);
      if (!stopped) {
        timer = setTimeout(() => {
          timer = undefined;
          wake();
        }, pause);
        timer.unref();
        pause = Math.min(pause * 2, retryMaxMs);
      }
    } finally {
      running = undefined;
    }
  }

  function wake(): void {
    again = true;
    // During an outage what is sealed anew waits for the next try; it must not make the pause longer.
    if (!stopped && timer === undefined) running ??= run();
  }

  return {
    wake,
    async deliverNow() {
      await running;
      await round();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * A `deliver` that posts to an address: 2xx means counted, anything else, or no answer in 30 seconds, to try again.
 *
 * `headers` go along, such as credentials of the gate.
 */
export function postSegments(
  fetch: (input: string, init: RequestInit) => Promise<Response>,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): (sealed: string) => Promise<void> {
  return async function deliver(sealed) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/jose' },
      body: sealed,
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  };
}
