import type { AccountExporter, User } from '../../identity/index.ts';
import { requireUser } from '../../identity/index.ts';
import type { HttpContext, Kernel, Subscriber } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import { showPartner } from './show-partners.ts';
import { deleteModeratorOf, isModerator, selectRolesOf } from './store-moderators.ts';
import type { Partner } from './store-partners.ts';

/** Whoever may decide for the whole campaign: operators and its moderators. Throws `sign-in-required`, `moderator-required`. */
export async function requireModerator(c: HttpContext): Promise<User> {
  const user = await requireUser(c);
  if (user.operator || (await isModerator(c.get('k').db, user.id, null))) return user;
  throw fail('moderator-required');
}

/**
 * The partner of the address and who looks at it: its own moderators, and operators. To others it is as if it were
 * not theirs, whether there is one or not. Throws `sign-in-required`, `moderator-required`, `partner-unknown`.
 */
export async function requirePartner(c: HttpContext): Promise<{ user: User; partner: Partner }> {
  const user = await requireUser(c);
  const partner = await showPartner(c.get('k'), c.req.param('source') ?? '');
  if (user.operator || (await isModerator(c.get('k').db, user.id, partner.id))) return { user, partner };
  throw fail('moderator-required');
}

/** As `requirePartner`, to decide something: a partner that left may still look, nothing else. Throws `partner-left` too. */
export async function requireActivePartner(c: HttpContext): Promise<{ user: User; partner: Partner }> {
  const found = await requirePartner(c);
  if (found.partner.leftAt) throw fail('partner-left');
  return found;
}

/** What somebody moderates: the whole campaign, partners. */
export function rolesOf(k: Kernel, userId: string) {
  return selectRolesOf(k.db, userId);
}

/** A deleted account moderates nothing. */
export const moderatorSubscribers: readonly Subscriber[] = [
  {
    name: 'campaign.forget-moderator',
    on: 'identity.account-deleted',
    handle: (t, payload) => deleteModeratorOf(t.db, String(payload.userId)),
  },
];

/** What the campaign keeps about somebody who moderates. */
export const moderatorExporter: AccountExporter = {
  name: 'moderator',
  async export(k, userId) {
    const roles = await selectRolesOf(k.db, userId);
    return roles.length === 0 ? undefined : roles;
  },
};
