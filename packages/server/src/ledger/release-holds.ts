import { inTx, type Kernel } from '../kernel/index.ts';
import { markReleased, selectEndedHolds } from './store.ts';

/** Gives back what a hold kept. Answers false when that was done before. */
export function releaseHold(t: Kernel, holdId: string): Promise<boolean> {
  return markReleased(t.db, holdId, t.clock.now());
}

/** Gives back all holds whose time is over; answers how many. */
export async function releaseEndedHolds(k: Kernel): Promise<number> {
  let released = 0;
  for (;;) {
    const ended = await inTx(k, async (t) => {
      const ids = await selectEndedHolds(t.db, t.clock.now(), 500);
      for (const id of ids) await markReleased(t.db, id, t.clock.now());
      return ids.length;
    });
    released += ended;
    if (ended < 500) return released;
  }
}
