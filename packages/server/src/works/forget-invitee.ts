import type { Kernel } from '../kernel/index.ts';
import { eraseParty, findParties } from '../parties/index.ts';
import type { Claim } from './model.ts';
import { updateClaim } from './store.ts';

/** Somebody whose share was taken back before she ever came here leaves no name and no address behind. */
export async function forgetInvitee(t: Kernel, claim: Claim): Promise<void> {
  const party = (await findParties(t, [claim.partyId])).get(claim.partyId);
  if (party?.userId !== null || party.kind === 'organisation') return;
  await updateClaim(t.db, {
    ...claim,
    name: '',
    email: null,
    note: null,
    wishPpm: null,
    state: 'withdrawn',
    answeredAt: t.clock.now(),
  });
  await eraseParty(t, claim.partyId);
}
