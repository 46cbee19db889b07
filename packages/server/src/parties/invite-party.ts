import { inTx, type Kernel, parseMailAddress } from '../kernel/index.ts';
import type { Craft } from './crafts.ts';
import { createParty } from './create-party.ts';
import { partyOfUser } from './find-parties.ts';
import type { Party } from './model.ts';
import { fail } from './problems.ts';
import { takeParty } from './store.ts';

/** Makes a party that has no user yet, such as a co-owner somebody named. Throws `mail-address-invalid`. */
export async function inviteParty(
  t: Kernel,
  about: {
    kind?: 'person' | 'organisation';
    name: string;
    email: string;
    craft?: Craft | null;
    country?: string | null;
  },
): Promise<Party> {
  const { kind = 'person', name, craft = null, country = null } = about;
  const { address } = parseMailAddress(about.email);
  // Without a user there is nothing to collide with.
  return (await createParty(t, { kind, name, craft, country, email: address, userId: null }))!;
}

/**
 * Lets the user act for a party that was invited. When the user acts for another one already, that one is answered and
 * the invited one stays as it is: the caller moves what belongs to it. Throws `party-taken`.
 */
export async function joinParty(t: Kernel, about: { partyId: string; userId: string }): Promise<Party> {
  return inTx(t, async (t) => {
    const before = await partyOfUser(t, about.userId);
    if (before) return before;
    if (!(await takeParty(t.db, about.partyId, about.userId))) throw fail('party-taken');
    return (await partyOfUser(t, about.userId))!;
  });
}
