import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { advanceRun } from './advance-run.ts';
export { distributionChecks } from './check-runs.ts';
export { distributionChecklist } from './checklist.ts';
export { computeRun } from './compute-run.ts';
export { freezeRun, type LineSource, linesOf, type ShareSource, sharesOf } from './freeze-run.ts';
export { distributionJobs, distributionSubscribers } from './jobs.ts';
export { distributionText } from './messages.ts';
export * from './model.ts';
export { feeOfAgreement, pinFee } from './pin-fee.ts';
export { planCredits } from './plan-credits.ts';
export { planRun } from './plan-run.ts';
export { postRun } from './post-run.ts';
export { distributionProblems } from './problems.ts';
export {
  linesOfParty,
  linesOfRun,
  listRuns,
  type RunLine,
  type RunTotal,
  readRun,
  type SplitShare,
  splitsOf,
} from './read-runs.ts';
export { type NamedWaiting, suspenseOf, type Waiting, waitingFor } from './read-suspense.ts';
export { releaseSuspense } from './release-suspense.ts';
export { verifyRun } from './verify-run.ts';

/** The tables of distribution. */
export const distributionMigrations: Migrations = migrationsOf('distribution', import.meta.url);
