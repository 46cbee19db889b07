import type { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import type { profileSchema } from './model.ts';
import { fail } from './problems.ts';
import { updateParty } from './store.ts';

/** Changes how a person appears in public. Throws `party-erased`. Sends `parties.profile-changed` `{ partyId }`. */
export async function changeProfile(
  k: Kernel,
  partyId: string,
  profile: z.output<typeof profileSchema>,
  actor: string,
): Promise<void> {
  await inTx(k, async (t) => {
    const { name, craft, country } = profile;
    if (!(await updateParty(t.db, partyId, { name, craft, country }))) throw fail('party-erased');
    await recordActivity(t, { actor, action: 'parties.profile-changed', subject: `party:${partyId}` });
    await emit(t, 'parties.profile-changed', { partyId });
  });
}
