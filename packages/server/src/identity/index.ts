import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { accountSchema, changeAccount } from './change-account.ts';
export { requestAddressChange } from './change-address.ts';
export {
  currentSession,
  currentUser,
  requireOperator,
  requireSession,
  requireUser,
  type SignedIn,
} from './current-user.ts';
export { deleteAccount } from './delete-account.ts';
export { endOtherSessions, endSession, listSessions, signOut } from './end-session.ts';
export { ensureUser } from './ensure-user.ts';
export { type AccountExporter, exportAccount } from './export-account.ts';
export { findUser, findUserByEmail, findUsers } from './find-user.ts';
export { identityJobs } from './jobs.ts';
export { limitMailTo } from './limits.ts';
export { type Activity, networkOf, type Session, safeNext, type User } from './model.ts';
export { openLink } from './open-link.ts';
export { createOperatorLink, needsOperatorLink } from './operator-link.ts';
export { identityProblems } from './problems.ts';
export { type OpenLink, readLink } from './read-link.ts';
export { listActivity, recordActivity } from './record-activity.ts';
export { sendSignInLink } from './send-sign-in-link.ts';
export { startSession } from './start-session.ts';

/** The tables of identity. */
export const identityMigrations: Migrations = migrationsOf('identity', import.meta.url);
