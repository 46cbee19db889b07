import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { acceptSegment } from './accept-segment.ts';
export { usageJobs } from './jobs.ts';
export { FAULTS, type Fault, type SegmentAnswer, type SegmentState } from './model.ts';
export { usageProblems } from './problems.ts';

/** The tables of usage. */
export const usageMigrations: Migrations = migrationsOf('usage', import.meta.url);
