import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptMembership,
  changeRole,
  deleteAccount,
  ensureUser,
  findUserByEmail,
  inviteMember,
  type MemberRole,
  membersOf,
  openInvitationsOf,
  readMembership,
  removeMember,
  withdrawInvitation,
} from '../identity/index.ts';
import { openMails } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  changeOrganisation,
  createOrganisation,
  findParties,
  joinParty,
  mayAct,
  organisationSchema,
  organisationsOf,
} from './index.ts';

const DAY = 86_400_000;
let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

let count = 0;
const someone = async () => {
  const name = `p${count++}`;
  return ensureUser(k, { email: `${name}@example.org`, name, locale: 'en' });
};

/** An organisation with members in these roles; the first of them made it and is admin. */
async function company(...roles: MemberRole[]) {
  const users = await Promise.all(['admin', ...roles].map(() => someone()));
  const [boss] = users;
  const made = await createOrganisation(k, { name: 'Aster AI Ltd', userId: boss!.id });
  for (const [i, role] of roles.entries()) {
    const { email, id } = users[i + 1]!;
    await inviteMember(k, { ...made, email, role, actor: boss!.id, locale: 'en' });
    await acceptMembership(k, { token: await tokenFor(email), name: '', locale: 'en', signedIn: id });
  }
  return { ...made, users, ids: users.map(({ id }) => id) };
}

async function tokenFor(email: string): Promise<string> {
  const mail = (await openMails(k)).find(({ recipient }) => recipient === email);
  k.clock.advance(1);
  return /\/memberships\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('an organisation', () => {
  it('is a party of its own, for which its members act by role', async () => {
    const { ids, organisationId, partyId, users } = await company('signer', 'member');
    const stranger = await someone();
    const allowed = async (userId: string) => {
      const roles = ['member', 'signer', 'admin'] as const;
      const answers = await Promise.all(roles.map((as) => mayAct(k, { userId, partyId, as })));
      return roles.filter((_role, i) => answers[i]);
    };
    expect(await allowed(ids[0]!)).toEqual(['member', 'signer', 'admin']);
    expect(await allowed(ids[1]!)).toEqual(['member', 'signer']);
    expect(await allowed(ids[2]!)).toEqual(['member']);
    expect(await allowed(stranger.id)).toEqual([]);
    expect(await organisationsOf(k, ids[1]!)).toMatchObject([
      { organisationId, partyId, name: 'Aster AI Ltd', role: 'signer' },
    ]);
    expect(await organisationsOf(k, stranger.id)).toEqual([]);
    expect((await findParties(k, [partyId])).get(partyId)).toMatchObject({
      kind: 'organisation',
      userId: null,
      email: users[0]!.email,
    });
  });

  it('is nobody’s by a link meant for invited persons', async () => {
    const { partyId } = await company();
    const eve = await someone();
    await expect(joinParty(k, { partyId, userId: eve.id })).rejects.toMatchObject({ code: 'party-taken' });
  });

  it('changes its name in both places', async () => {
    const { ids, organisationId, partyId } = await company();
    const facts = organisationSchema.parse({ name: 'Aster SE', country: 'DE', url: 'https://aster.example' });
    await changeOrganisation(k, { organisationId, actor: ids[0]!, ...facts });
    expect(await organisationsOf(k, ids[0]!)).toMatchObject([{ name: 'Aster SE' }]);
    expect((await findParties(k, [partyId])).get(partyId)).toMatchObject({ name: 'Aster SE', country: 'DE' });
  });

  it.each([
    { name: '' },
    { name: 'A\u202eB' },
    { name: 'x'.repeat(201) },
    { name: 'A', country: 'XX' },
    { name: 'A', url: 'javascript:alert(1)' },
    { name: 'A', url: 'https://user:pass@aster.example' },
    { name: 'A', url: 'aster' },
  ])('is not made of %j', async (about) => {
    const user = await someone();
    await expect(createOrganisation(k, { ...about, userId: user.id })).rejects.toThrow();
    expect(await organisationsOf(k, user.id)).toEqual([]);
  });
});

describe('an invitation', () => {
  const invite = async () => {
    const { ids, organisationId } = await company();
    const email = `new${count++}@example.org`;
    const about = { organisationId, email, role: 'signer', actor: ids[0]!, locale: 'en' } as const;
    const sent = await inviteMember(k, about);
    return { ...about, id: sent.id, token: await tokenFor(email) };
  };
  const accept = (token: string, signedIn?: string) =>
    acceptMembership(k, { token, name: 'Nora', locale: 'de', signedIn });

  it('makes the account, once, however many press at the same moment', async () => {
    const { token, email, organisationId } = await invite();
    const tries = await Promise.allSettled([accept(token), accept(token), accept(token)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const user = await findUserByEmail(k, email);
    expect(user).toMatchObject({ name: 'Nora', locale: 'de' });
    expect(await membersOf(k, organisationId)).toHaveLength(2);
    await expect(readMembership(k, token)).rejects.toMatchObject({ code: 'membership-link-used' });
  });

  it('does not lead into an account that exists', async () => {
    const { organisationId, actor } = await invite();
    const [known, other] = [await someone(), await someone()];
    await inviteMember(k, { organisationId, email: known.email, role: 'member', actor, locale: 'en' });
    const token = await tokenFor(known.email);
    await expect(accept(token)).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(accept(token, other.id)).rejects.toMatchObject({ code: 'membership-link-other-account' });
    expect((await accept(token, known.id)).user.id).toBe(known.id);
    const again = { organisationId, email: known.email, role: 'admin', actor, locale: 'en' } as const;
    await expect(inviteMember(k, again)).rejects.toMatchObject({ code: 'already-member' });
  });

  it('ends after 14 days, by a newer one, and when it is taken back', async () => {
    const first = await invite();
    await inviteMember(k, first);
    await expect(accept(first.token)).rejects.toMatchObject({ code: 'membership-link-replaced' });
    const token = await tokenFor(first.email);
    k.clock.advance(14 * DAY - 60_000);
    expect(await readMembership(k, token)).toMatchObject({ role: 'signer', email: first.email });
    k.clock.advance(60_000);
    await expect(accept(token)).rejects.toMatchObject({ code: 'membership-link-expired' });
    expect(await openInvitationsOf(k, first.organisationId)).toEqual([]);

    const second = await invite();
    await withdrawInvitation(k, second);
    await expect(accept(second.token)).rejects.toMatchObject({ code: 'membership-link-replaced' });
    await expect(withdrawInvitation(k, second)).rejects.toMatchObject({ code: 'membership-link-unknown' });
    for (const nonsense of ['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}'`])
      await expect(accept(nonsense)).rejects.toMatchObject({ code: 'membership-link-unknown' });
  });

  it('is sent by administrators only', async () => {
    const { organisationId, ids } = await company('signer');
    const about = { organisationId, email: 'x@example.org', role: 'member', locale: 'en' } as const;
    const stranger = await someone();
    await expect(inviteMember(k, { ...about, actor: ids[1]! })).rejects.toMatchObject({
      code: 'role-required',
    });
    await expect(inviteMember(k, { ...about, actor: stranger.id })).rejects.toMatchObject({
      code: 'organisation-unknown',
    });
    await expect(inviteMember(k, { ...about, email: 'nobody', actor: ids[0]! })).rejects.toMatchObject({
      code: 'email-invalid',
    });
  });
});

describe('members', () => {
  it('always keep one administrator, even when two go at once', async () => {
    const { organisationId, ids } = await company('admin', 'member');
    const [ada = '', ben = ''] = ids;
    const leave = (userId: string) => removeMember(k, { organisationId, userId, actor: userId });
    const tries = await Promise.allSettled([leave(ada), leave(ben)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [left] = (await membersOf(k, organisationId)).filter(({ role }) => role === 'admin');
    const last = { organisationId, userId: left!.userId, actor: left!.userId };
    await expect(removeMember(k, last)).rejects.toMatchObject({ code: 'last-admin' });
    await expect(changeRole(k, { ...last, role: 'signer' })).rejects.toMatchObject({ code: 'last-admin' });
    const { email } = (await membersOf(k, organisationId)).find(({ userId }) => userId === left!.userId)!;
    await expect(deleteAccount(k, left!.userId, email)).rejects.toMatchObject({ code: 'last-admin' });
    expect(await membersOf(k, organisationId)).toHaveLength(2);
  });

  it('two administrators who remove each other: one stays', async () => {
    const { organisationId, ids } = await company('admin');
    const [ada = '', ben = ''] = ids;
    const tries = await Promise.allSettled([
      removeMember(k, { organisationId, userId: ada, actor: ben }),
      removeMember(k, { organisationId, userId: ben, actor: ada }),
    ]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await membersOf(k, organisationId)).toMatchObject([{ role: 'admin' }]);
  });

  it('are removed and changed by administrators only, and leave by themselves', async () => {
    const { organisationId, partyId, ids } = await company('signer', 'member');
    const [ada = '', ben = '', eve = ''] = ids;
    const byBen = { organisationId, userId: eve, actor: ben };
    await expect(removeMember(k, byBen)).rejects.toMatchObject({ code: 'role-required' });
    await expect(changeRole(k, { ...byBen, role: 'admin' })).rejects.toMatchObject({ code: 'role-required' });
    await changeRole(k, { organisationId, userId: eve, actor: ada, role: 'signer' });
    expect(await mayAct(k, { userId: eve, partyId, as: 'signer' })).toBe(true);
    await removeMember(k, { organisationId, userId: ben, actor: ben });
    expect(await mayAct(k, { userId: ben, partyId, as: 'member' })).toBe(false);
    const gone = { organisationId, userId: ben, actor: ada };
    await expect(removeMember(k, gone)).rejects.toMatchObject({ code: 'member-unknown' });
  });

  it('who delete their account leave; an organisation may be left empty', async () => {
    const { organisationId, partyId, users } = await company();
    await deleteAccount(k, users[0]!.id, users[0]!.email);
    expect(await membersOf(k, organisationId)).toEqual([]);
    expect((await findParties(k, [partyId])).get(partyId)).toMatchObject({ email: null, erased: false });
  });
});
