import type { Kernel } from '../kernel/index.ts';
import { computeRun } from './compute-run.ts';
import type { Run } from './model.ts';
import { postRun } from './post-run.ts';
import { selectRun } from './store.ts';
import { verifyRun } from './verify-run.ts';

/**
 * Brings a run to its end from wherever it is: computed, verified, posted. Two callers at once do it once. Answers the run
 * as it is then: posted, or standing still with a fault.
 */
export async function advanceRun(k: Kernel, runId: string): Promise<Run | undefined> {
  await computeRun(k, runId);
  await verifyRun(k, runId);
  await postRun(k, runId);
  return selectRun(k.db, runId);
}
