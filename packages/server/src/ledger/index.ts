import { type JobHandler, type Migrations, migrationsOf } from '../kernel/index.ts';
import { releaseEndedHolds } from './release-holds.ts';

export type { Balance, Hold } from './model.ts';
export { placeHold } from './place-hold.ts';
export { balanceOf } from './read-balance.ts';
export { releaseEndedHolds, releaseHold } from './release-holds.ts';
export { topUp } from './top-up.ts';

/** The tables of the ledger. */
export const ledgerMigrations: Migrations = migrationsOf('ledger', import.meta.url);

/** Gives back holds whose time is over, every minute. */
export const ledgerJobs: readonly JobHandler[] = [
  {
    kind: 'ledger.release-ended-holds',
    everyMs: 60_000,
    async handle(k) {
      await releaseEndedHolds(k);
    },
  },
];
