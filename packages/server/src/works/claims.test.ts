import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, findUserByEmail } from '../identity/index.ts';
import { openMails } from '../kernel/index.ts';
import { eraseParty, findParties } from '../parties/index.ts';
import { company } from '../testing/company.ts';
import {
  facts,
  fresh,
  type Person,
  person,
  register,
  shared,
  spooled,
  tokensFor,
} from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { leavesOf } from '../transparency/index.ts';
import { acceptInvitation, askForShare, declineInvitation, openInvitation } from './answer-invitation.ts';
import { changeShares } from './change-shares.ts';
import { contestClaim, openHolds, resolveContest, takeBackContest } from './contest-claim.ts';
import { editWork } from './edit-work.ts';
import { erasePartyFromWorks } from './erase-party.ts';
import { mailText } from './mail-messages.ts';
import { openFile } from './open-file.ts';
import { holdersOf, licensability, publicWork, readWork } from './read-work.ts';
import { inviteAgain, remindUnanswered } from './send-invitation.ts';
import { setClaimAuthority } from './set-authority.ts';
import { withdrawWork } from './withdraw-work.ts';
import { worksFigures } from './works-figures.ts';

let k: TestKernel;
let ada: Person;
beforeAll(async () => {
  k = await createTestKernel();
  ada = await person(k, 'Ada');
});
afterAll(() => k.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const DAY = 86_400_000;
const mine = { answer: 'mine', holderKind: null, holderName: null } as const;

let people = 0;
/** A work shared 60/40 between Ada and somebody new, with the link that person got. */
async function invited() {
  const name = `Mia${people++}`;
  const email = `${name.toLowerCase()}@example.org`;
  const { work, claims } = await register(k, ada, { holders: shared(name) });
  const [token] = await tokensFor(k, email);
  // Mails are listed by time, and the clock of the tests stands still.
  k.clock.advance(1);
  return { work, claim: claims[1]!, name, email, token: token! };
}
const accept = (token: string, more: object = {}) =>
  acceptInvitation(k, { token, locale: 'en', authority: mine, ...more });
const again = (workId: string, claimId: string, partyId = ada.party.id) =>
  inviteAgain(k, { workId, claimId, partyId, locale: 'en' });

describe('an invitation', () => {
  it('shows work, share and inviter, and decides nothing by being opened', async () => {
    const { work, token, name } = await invited();
    for (let i = 0; i < 3; i++) {
      expect(await openInvitation(k, token)).toMatchObject({
        work: { id: work.id },
        claim: { name, sharePpm: 400_000, state: 'pending' },
        inviter: 'Ada',
      });
    }
    expect((await licensability(k, work.id)).whole).toBe(false);
  });

  it('accepted: makes an account from the mailbox, makes the work whole, goes on record', async () => {
    const { work, claim, token, email } = await invited();
    const { user, party } = await accept(token, { name: 'Mia Meer' });
    expect(user).toMatchObject({ email, name: 'Mia Meer' });
    expect(await holdersOf(k, work.id)).toMatchObject([
      { name: 'Ada', state: 'accepted' },
      { name: 'Mia Meer', partyId: party.id, state: 'accepted', authority: 'mine' },
    ]);
    expect(await licensability(k, work.id)).toMatchObject({ whole: true, acceptedPpm: 1_000_000 });
    expect((await leavesOf(k, `claim:${claim.id}`)).map(({ type }) => type)).toEqual(['claim-accepted']);
    expect((await openMails(k))[0]).toMatchObject({ recipient: 'ada@example.org' });
  });

  it('accepted by somebody who has an account: the share goes to that account', async () => {
    const ben = await person(k, `Ben${people++}`);
    const { work } = await register(k, ada, { holders: shared(ben.user.name) });
    const [token] = await tokensFor(k, ben.user.email);
    const { party } = await accept(token!);
    expect(party.id).toBe(ben.party.id);
    expect((await holdersOf(k, work.id))[1]!.partyId).toBe(ben.party.id);
  });

  it('refuses the inviter who invited herself', async () => {
    await register(k, ada, { holders: shared('Ada') });
    const [token] = await tokensFor(k, 'ada@example.org');
    await expect(accept(token!)).rejects.toEqual(code('holder-twice'));
  });

  it('counts once, however often and from however many tabs it is answered', async () => {
    const { work, claim, token } = await invited();
    const both = await Promise.allSettled([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(accept(token)).rejects.toEqual(code('invitation-used'));
    await expect(declineInvitation(k, { token, reason: '' })).rejects.toEqual(code('invitation-used'));
    expect(await leavesOf(k, `claim:${claim.id}`)).toHaveLength(1);
    expect((await licensability(k, work.id)).acceptedPpm).toBe(1_000_000);
  });

  it.each(['', 'x', 'a'.repeat(43), "' or 1=1 --", 'a'.repeat(10_000)])(
    'refuses the invented link %j',
    (token) => expect(openInvitation(k, token)).rejects.toEqual(code('invitation-unknown')),
  );

  it('ends after 30 days; sent again it is good again, and both links settle one question', async () => {
    const { work, claim, token, email } = await invited();
    k.clock.advance(31 * DAY);
    await expect(accept(token)).rejects.toEqual(code('invitation-expired'));
    await again(work.id, claim.id);
    const [newer] = await tokensFor(k, email);
    expect(newer).not.toBe(token);
    await accept(newer!);
    await expect(accept(token)).rejects.toEqual(code('invitation-used'));
    await expect(again(work.id, claim.id)).rejects.toEqual(code('claim-not-pending'));
  });

  it('is sent again by the registrant only, and not without end', async () => {
    const { work, claim } = await invited();
    const eve = await person(k, `Eve${people++}`);
    await expect(again(work.id, claim.id, eve.party.id)).rejects.toEqual(code('not-the-registrant'));
    await again(work.id, claim.id);
    await again(work.id, claim.id);
    await expect(again(work.id, claim.id)).rejects.toEqual(code('too-many-requests'));
  });

  it('reminds after a week, at most twice', async () => {
    const { email } = await invited();
    expect(await remindUnanswered(k)).toBeGreaterThanOrEqual(0);
    expect(await tokensFor(k, email)).toHaveLength(1);
    for (let week = 0; week < 4; week++) {
      k.clock.advance(8 * DAY);
      await remindUnanswered(k);
    }
    expect(await tokensFor(k, email)).toHaveLength(3);
  });

  it('declined: says why, to the registrant', async () => {
    const { work, token, claim } = await invited();
    await declineInvitation(k, { token, reason: 'I wrote none of it.' });
    const seen = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(seen.claims[1]).toMatchObject({ state: 'declined', note: 'I wrote none of it.' });
    expect((await licensability(k, work.id)).reasons.map((r) => r.code)).toContain('claim-declined');
    expect((await openMails(k))[0]!.text).toContain('I wrote none of it.');
    expect(await leavesOf(k, `claim:${claim.id}`)).toEqual([]);
  });

  it('answered with another wish: the registrant agrees, and only the new link counts', async () => {
    const { work, claim, token, email } = await invited();
    await askForShare(k, { token, sharePpm: 500_000, note: 'Half is mine.' });
    const seen = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(seen.claims[1]).toMatchObject({ state: 'pending', wishPpm: 500_000, note: 'Half is mine.' });
    await expect(askForShare(k, { token, sharePpm: 0, note: '' })).rejects.toEqual(code('share-invalid'));
    const own = seen.claims[0]!;
    await changeShares(k, {
      workId: work.id,
      party: ada.party,
      actor: ada.user.id,
      locale: 'en',
      version: seen.work.version,
      shares: [
        { claimId: own.id, sharePpm: 500_000, role: own.role },
        { claimId: claim.id, sharePpm: 500_000, role: claim.role },
      ],
    });
    await expect(accept(token)).rejects.toEqual(code('invitation-replaced'));
    const [newer] = await tokensFor(k, email);
    await accept(newer!);
    expect(await licensability(k, work.id)).toMatchObject({ whole: true });
    expect((await leavesOf(k, `work:${work.id}`)).map(({ type }) => type).sort()).toEqual([
      'work-registered',
      'work-shares-changed',
    ]);
  });
});

describe('changing', () => {
  const change = (workId: string, version: number, shares: Parameters<typeof changeShares>[1]['shares']) =>
    changeShares(k, { workId, party: ada.party, actor: ada.user.id, locale: 'en', version, shares });

  it('asks only those again whose share changes', async () => {
    const { work, claims } = await register(k, ada, {
      holders: [
        { me: true, role: 'composer', sharePpm: 500_000 },
        { me: false, name: 'Lea', email: `lea${people}@example.org`, role: 'lyricist', sharePpm: 300_000 },
        { me: false, name: 'Jo', email: `jo${people}@example.org`, role: 'performer', sharePpm: 200_000 },
      ],
    });
    const [token] = await tokensFor(k, `lea${people++}@example.org`);
    await accept(token!);
    await change(work.id, 1, [
      { claimId: claims[0]!.id, sharePpm: 700_000, role: 'composer' },
      { claimId: claims[1]!.id, sharePpm: 300_000, role: 'lyricist' },
    ]);
    expect(await licensability(k, work.id)).toMatchObject({ whole: true });
    await expect(
      change(work.id, 2, [{ claimId: claims[0]!.id, sharePpm: 1_000_000, role: 'composer' }]),
    ).rejects.toEqual(code('shares-settled'));
  });

  it('finds out that another tab was faster', async () => {
    const { work, claims } = await register(k, ada);
    const shares = [
      { claimId: claims[0]!.id, sharePpm: 900_000, role: 'composer' as const },
      {
        me: false as const,
        name: 'Kim',
        email: 'kim@example.org',
        role: 'author' as const,
        sharePpm: 100_000,
      },
    ];
    const both = await Promise.allSettled([change(work.id, 1, shares), change(work.id, 1, shares)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: code('changed-meanwhile'),
    });
    const edit = (title: string) =>
      editWork(k, {
        workId: work.id,
        party: ada.party,
        actor: ada.user.id,
        version: 2,
        facts: { ...facts, title },
      });
    expect((await edit('One')).version).toBe(3);
    await expect(edit('Two')).rejects.toEqual(code('changed-meanwhile'));
  });

  it('is for the registrant; a withdrawn work changes no more', async () => {
    const { work } = await register(k, ada);
    const eve = await person(k, `Eve${people++}`);
    const withdraw = (party: { id: string }) =>
      withdrawWork(k, { workId: work.id, party, actor: ada.user.id, reason: 'Sold' });
    await expect(withdraw(eve.party)).rejects.toEqual(code('not-the-registrant'));
    await withdraw(ada.party);
    await expect(withdraw(ada.party)).rejects.toEqual(code('work-withdrawn'));
    expect((await licensability(k, work.id)).reasons[0]!.code).toBe('withdrawn');
    expect(await leavesOf(k, `work:${work.id}`)).toHaveLength(1);
  });

  it('lets each holder say for this work who may say yes', async () => {
    const { work, claims } = await register(k, ada);
    const set = (partyId: string, answer: 'mine' | 'theirs') =>
      setClaimAuthority(k, {
        workId: work.id,
        claimId: claims[0]!.id,
        partyId,
        actor: ada.user.id,
        authority: { answer, holderKind: null, holderName: null },
      });
    const eve = await person(k, `Eve${people++}`);
    await expect(set(eve.party.id, 'mine')).rejects.toEqual(code('claim-unknown'));
    await set(ada.party.id, 'mine');
    expect((await licensability(k, work.id)).reasons).toEqual([]);
    await set(ada.party.id, 'theirs');
    expect((await licensability(k, work.id)).reasons.map((r) => r.code)).toEqual(['authority-theirs']);
  });
});

describe('an objection', () => {
  it('is told to an organisation in the language of its administrator', async () => {
    const { signer, licenseeId } = await company(k);
    const { user } = signer;
    await changeAccount(k, user.id, { name: user.name, locale: 'de' });
    const party = (await findParties(k, [licenseeId])).get(licenseeId)!;
    const { work, claims } = await register(k, { user, party });
    const eve = await person(k, `Eve${people++}`);
    const by = { partyId: eve.party.id, actor: eve.user.id, reason: 'I wrote it' };
    await contestClaim(k, { workId: work.id, claimId: claims[0]!.id, ...by });
    const [mail] = (await openMails(k)).filter(({ recipient }) => recipient === user.email);
    expect(mail?.text).toContain(mailText('de').hold.reason('I wrote it'));
  });

  it('puts one share on hold, visibly, until it is taken back or decided', async () => {
    const { work, token, claim } = await invited();
    await accept(token);
    const eve = await person(k, `Eve${people++}`);
    const contest = (partyId = eve.party.id) =>
      contestClaim(k, {
        workId: work.id,
        claimId: claim.id,
        partyId,
        actor: eve.user.id,
        reason: 'I wrote it',
      });
    const hold = await contest();
    expect(await licensability(k, work.id)).toMatchObject({
      whole: false,
      acceptedPpm: 600_000,
      onHoldPpm: 400_000,
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'on-hold' })]),
    });
    expect((await publicWork(k, work.id)).holders.map(({ onHold }) => onHold)).toEqual([false, true]);
    await expect(contest()).rejects.toEqual(code('claim-already-contested'));
    await expect(
      takeBackContest(k, { holdId: hold.id, partyId: ada.party.id, actor: ada.user.id }),
    ).rejects.toEqual(code('hold-unknown'));
    await takeBackContest(k, { holdId: hold.id, partyId: eve.party.id, actor: eve.user.id });
    expect((await licensability(k, work.id)).whole).toBe(true);

    const second = await contest();
    expect((await openHolds(k, work.id)).map(({ id }) => id)).toEqual([second.id]);
    const decide = () =>
      resolveContest(k, { holdId: second.id, outcome: 'upheld', resolution: 'Shown', actor: 'operator' });
    await decide();
    await expect(decide()).rejects.toEqual(code('hold-unknown'));
    expect((await licensability(k, work.id)).reasons.map((r) => r.code)).toContain('shares-not-whole');
  });
});

describe('an objection that is not settled', () => {
  it('is not shaken off by changing the shares; once upheld, new shares can be agreed', async () => {
    const { work, claim, token } = await invited();
    await accept(token);
    const own = (await holdersOf(k, work.id))[0]!;
    const eve = await person(k, `Eve${people++}`);
    const contest = { workId: work.id, partyId: eve.party.id, actor: eve.user.id, reason: 'Mine' };
    const plan = async (shares: Parameters<typeof changeShares>[1]['shares']) => {
      const { work: now } = await readWork(k, { workId: work.id, partyId: ada.party.id });
      const about = { workId: work.id, party: ada.party, actor: ada.user.id, locale: 'en' as const };
      return changeShares(k, { ...about, version: now.version, shares });
    };
    const hold = await contestClaim(k, { ...contest, claimId: claim.id });
    const alone = { claimId: own.claimId, sharePpm: 1_000_000, role: own.role };
    await expect(plan([alone])).rejects.toEqual(code('shares-settled'));
    await resolveContest(k, { holdId: hold.id, outcome: 'upheld', resolution: 'Shown', actor: 'operator' });
    const second = await contestClaim(k, { ...contest, claimId: own.claimId });
    await expect(plan([{ me: true, role: 'author', sharePpm: 1_000_000 }])).rejects.toEqual(
      code('claim-on-hold'),
    );
    await expect(plan([alone])).rejects.toEqual(code('claim-on-hold'));
    await takeBackContest(k, { holdId: second.id, partyId: eve.party.id, actor: eve.user.id });
    await plan([alone]);
    expect(await licensability(k, work.id)).toMatchObject({ whole: true, acceptedPpm: 1_000_000 });
  });
});

it('forgets somebody who was taken out before she answered', async () => {
  const { work, claim, email, token } = await invited();
  const own = (await holdersOf(k, work.id))[0]!;
  await changeShares(k, {
    workId: work.id,
    party: ada.party,
    actor: ada.user.id,
    locale: 'en',
    version: 1,
    shares: [{ claimId: own.claimId, sharePpm: 1_000_000, role: own.role }],
  });
  const seen = await readWork(k, { workId: work.id, partyId: ada.party.id });
  expect(seen.claims.find(({ id }) => id === claim.id)).toMatchObject({
    name: '',
    email: null,
    state: 'withdrawn',
  });
  expect((await findParties(k, [claim.partyId])).get(claim.partyId)).toMatchObject({
    erased: true,
    email: null,
  });
  expect(await findUserByEmail(k, email)).toBeUndefined();
  await expect(accept(token)).rejects.toEqual(code('invitation-replaced'));
});

it('counts works in public numbers, each with its definition', async () => {
  const before = await worksFigures(k);
  const { token } = await invited();
  await register(k, ada);
  await accept(token);
  const after = await worksFigures(k);
  expect(after.map(({ value }, i) => value - before[i]!.value)).toEqual([2, 1, 1]);
  expect(after.every(({ definition }) => definition.en.length > 20 && definition.de.length > 20)).toBe(true);
});

describe('erasure', () => {
  it('empties what only she held, keeps the leaf, forgets the record and the file', async () => {
    const zoe = await person(k, `Zoe${people++}`);
    const file = spooled(Buffer.from(`only zoe ${people}`), 'text/plain', 'zoe.txt');
    const { work } = await register(k, zoe, { source: { kind: 'file', file } });
    await erasePartyFromWorks(k, zoe.party.id);
    expect(await publicWork(k, work.id)).toMatchObject({
      work: { title: '', state: 'withdrawn' },
      manifestations: [],
      holders: [],
    });
    const [leaf] = await leavesOf(k, `work:${work.id}`);
    expect(JSON.stringify(leaf)).not.toContain('The Sea');
    expect(await k.blobs.get(file.sha256)).toBeUndefined();
  });

  it('leaves a shared work to the others, without her name and without the file', async () => {
    const zoe = await person(k, `Zoe${people++}`);
    const file = spooled(Buffer.from(`shared ${people}`), 'text/plain', 'zoe.txt');
    const name = `Max${people++}`;
    const { work } = await register(k, zoe, { source: { kind: 'file', file }, holders: shared(name) });
    const [token] = await tokensFor(k, `${name.toLowerCase()}@example.org`);
    const max = await accept(token!);
    await k.db.transaction().execute((db) => eraseParty({ ...k, db }, zoe.party.id));
    await erasePartyFromWorks(k, zoe.party.id);
    const seen = await readWork(k, { workId: work.id, partyId: max.party.id });
    expect(seen.work).toMatchObject({ registrantId: max.party.id, state: 'registered', title: 'The Sea' });
    expect(seen.manifestations[0]).toMatchObject({ kind: 'fingerprint', filename: null });
    const fileId = seen.manifestations[0]!.id;
    await expect(openFile(k, { workId: work.id, fileId, partyId: max.party.id })).rejects.toEqual(
      code('work-unknown'),
    );
    expect((await licensability(k, work.id)).reasons.map((r) => r.code)).toContain('shares-not-whole');
    expect(await findUserByEmail(k, max.user.email)).toBeDefined();
  });

  it('keeps bytes that another person handed over too', async () => {
    const [zoe, yan] = [await person(k, `Zoe${people++}`), await person(k, `Yan${people++}`)];
    const file = spooled(Buffer.from(`both ${people}`), 'text/plain');
    await register(k, zoe, { source: { kind: 'file', file } });
    await register(k, yan, { source: { kind: 'file', file } });
    await erasePartyFromWorks(k, zoe.party.id);
    expect(await k.blobs.get(file.sha256)).toBeDefined();
    await register(k, zoe, { source: fresh() });
  });
});
