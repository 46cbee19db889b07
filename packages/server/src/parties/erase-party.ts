import { recordActivity } from '../identity/index.ts';
import { emit, type Kernel } from '../kernel/index.ts';
import { deleteAssurances, selectPartyOfUser, updateParty } from './store.ts';
import { deleteProfilesOf } from './store-payout-profiles.ts';

/**
 * Removes all that is personal about a party in the open transaction: name, craft, country, address, what was checked,
 * where it is paid.
 * The row stays, so that what points to it still says "one party, no longer here". Sends `parties.party-erased`
 * `{ partyId }` the first time.
 */
export async function eraseParty(t: Kernel, partyId: string): Promise<void> {
  const empty = { name: '', craft: null, country: null, email: null, erased_at: t.clock.now() };
  if (!(await updateParty(t.db, partyId, empty))) return;
  await deleteAssurances(t.db, partyId);
  await deleteProfilesOf(t.db, partyId);
  await recordActivity(t, { actor: 'system', action: 'parties.party-erased', subject: `party:${partyId}` });
  await emit(t, 'parties.party-erased', { partyId });
}

/** Follows the deletion of an account. */
export async function erasePartyOfUser(t: Kernel, userId: string): Promise<void> {
  const row = await selectPartyOfUser(t.db, userId);
  if (row) await eraseParty(t, row.id);
}
