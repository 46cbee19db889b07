import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { approveBatch } from './approve-batch.ts';
export { readBatchFile } from './batch-file.ts';
export { payoutsChecks } from './check-payouts.ts';
export { type Chosen, choosePayees } from './choose-payees.ts';
export { discardBatch } from './discard-batch.ts';
export { payoutsExporter } from './export-payouts.ts';
export { payoutsSubscribers } from './follow-bank.ts';
export {
  type Batch,
  type BatchState,
  type Item,
  type ItemState,
  type LeftOut,
  type LeftOutReason,
  MINIMUM_MICRO,
} from './model.ts';
export { payoutsProblems } from './problems.ts';
export { endToEndIdOf, proposeBatch } from './propose-batch.ts';
export { findItem, itemsOfBatch, leftOutOfBatch, listBatches, payoutsOf, readBatch } from './read-batches.ts';
export { matchItem, rejectItem } from './settle-item.ts';

/** The tables of payouts. */
export const payoutsMigrations: Migrations = migrationsOf('payouts', import.meta.url);
