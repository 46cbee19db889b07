import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { acceptMembership, type OpenMembership, readMembership } from './accept-membership.ts';
export {
  acceptOperatorInvitation,
  type OpenOperatorInvitation,
  readOperatorInvitation,
} from './accept-operator.ts';
export { actFor, actingFor, currentMembership, requireMember } from './act-for.ts';
export { accountSchema, changeAccount } from './change-account.ts';
export { requestAddressChange } from './change-address.ts';
export { changeRole, removeMember } from './change-members.ts';
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
export { ensureOperator, ensureUser } from './ensure-user.ts';
export { type AccountExporter, exportAccount } from './export-account.ts';
export { contactsOf, membershipOf, membersOf, openInvitationsOf, organisationsOf } from './find-members.ts';
export { findUser, findUserByEmail, findUsers } from './find-user.ts';
export { foundOrganisation, renameOrganisation } from './found-organisation.ts';
export { inviteMember, MEMBER_INVITATION_DAYS, withdrawInvitation } from './invite-member.ts';
export {
  inviteOperator,
  OPERATOR_INVITATION_DAYS,
  withdrawOperatorInvitation,
} from './invite-operator.ts';
export { identityJobs } from './jobs.ts';
export { type KeptForm, keptForm } from './kept-form.ts';
export { limitMailTo } from './limits.ts';
export { listOperators, type OperatorInvitation, openOperatorInvitations } from './list-operators.ts';
export { type Activity, networkOf, type Session, safeNext, type User } from './model.ts';
export { openLink } from './open-link.ts';
export { formGuard, openedFor } from './opened-for.ts';
export { createOperatorLink, needsOperatorLink } from './operator-link.ts';
export {
  MEMBER_ROLES,
  type Member,
  type MemberInvitation,
  type MemberRole,
  type Membership,
  memberRole,
  organisationName,
  roleAllows,
} from './organisation.ts';
export { organisationText } from './organisation-messages.ts';
export { type PostedForm, postedForm } from './posted-form.ts';
export { identityProblems } from './problems.ts';
export { type OpenLink, readLink } from './read-link.ts';
export { listActivity, recordActivity } from './record-activity.ts';
export { removeOperator } from './remove-operator.ts';
export { requireRecentProof } from './require-recent-proof.ts';
export { sendSignInLink } from './send-sign-in-link.ts';
export { startSession } from './start-session.ts';

/** The tables of identity. */
export const identityMigrations: Migrations = migrationsOf('identity', import.meta.url);
