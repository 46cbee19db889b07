import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { computeRun } from './compute-run.ts';
export { freezeRun, type LineSource, linesOf, type ShareSource, sharesOf } from './freeze-run.ts';
export * from './model.ts';
export { feeOfAgreement, pinFee } from './pin-fee.ts';
export { verifyRun } from './verify-run.ts';

/** The tables of distribution. */
export const distributionMigrations: Migrations = migrationsOf('distribution', import.meta.url);
