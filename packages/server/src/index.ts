export {
  allMigrations,
  allProblems,
  createApp,
  integrityChecks,
  jobHandlers,
  pulses,
  subscribers,
} from './app.ts';
export { backUp, restore } from './backup.ts';
export * as bank from './bank/index.ts';
export * as billing from './billing/index.ts';
export * as campaign from './campaign/index.ts';
export { type Config, ConfigError, mailDirectory, readConfig, SETTINGS } from './config.ts';
export * as distribution from './distribution/index.ts';
export { examine, type Finding } from './doctor.ts';
export * as evidence from './evidence/index.ts';
export { exportProof } from './export-proof.ts';
export * as identity from './identity/index.ts';
export { createOperatorLink, needsOperatorLink } from './identity/index.ts';
export * as kernel from './kernel/index.ts';
export * as ledger from './ledger/index.ts';
export * as licensing from './licensing/index.ts';
export * as offers from './offers/index.ts';
export { openKernel, type World } from './open-kernel.ts';
export * as parties from './parties/index.ts';
export * as payouts from './payouts/index.ts';
export { demoPages, LEGAL_KEYS, shippedText } from './portal/index.ts';
export { type RunningInstance, serve } from './serve.ts';
export * as sites from './sites/index.ts';
export * as statements from './statements/index.ts';
export * as transparency from './transparency/index.ts';
export * as usage from './usage/index.ts';
export { type BooksFinding, verifyBooks } from './verify-books.ts';
export * as works from './works/index.ts';
