import type { Kernel, RateLimits } from '../../kernel/index.ts';
import { addRefusals } from './store-floods.ts';

const MINUTE = 60_000;
const FLUSH_MS = 1_000;

type Noted = { readonly counts: Map<string, number>; flushedAt: number };

/** Noted since the last write, per process: a flood must not become a flood of writes. */
const noted = new WeakMap<RateLimits, Noted>();

/** Counts a sign-up that was asked to come back, for the alarm. Written once a second at most. */
export async function noteRefusal(k: Kernel, network: string | null): Promise<void> {
  const now = k.clock.now().getTime();
  const mine = noted.get(k.limits) ?? { counts: new Map<string, number>(), flushedAt: 0 };
  noted.set(k.limits, mine);
  const key = `${Math.floor(now / MINUTE) * MINUTE}|${network ?? ''}`;
  mine.counts.set(key, (mine.counts.get(key) ?? 0) + 1);
  if (now - mine.flushedAt >= FLUSH_MS) await flushRefusals(k);
}

/** Writes what was noted in this process. */
export async function flushRefusals(k: Kernel): Promise<void> {
  const mine = noted.get(k.limits);
  if (!mine || mine.counts.size === 0) return;
  const rows = [...mine.counts].map(([key, count]) => {
    const [minute = '', network = ''] = key.split('|');
    return { minute: new Date(Number(minute)), network_hash: network, count };
  });
  mine.counts.clear();
  mine.flushedAt = k.clock.now().getTime();
  await addRefusals(k.db, rows);
}
