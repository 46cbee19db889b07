import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { statementsChecklist } from './checklist.ts';
export { statementsExporter } from './export-statements.ts';
export { issueStatement, issueStatements } from './issue-statements.ts';
export { statementsJobs } from './jobs.ts';
export type { Objection, Outcome, StatementSummary } from './model.ts';
export { statementsProblems } from './problems.ts';
export {
  answerObjection,
  countOpenObjections,
  disputedOf,
  listObjections,
  objectionsTo,
  raiseObjection,
  withdrawObjection,
} from './raise-objection.ts';
export { type Earnings, earningsOfMonth, readEarning, readEarnings, type Standing } from './read-earnings.ts';
export {
  listStatements,
  readStatement,
  statementCsv,
  statementFile,
  type Viewer,
} from './read-statements.ts';
export { statementsChecks } from './statements-checks.ts';

/** The tables of statements. */
export const statementsMigrations: Migrations = migrationsOf('statements', import.meta.url);
