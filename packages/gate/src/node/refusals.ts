import { type RefusalCount, SEGMENT_MAX_REFUSALS } from '@clearway/protocol';

/** Refusals, added up by reason and name until they ride along with a segment. */
export interface Refusals {
  add(reason: string, agentName: string, at: number): void;
  /** What was added so far, which then starts at nothing. */
  take(): RefusalCount[];
  /** Puts back what could not be written. */
  restore(counts: readonly RefusalCount[]): void;
  readonly size: number;
}

export function createRefusals(): Refusals {
  let counts = new Map<string, RefusalCount>();
  function merge(next: RefusalCount): void {
    // Names come from strangers: past the limit they are added up under one.
    const known = counts.has(`${next.reason} ${next.agentName}`) || counts.size < SEGMENT_MAX_REFUSALS - 50;
    const agentName = known ? next.agentName : 'others';
    const key = `${next.reason} ${agentName}`;
    const before = counts.get(key);
    counts.set(key, {
      reason: next.reason,
      agentName,
      count: (before?.count ?? 0) + next.count,
      from: Math.min(before?.from ?? next.from, next.from),
      to: Math.max(before?.to ?? next.to, next.to),
    });
  }
  return {
    add: (reason, agentName, at) => merge({ reason, agentName, count: 1, from: at, to: at }),
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    restore: (taken) => taken.forEach(merge),
    get size() {
      return counts.size;
    },
  };
}
