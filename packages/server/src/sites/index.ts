export { askForReview, checkProof } from './check-proof.ts';
export { type Control, controlOf } from './control-of.ts';
export { claimReview, decideReview } from './decide-review.ts';
export { erasePartyFromSites, sitesSubscribers } from './erase-party.ts';
export { excludedPatterns } from './excluded-patterns.ts';
export { findExcludedPages } from './find-excluded-pages.ts';
export { gateOf, gateWithSecret, listGates } from './find-gate.ts';
export { sitesJobs } from './jobs.ts';
export { listContested, listReviews, type WaitingReview } from './list-reviews.ts';
export { listSites, type SiteDetails, type SiteState, type SiteStatus, siteDetails } from './list-sites.ts';
export {
  type Check,
  type CheckMethod,
  type CheckResult,
  type Evidence,
  type Gate,
  METHODS,
  type ProofMethod,
  type Site,
  type SiteKind,
} from './model.ts';
export { sitesProblems } from './problems.ts';
export { type AddressSignals, readAddress } from './read-address.ts';
export { recheckSite, recheckSites } from './recheck-sites.ts';
export { registerGate } from './register-gate.ts';
export { registerSite } from './register-site.ts';
export { releaseSite } from './release-site.ts';
export { requireSite } from './require-site.ts';
export { resultText } from './result-messages.ts';
export { revokeGate } from './revoke-gate.ts';
export { type NotReadyReason, siteWideReady } from './site-wide-ready.ts';
export { type ProofInstructions, startProof } from './start-proof.ts';
export { type ExclusionsInput, exclusionsOf, stateExclusions } from './state-exclusions.ts';
export type { Exclusion, ExclusionKind, Statement } from './store-statements.ts';

import { type Migrations, migrationsOf } from '../kernel/index.ts';

/** The tables of `sites`. */
export const sitesMigrations: Migrations = migrationsOf('sites', import.meta.url);
