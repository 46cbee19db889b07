import { findUser } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import type { Craft } from './crafts.ts';
import { createParty } from './create-party.ts';
import { partyOfUser } from './find-parties.ts';
import type { Party } from './model.ts';
import { recordAssurance } from './record-assurance.ts';

/** The party the user acts for, made with these data if there is none; an existing one is answered unchanged. */
export async function ensurePartyOfUser(
  t: Kernel,
  about: { userId: string; name: string; craft?: Craft | null; country?: string | null },
): Promise<Party> {
  return inTx(t, async (t) => {
    const before = await partyOfUser(t, about.userId);
    if (before) return before;
    const { userId, name, craft = null, country = null } = about;
    const made = await createParty(t, { kind: 'person', name, craft, country, email: null, userId });
    if (made === undefined) return (await partyOfUser(t, userId))!;
    const user = await findUser(t, userId);
    if (user?.emailConfirmedAt) {
      const evidence = `user:${userId}`;
      const checkedAt = user.emailConfirmedAt;
      await recordAssurance(t, made.id, {
        kind: 'email-confirmed',
        method: 'mail-link',
        evidence,
        checkedAt,
      });
    }
    return { ...made, email: user?.email ?? null };
  });
}
