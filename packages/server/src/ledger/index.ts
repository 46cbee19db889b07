import { type JobHandler, type Migrations, migrationsOf } from '../kernel/index.ts';
import { releaseEndedHolds } from './release-holds.ts';

export { ledgerChecks } from './check-ledger.ts';
export { booksClosedTo, closeBooks } from './close-books.ts';
export type {
  Account,
  AccountKind,
  Balance,
  Entry,
  Hold,
  JournalInput,
  Line,
  PostedJournal,
} from './model.ts';
export { placeHold } from './place-hold.ts';
export { MOST_JOURNALS, postJournal, postJournals } from './post-journals.ts';
export { ledgerProblems } from './problems.ts';
export { balanceAt, balanceOf, balances, entriesOf } from './read-balance.ts';
export { firstJournal, type Turnover, turnover } from './read-turnover.ts';
export { releaseEndedHolds, releaseHold } from './release-holds.ts';
export { reverseJournal } from './reverse-journal.ts';
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
