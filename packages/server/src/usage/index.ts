import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { acceptSegment } from './accept-segment.ts';
export { cutUsage, eventsOfCut, readCut, readinessAt, reportOfSum } from './cut-usage.ts';
export { usageJobs } from './jobs.ts';
export { usageText } from './messages.ts';
export { FAULTS, type Fault, payableGrades, type SegmentAnswer, type SegmentState } from './model.ts';
export { usageProblems } from './problems.ts';
export { fetchesTimeline, MAX_TIMELINE, refusalsTimeline, sealedSegments } from './read-timeline.ts';
export {
  type AgreementUsage,
  countRefusals,
  listReceipts,
  type Mismatch,
  mismatchesIn,
  refusalsAt,
  usageOfAgreement,
  usageOfHolder,
  usageOfWork,
  type WorkUsage,
} from './read-usage.ts';
export { type AgentRefusals, refusalsOfAgents } from './refusals-of-agents.ts';
export { reportSchema, reportUsage } from './report-usage.ts';
export type { CutEvent, CutGroup, CutSum } from './store-cuts.ts';
export type { Report } from './store-reports.ts';
export type { Fetch, Refusal } from './store-timeline.ts';
export { usageChecks } from './usage-checks.ts';

/** The tables of usage. */
export const usageMigrations: Migrations = migrationsOf('usage', import.meta.url);
