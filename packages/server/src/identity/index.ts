import { type Migrations, migrationsOf } from '../kernel/index.ts';

export {
  currentSession,
  currentUser,
  requireOperator,
  requireSession,
  requireUser,
  type SignedIn,
} from './current-user.ts';
export { endOtherSessions, endSession, listSessions, signOut } from './end-session.ts';
export { ensureUser } from './ensure-user.ts';
export { findUser, findUserByEmail, findUsers } from './find-user.ts';
export { type Activity, networkOf, type Session, safeNext, type User } from './model.ts';
export { identityProblems } from './problems.ts';
export { listActivity, recordActivity } from './record-activity.ts';
export { startSession } from './start-session.ts';

/** The tables of identity. */
export const identityMigrations: Migrations = migrationsOf('identity', import.meta.url);
