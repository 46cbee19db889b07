import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { countCases } from './count-cases.ts';
export { erasePartyFromEvidence, evidenceSubscribers } from './erase-party.ts';
export { evidenceChecks } from './evidence-checks.ts';
export { evidenceExporter } from './export-party.ts';
export type { Case, DatasetCheck, Hit, WorkHits } from './model.ts';
export { type CaseInput, caseSchema, openCase } from './open-case.ts';
export { evidenceProblems } from './problems.ts';
export { quoteCheck } from './quote-check.ts';
export { listCases, readBundle, readCase } from './read-case.ts';
export {
  type CheckedWork,
  type CheckResult,
  type Cost,
  hitsOf,
  listChecks,
  readCheck,
} from './read-check.ts';
export { recordCheck } from './record-check.ts';

/** The tables of evidence. */
export const evidenceMigrations: Migrations = migrationsOf('evidence', import.meta.url);
