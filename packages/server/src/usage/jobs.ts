import type { JobHandler } from '../kernel/index.ts';
import { gateOf } from '../sites/index.ts';
import { countNext } from './accept-segment.ts';
import { gatesToCatchUp } from './store.ts';

/** Counts segments whose gap has closed and that nobody delivered again since. */
export const usageJobs: readonly JobHandler[] = [
  {
    kind: 'usage.catch-up',
    everyMs: 30_000,
    async handle(k) {
      for (const gateId of await gatesToCatchUp(k.db)) {
        const gate = await gateOf(k, gateId);
        while (gate && !gate.revokedAt && (await countNext(k, gate)));
      }
    },
  },
];
