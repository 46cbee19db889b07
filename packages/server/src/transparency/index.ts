import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { appendLeaf } from './append-leaf.ts';
export { checkLog, type LogState } from './check-log.ts';
export { eraseRecords } from './erase-records.ts';
export { type ExportedRecord, exportRecords } from './export-records.ts';
export { findProof, findProofs } from './find-proof.ts';
export { leavesOf } from './list-leaves.ts';
export type { LeafInfo, LeafInput, LeafProof, LogCheckpoint } from './model.ts';
export { transparencyPages } from './pages.tsx';
export { transparencyProblems } from './problems.ts';
export { currentCheckpoint, logSigner, logVerifierKey } from './read-checkpoint.ts';
export { type LogContents, type LogFacts, readLog, readLogContents } from './read-log.ts';
export { transparencyRoutes } from './routes.ts';
export { sequence } from './sequence-leaves.ts';

export const transparencyMigrations: Migrations = migrationsOf('transparency', import.meta.url);
