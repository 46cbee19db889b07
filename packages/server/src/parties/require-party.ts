import { actingFor, currentUser, requireUser, type User } from '../identity/index.ts';
import { type HttpContext, inTx } from '../kernel/index.ts';
import { ensurePartyOfUser } from './ensure-party-of-user.ts';
import type { Party } from './model.ts';
import { partyOfOrganisation } from './organisations.ts';

/**
 * The party the session acts for: the person signed in (made on first need), or the organisation she switched to and
 * still belongs to. Throws `sign-in-required`; for requests that change something also `role-required` when she may
 * only see, and `acting-ended` when she no longer belongs to the organisation she chose.
 */
export async function requireParty(c: HttpContext): Promise<Party> {
  return partyFor(c, await requireUser(c));
}

/** As `requireParty`, and undefined when nobody is signed in. */
export async function actingParty(c: HttpContext): Promise<Party | undefined> {
  const user = await currentUser(c);
  return user && (await partyFor(c, user));
}

/** The party of the person signed in, for whomever the session acts. Throws `sign-in-required`. */
export async function requireOwnParty(c: HttpContext): Promise<Party> {
  const user = await requireUser(c);
  return inTx(c.get('k'), (t) => ensurePartyOfUser(t, { userId: user.id, name: user.name }));
}

async function partyFor(c: HttpContext, user: User): Promise<Party> {
  const k = c.get('k');
  const membership = await actingFor(c);
  if (membership) return (await partyOfOrganisation(k, membership.organisationId)).party;
  return inTx(k, (t) => ensurePartyOfUser(t, { userId: user.id, name: user.name }));
}
