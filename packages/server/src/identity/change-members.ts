import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { type Member, type MemberRole, roleAllows } from './organisation.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { deleteMembership, lockOrganisation, selectMembers, updateRole } from './store-organisations.ts';

type About = { readonly organisationId: string; readonly userId: string; readonly actor: string };

/**
 * Gives a member another role, by an admin's wish.
 * Throws `organisation-unknown`, `role-required`, `member-unknown`, `last-admin`.
 */
export async function changeRole(k: Kernel, about: About & { role: MemberRole }): Promise<void> {
  const { organisationId, userId, actor, role } = about;
  await inTx(k, async (t) => {
    const { members, member } = await take(t, about, true);
    if (role !== 'admin') mustKeepAnAdmin(members, member);
    await updateRole(t.db, organisationId, userId, role);
    const subject = `organisation:${organisationId}`;
    const detail = { user: userId, role };
    await recordActivity(t, { actor, action: 'identity.member-role-changed', subject, detail });
  });
}

/**
 * Ends a membership: an admin removes somebody, or somebody leaves. It takes effect with the next request of any
 * session. Throws `organisation-unknown`, `role-required`, `member-unknown`, `last-admin`. Sends
 * `identity.member-left` `{ organisationId, userId }`.
 */
export async function removeMember(k: Kernel, about: About): Promise<void> {
  const { organisationId, userId, actor } = about;
  await inTx(k, async (t) => {
    const { members, member } = await take(t, about, userId !== actor);
    mustKeepAnAdmin(members, member);
    await leave(t, organisationId, userId, actor);
  });
}

/**
 * Ends all memberships of a person whose account is deleted. An organisation nobody else belongs to stays without
 * members, because what it agreed goes on. Throws `last-admin` when others would be left without an admin.
 */
export async function leaveAll(t: Kernel, userId: string, organisationIds: readonly string[]): Promise<void> {
  // In one order for everybody, so that two who go at once do not wait for each other.
  for (const organisationId of [...organisationIds].sort()) {
    const { members, member } = await take(t, { organisationId, userId, actor: userId }, false);
    if (members.length > 1) mustKeepAnAdmin(members, member);
    await leave(t, organisationId, userId, userId);
  }
}

async function leave(t: Kernel, organisationId: string, userId: string, actor: string): Promise<void> {
  await deleteMembership(t.db, organisationId, userId);
  const subject = `organisation:${organisationId}`;
  await recordActivity(t, { actor, action: 'identity.member-left', subject, detail: { user: userId } });
  await emit(t, 'identity.member-left', { organisationId, userId });
}

/** The members while the organisation is held, and the one it is about; the actor is looked up under the same lock. */
async function take(t: Kernel, { organisationId, userId, actor }: About, byAdmin: boolean) {
  if (!(await lockOrganisation(t.db, organisationId))) throw fail('organisation-unknown');
  const members = await selectMembers(t.db, [organisationId]);
  const self = members.find((one) => one.userId === actor);
  if (!self) throw fail('organisation-unknown');
  if (byAdmin && !roleAllows(self.role, 'admin')) throw fail('role-required');
  const member = members.find((one) => one.userId === userId);
  if (!member) throw fail('member-unknown');
  return { members, member };
}

function mustKeepAnAdmin(members: readonly Member[], member: Member): void {
  const others = members.filter((one) => one.userId !== member.userId);
  if (member.role === 'admin' && !others.some((one) => one.role === 'admin')) throw fail('last-admin');
}
