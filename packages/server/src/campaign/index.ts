import {
  type JobHandler,
  type Migrations,
  migrationsOf,
  type ProblemDefinition,
  type Subscriber,
} from '../kernel/index.ts';
import { screenNamesJob } from './checks/protect-name.ts';
import { companyProblems } from './companies/problems.ts';
import { publishJob, releaseEmbargoJob } from './declaration/edit-declaration.ts';
import { watchTrendJob } from './floods/watch-trend.ts';
import { handoverProblems } from './handover/problems.ts';
import { mailingSubscribers } from './mailings/follow-mail.ts';
import { watchGoalsJob } from './mailings/goals.ts';
import { mailingProblems } from './mailings/mailing-problems.ts';
import { sendMailingJob } from './mailings/send-mailing.ts';
import { campaignSubscribers as accountSubscribers } from './own/follow-account.ts';
import { forgetOldJob } from './own/forget-old.ts';
import { partnerProblems } from './partners/problems.ts';
import { moderatorSubscribers } from './partners/require-moderator.ts';
import { campaignProblems as signatureProblems } from './problems.ts';
import { compareRosterJob } from './roster/compare-roster.ts';
import { rosterSubscribers } from './roster/follow-roster.ts';
import { publishRosterJob } from './roster/publish-roster.ts';
import { rosterProblems } from './roster/roster-problems.ts';
import { tellListedJob } from './roster/tell-people.ts';
import { sendConfirmationJob } from './signing/send-confirmation.ts';
import { recordListJob } from './spread/export-list.ts';
import { recordCountJob } from './wall/record-count.ts';

export { addOfficialDomain } from './checks/domain-mail.ts';
export { featureSignatory } from './checks/feature-signatory.ts';
export { acceptHeldOfDomain, type HeldDomain, listHeldDomains } from './checks/hold-signatures.ts';
export { ruleMailDomain } from './checks/mail-domains.ts';
export { protectName } from './checks/protect-name.ts';
export { takeCheckBack, takeVouchBack } from './checks/take-check-back.ts';
export * from './companies/index.ts';
export { currentConsent } from './declaration/consent-texts.ts';
export { closedUntil, currentDeclaration, declarationHash } from './declaration/declaration.ts';
export type { DeclarationText, DeclarationVersion } from './declaration/declaration-text.ts';
export {
  ACCENTS,
  campaignBase,
  campaignVoice,
  type Faces,
  facesSchema,
  RUNS,
  readFaces,
  saveFaces,
} from './faces/faces.ts';
export { type Direction, type Room, rootOf, shownAt, whereTo } from './faces/which-face.ts';
export type { Alarm } from './floods/alarm.ts';
export {
  type CleanUp,
  type CleanUpPreview,
  cleanUp,
  listCleanUps,
  previewCleanUp,
  undoCleanUp,
} from './floods/clean-up.ts';
export type { Conditions } from './floods/clean-up-conditions.ts';
export { closeAlarm, listAlarms, watchTrend } from './floods/watch-trend.ts';
export { HANDOVER_VERSION, type Handover, handOn, redeemHandover } from './handover/hand-on.ts';
export { addBody, listBodies, removeBody } from './handover/licensing-bodies.ts';
export { fail as failHandover } from './handover/problems.ts';
export {
  approveMailing,
  discardMailing,
  pauseMailing,
  proposeMailing,
  resumeMailing,
  saveMailing,
  stopMailing,
} from './mailings/edit-mailing.ts';
export { type Goals, readGoals, removeGoal, setGoal, watchGoals } from './mailings/goals.ts';
export type { Audience, Mailing, MailingTexts } from './mailings/mailing.ts';
export { listMailings, previewAudience, reportMailing } from './mailings/show-mailing.ts';
export {
  type PublicSignatory,
  type Signature,
  type SignatureState,
  type SignInput,
  signSchema,
} from './model.ts';
export { correctSignature } from './own/correct-signature.ts';
export { eraseSignature } from './own/erase-signature.ts';
export { exportSignature } from './own/export-signature.ts';
export { campaignExporter } from './own/follow-account.ts';
export { forgetOld } from './own/forget-old.ts';
export { withdrawSignature } from './own/withdraw-signature.ts';
export { embedLines } from './partners/embed-lines.ts';
export { contactsCsv, exportContacts } from './partners/export-contacts.ts';
export {
  acceptModeratorInvitation,
  inviteModerator,
  removeModerator,
} from './partners/invite-moderator.ts';
export { moderatorExporter } from './partners/require-moderator.ts';
export { changePartner, createPartner, leavePartner } from './partners/save-partner.ts';
export { setCampaignLogo, setPartnerLogo } from './partners/show-logo.ts';
export { listPartners, showPartner } from './partners/show-partners.ts';
export type { ConsentLine, Contact, Partner } from './partners/store-partners.ts';
export { RETENTION } from './retention.ts';
export { acceptInvitation, declineInvitation } from './roster/answer-invitation.ts';
export { decideRoster } from './roster/decide-roster.ts';
export { withdrawRoster } from './roster/end-roster.ts';
export { findRoster, listRosters } from './roster/find-roster.ts';
export { currentStatement, INSTANCE_PARTY, ROLES as ROSTER_ROLES } from './roster/model.ts';
export { publishRoster } from './roster/publish-roster.ts';
export { submitRoster } from './roster/submit-roster.ts';
export { takeOver } from './roster/take-over.ts';
export { type RosterInput, takeRoster } from './roster/take-roster.ts';
export { becomeUser } from './signing/become-user.ts';
export { type Correction, confirmSignature, readConfirmation } from './signing/confirm-signature.ts';
export { signatureByToken, signatureOfUser } from './signing/find-signature.ts';
export { sendAccountLink } from './signing/send-account-link.ts';
export { signDeclaration } from './signing/sign-declaration.ts';
export { recordList, writeListFiles } from './spread/export-list.ts';
export {
  type Correction as CountCorrection,
  listCorrections,
  writeCorrection,
} from './spread/write-correction.ts';
export { type CampaignFigure, campaignNumbers } from './wall/campaign-numbers.ts';
export {
  listFeatured,
  listSignatories,
  type SignatoryPage,
  signatureCount,
  signatureCounts,
} from './wall/list-signatories.ts';
export { recordedCounts } from './wall/record-count.ts';

/** Work outside requests. */
export const campaignJobs: readonly JobHandler[] = [
  forgetOldJob,
  publishJob,
  releaseEmbargoJob,
  screenNamesJob,
  compareRosterJob,
  publishRosterJob,
  tellListedJob,
  sendConfirmationJob,
  watchTrendJob,
  recordCountJob,
  sendMailingJob,
  watchGoalsJob,
  recordListJob,
];

/** What the campaign does when something happens elsewhere. */
export const campaignSubscribers: readonly Subscriber[] = [
  ...accountSubscribers,
  ...mailingSubscribers,
  ...moderatorSubscribers,
  ...rosterSubscribers,
];

/** Every problem of the campaign, room by room. */
export const campaignProblems: readonly ProblemDefinition[] = [
  ...signatureProblems,
  ...handoverProblems,
  ...mailingProblems,
  ...partnerProblems,
  ...companyProblems,
  ...rosterProblems,
];

/** The tables of the campaign. */
export const campaignMigrations: Migrations = migrationsOf('campaign', import.meta.url);
