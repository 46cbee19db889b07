import { type HttpContext, inTx } from '../kernel/index.ts';
import { currentSession, requireSession } from './current-user.ts';
import { membershipOf } from './find-members.ts';
import { type MemberRole, type Membership, roleAllows } from './organisation.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { updateActing } from './store-organisations.ts';

declare module '../kernel/http/router.ts' {
  interface HttpVariables {
    acting?: Promise<Acting>;
  }
}

/** `ended`: the session acted for an organisation the person no longer belongs to. */
type Acting = { readonly membership: Membership | undefined; readonly ended: boolean };

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The organisation the session acts for, if any, for the frame of pages; never throws for one that has ended. */
export async function currentMembership(c: HttpContext): Promise<Membership | undefined> {
  return (await actingState(c)).membership;
}

/**
 * The organisation the session acts for, looked up at each request, so that a removal takes effect at once; undefined
 * when the person acts for herself. Throws `acting-ended` when a change was meant for an organisation the person no
 * longer belongs to, so that it does not happen in her own name, and `role-required` when a change is wanted by
 * somebody who may only see.
 */
export async function actingFor(c: HttpContext): Promise<Membership | undefined> {
  const { membership, ended } = await actingState(c);
  if (SAFE.has(c.req.method)) return membership;
  if (ended) throw fail('acting-ended');
  if (membership && !roleAllows(membership.role, 'signer')) throw fail('role-required');
  return membership;
}

/** Chooses for whom this session acts: an organisation, or null for oneself. Throws `organisation-unknown`. */
export async function actFor(c: HttpContext, organisationId: string | null): Promise<void> {
  const { user, sessionId } = await requireSession(c);
  const membership =
    organisationId === null ? undefined : await membershipOf(c.get('k'), { userId: user.id, organisationId });
  if (organisationId !== null && !membership) throw fail('organisation-unknown');
  await inTx(c.get('k'), async (t) => {
    await updateActing(t.db, sessionId, organisationId);
    const subject = organisationId === null ? `user:${user.id}` : `organisation:${organisationId}`;
    await recordActivity(t, { actor: user.id, action: 'identity.acting-chosen', subject });
  });
  c.set('acting', Promise.resolve({ membership, ended: false }));
}

/** The signed-in member and her place in the organisation. Throws `sign-in-required`, `organisation-unknown`, `role-required`. */
export async function requireMember(c: HttpContext, organisationId: string, role: MemberRole) {
  const { user } = await requireSession(c);
  const membership = await membershipOf(c.get('k'), { userId: user.id, organisationId });
  if (!membership) throw fail('organisation-unknown');
  if (!roleAllows(membership.role, role)) throw fail('role-required');
  return { user, membership };
}

/** For whom the session acts, and whether that ended just now. */
export function actingState(c: HttpContext): Promise<Acting> {
  const known = c.get('acting');
  if (known) return known;
  const found = lookUp(c);
  c.set('acting', found);
  return found;
}

async function lookUp(c: HttpContext): Promise<Acting> {
  const session = await currentSession(c);
  if (!session || session.actingFor === null) return { membership: undefined, ended: false };
  const { user, sessionId, actingFor } = session;
  const membership = await membershipOf(c.get('k'), { userId: user.id, organisationId: actingFor });
  if (!membership) await updateActing(c.get('k').db, sessionId, null);
  return { membership, ended: membership === undefined };
}
