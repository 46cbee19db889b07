import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { changeProfile } from './change-profile.ts';
export { type Contact, contactOfParty } from './contact-of-party.ts';
export { COUNTRIES, countryName, countryOptions, isCountry } from './countries.ts';
export { asCraft, CRAFTS, type Craft, craftName } from './crafts.ts';
export { ensurePartyOfUser } from './ensure-party-of-user.ts';
export { eraseParty, erasePartyOfUser } from './erase-party.ts';
export { findOrganisations, findParties, partyOfUser } from './find-parties.ts';
export { payoutProfile, payoutProfiles } from './find-payout-profiles.ts';
export { partiesExporter, partiesSubscribers } from './follow-account.ts';
export { inviteParty, joinParty } from './invite-party.ts';
export {
  type Assurance,
  countryCode,
  craftCode,
  organisationSchema,
  type Party,
  partyName,
  profileSchema,
} from './model.ts';
export {
  type ActedFor,
  changeOrganisation,
  createOrganisation,
  type MembersClaim,
  mayAct,
  organisationsOf,
  partyOfOrganisation,
} from './organisations.ts';
export { payoutText } from './payout-messages.ts';
export {
  type PayoutProfile,
  type PayoutProfileInput,
  PROFILE_WAIT_MS,
  payoutProfileSchema,
  type StructuredAddress,
} from './payout-profile.ts';
export { peopleAmong } from './people-among.ts';
export { partiesProblems } from './problems.ts';
export { assurancesOf, recordAssurance } from './record-assurance.ts';
export { actingParty, requireOwnParty, requireParty } from './require-party.ts';
export { savePayoutProfile } from './save-payout-profile.ts';

/** The tables of parties. */
export const partiesMigrations: Migrations = migrationsOf('parties', import.meta.url);
