import { type Migrations, migrationsOf, type Subscriber } from '../kernel/index.ts';
import { removalSubscribers } from './removals.ts';

export { acceptQuote } from './accept-quote.ts';
export { countFetches } from './count-fetches.ts';
export { allowCompany, deniedCompanies, denyCompany } from './deny-company.ts';
export {
  type Entitlement,
  type EntitlementState,
  entitlement,
  entitlements,
  MAX_ENTITLEMENTS,
} from './entitlement.ts';
export { findTokens, type IssuedToken } from './find-tokens.ts';
export { gateBundle, type SealedBundle } from './gate-bundle.ts';
export { declareCopies, type ManifestFile, openLicensedFile, readManifest } from './licensed-files.ts';
export { SIGNING_PURPOSE } from './make-agreement.ts';
export { type QuoteInput, quote, quoteSchema } from './make-quote.ts';
export {
  authenticateClient,
  createClient,
  listClients,
  revokeClient,
  rotateClient,
} from './manage-clients.ts';
export { licensingText } from './messages.ts';
export * from './model.ts';
export {
  firstAgreement,
  licensors,
  type NamedLicensee,
  namedLicensees,
  nameInPublic,
  namingSchema,
  readNaming,
  stopNaming,
} from './name-in-public.ts';
export { licensingProblems } from './problems.ts';
export { type AgreementDetail, listAgreements, readAgreement, readLicense } from './read-agreement.ts';
export { listQuotes, readQuote } from './read-quote.ts';
export { removalFeed } from './removals.ts';
export { revokeAgreement } from './revoke-agreement.ts';
export {
  type CatalogueItem,
  type CatalogueSearch,
  catalogueSchema,
  searchCatalogue,
} from './search-catalogue.ts';
export {
  readStandingAcceptance,
  standingSchema,
  switchOffStanding,
  switchOnStanding,
} from './standing-acceptance.ts';

/** The tables of licensing. */
export const licensingMigrations: Migrations = migrationsOf('licensing', import.meta.url);

/** Events this module follows. */
export const licensingSubscribers: readonly Subscriber[] = removalSubscribers;
