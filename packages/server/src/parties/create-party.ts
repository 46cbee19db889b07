import { emit, type Kernel } from '../kernel/index.ts';
import type { Craft } from './crafts.ts';
import { countryCode, type Party, partyName } from './model.ts';
import { insertParty } from './store.ts';

type About = {
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly craft: Craft | null;
  readonly country: string | null;
  readonly email: string | null;
  readonly userId: string | null;
};

/** Writes a new party; answers undefined when the user acts for one already. */
export async function createParty(t: Kernel, about: About): Promise<Party | undefined> {
  const id = t.ids.id();
  const name = partyName.parse(about.name);
  const country = about.country === null ? null : countryCode.parse(about.country);
  const { kind, craft, email, userId } = about;
  const row = {
    id,
    kind,
    name,
    craft,
    country,
    email,
    user_id: userId,
    created_at: t.clock.now(),
    erased_at: null,
  };
  if (!(await insertParty(t.db, row))) return undefined;
  await emit(t, 'parties.party-created', { partyId: id });
  return { id, kind, name, craft, country, userId, email, erased: false };
}
