import { type JobHandler, type Migrations, migrationsOf } from '../kernel/index.ts';
import { publishJob } from './edit-declaration.ts';
import { forgetOldJob } from './forget-old.ts';
import { screenNamesJob } from './protect-name.ts';
import { recordCountJob } from './record-count.ts';
import { sendConfirmationJob } from './send-confirmation.ts';
import { watchTrendJob } from './watch-trend.ts';

export { becomeUser } from './become-user.ts';
export { type CampaignFigure, campaignNumbers } from './campaign-numbers.ts';
export {
  type CleanUp,
  type CleanUpPreview,
  cleanUp,
  listCleanUps,
  previewCleanUp,
  undoCleanUp,
} from './clean-up.ts';
export type { Conditions } from './clean-up-conditions.ts';
export { type Correction, confirmSignature, readConfirmation } from './confirm-signature.ts';
export { currentConsent } from './consent-texts.ts';
export { correctSignature } from './correct-signature.ts';
export { currentDeclaration, declarationHash } from './declaration.ts';
export type { DeclarationText, DeclarationVersion } from './declaration-text.ts';
export { eraseSignature } from './erase-signature.ts';
export { exportSignature } from './export-signature.ts';
export { signatureByToken, signatureOfUser } from './find-signature.ts';
export { campaignExporter, campaignSubscribers } from './follow-account.ts';
export { forgetOld } from './forget-old.ts';
export { acceptHeldOfDomain, type HeldDomain, listHeldDomains } from './hold-signatures.ts';
export { listSignatories, type SignatoryPage, signatureCount } from './list-signatories.ts';
export { ruleMailDomain } from './mail-domains.ts';
export {
  type PublicSignatory,
  type Signature,
  type SignatureState,
  type SignInput,
  signSchema,
} from './model.ts';
export { campaignProblems } from './problems.ts';
export { recordedCounts } from './record-count.ts';
export { sendAccountLink } from './send-account-link.ts';
export { signDeclaration } from './sign-declaration.ts';
export { type Alarm, closeAlarm, listAlarms, watchTrend } from './watch-trend.ts';
export { withdrawSignature } from './withdraw-signature.ts';

/** Work outside requests. */
export const campaignJobs: readonly JobHandler[] = [
  forgetOldJob,
  publishJob,
  screenNamesJob,
  sendConfirmationJob,
  watchTrendJob,
  recordCountJob,
];

/** The tables of the campaign. */
export const campaignMigrations: Migrations = migrationsOf('campaign', import.meta.url);
