import { requireUser } from '../identity/index.ts';
import { type HttpContext, inTx } from '../kernel/index.ts';
import { ensurePartyOfUser } from './ensure-party-of-user.ts';
import type { Party } from './model.ts';

/** The party of the person signed in, made on first need. Throws `sign-in-required`. */
export async function requireParty(c: HttpContext): Promise<Party> {
  const user = await requireUser(c);
  return inTx(c.get('k'), (t) => ensurePartyOfUser(t, { userId: user.id, name: user.name }));
}
