import { sha256, toHex, utf8 } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answersPaid,
  ownWork,
  publish,
  setUp,
  sharedWork,
  subjectsTo,
  tamper,
} from '../testing/offer-terms.ts';
import { type Person, person, register, shared, tokensFor } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { leavesOf } from '../transparency/index.ts';
import { acceptInvitation, contestClaim, setClaimAuthority, withdrawWork } from '../works/index.ts';
import { offersNumbers } from './count-offers.ts';
import { decideConsent } from './decide-consent.ts';
import type { Offer } from './model.ts';
import { presetTerms } from './presets.ts';
import { publishOffer } from './publish-offer.ts';
import { licensable, offerInForce, price, readStanding } from './read-standing.ts';
import { listVersions } from './read-versions.ts';
import { requestConsents } from './request-consents.ts';
import { readDraft, saveDraft } from './save-draft.ts';
import type { Terms, Use } from './terms.ts';
import { withdrawOffer } from './withdraw-offer.ts';
import { workChannels } from './work-channels.ts';

let k: TestKernel;
let ada: Person;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  ada = await person(k, 'Ada');
});
afterAll(() => k.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const by = (who: Person, workId: string) => ({ workId, partyId: who.party.id, actor: who.user.id });
function decide(who: Person, offer: Offer, answer: 'yes' | 'no', use: Use = 'ai-input') {
  const decisions = [{ use: use as 'ai-input', answer }];
  return decideConsent(k, { ...by(who, ''), offerId: offer.id, decisions });
}
const reasons = async (workId: string) => (await licensable(k, workId)).reasons.map((one) => one.code);
const rsl = async (workId: string) => workChannels(await readStanding(k, workId), k.site.baseUrl, 'EUR').rsl;

describe('a draft', () => {
  it('is kept incomplete, and two tabs do not overwrite each other', async () => {
    const workId = await ownWork(k, ada);
    const empty = presetTerms('search-free-answers-paid');
    const first = await saveDraft(k, by(ada, workId), { version: 0, preset: 'own', terms: empty });
    expect(first.version).toBe(1);
    await saveDraft(k, by(ada, workId), { version: 1, preset: 'no-ai', terms: presetTerms('no-ai') });
    const late = saveDraft(k, by(ada, workId), { version: 1, preset: 'own', terms: answersPaid() });
    await expect(late).rejects.toMatchObject({
      code: 'changed-meanwhile',
      fields: { current: { preset: 'no-ai', version: 2 } },
    });
    const first2 = saveDraft(k, by(ada, workId), { version: 0, preset: 'own', terms: answersPaid() });
    await expect(first2).rejects.toThrow(code('changed-meanwhile'));
    expect((await readDraft(k, by(ada, workId)))?.preset).toBe('no-ai');
    const stale = publishOffer(k, { ...by(ada, workId), draftVersion: 1 });
    await expect(stale).rejects.toThrow(code('changed-meanwhile'));
  });

  it('belongs to the holders', async () => {
    const workId = await ownWork(k, ada);
    const eve = await person(k, 'Eve');
    const tried = saveDraft(k, by(eve, workId), { version: 0, preset: 'own', terms: answersPaid() });
    await expect(tried).rejects.toThrow(code('not-a-holder'));
    await expect(readDraft(k, by(eve, workId))).rejects.toThrow(code('not-a-holder'));
    await expect(publishOffer(k, { ...by(eve, workId), draftVersion: 1 })).rejects.toThrow(
      code('not-a-holder'),
    );
    await expect(publishOffer(k, { ...by(ada, workId), draftVersion: 1 })).rejects.toThrow(
      code('terms-draft-missing'),
    );
    await expect(readDraft(k, by(eve, 'nothing'))).rejects.toThrow(code('work-unknown'));
  });
});

describe('publishing', () => {
  it('freezes text and data under one hash and puts it on record', async () => {
    const workId = await ownWork(k, ada);
    const { offer, created } = await publish(k, ada, workId, answersPaid());
    expect(created).toBe(true);
    expect(offer.version).toBe(1);
    expect(toHex(await sha256(utf8(offer.document)))).toBe(offer.sha256);
    expect(offer.document).toContain('EUR 0.02 for each fetch');
    const leaves = await leavesOf(k, `work:${workId}`);
    expect(leaves.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['offer-published', 'offer-consented']),
    );
    expect(await licensable(k, workId)).toEqual({ licensable: true, uses: ['ai-input'], reasons: [] });
    expect(await price(k, { workId, use: 'ai-input', unit: 'fetch' })).toEqual({
      offerId: offer.id,
      version: 1,
      currency: 'EUR',
      amountMicro: 20_000n,
      perUnits: 1n,
    });
    expect(await price(k, { workId, use: 'ai-input', unit: 'answer' })).toBeUndefined();
    expect(await price(k, { workId, use: 'ai-train', unit: 'model-version' })).toBeUndefined();
    expect(await rsl(workId)).toContain(offer.sha256);
  });

  it.each([
    ['', 'price-missing'],
    ['0', 'price-missing'],
    ['-20000', 'price-missing'],
    ['1e3', 'price-unreadable'],
    ['1,5', 'price-unreadable'],
    ['9'.repeat(20), 'price-too-high'],
  ])('refuses the amount %j as %s, and nothing of it stays', async (amount, expected) => {
    const workId = await ownWork(k, ada);
    await expect(publish(k, ada, workId, answersPaid(amount))).rejects.toThrow(code(expected));
    expect(await offerInForce(k, workId)).toBeUndefined();
    expect(await reasons(workId)).toEqual(['no-terms']);
    expect(await price(k, { workId, use: 'ai-input', unit: 'fetch' })).toBeUndefined();
  });

  it('of the same terms makes no new version, of others the next', async () => {
    const workId = await ownWork(k, ada);
    const first = await publish(k, ada, workId, answersPaid());
    k.clock.advance(1_000);
    const again = await publish(k, ada, workId, answersPaid('0020000'));
    expect([again.created, again.offer.id]).toEqual([false, first.offer.id]);
    const next = await publish(k, ada, workId, answersPaid('30000'));
    expect(next.offer.version).toBe(2);
    expect((await listVersions(k, by(ada, workId))).map(({ version, state }) => [version, state])).toEqual([
      [2, 'in-force'],
      [1, 'replaced'],
    ]);
  });

  it('makes one version each, when two publish at once', async () => {
    const workId = await ownWork(k, ada);
    const terms = answersPaid('5');
    const draft = await saveDraft(k, by(ada, workId), { version: 0, preset: 'own', terms });
    const input = { ...by(ada, workId), draftVersion: draft.version };
    const both = await Promise.all([publishOffer(k, input), publishOffer(k, input)]);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(both.map(({ offer }) => offer.id)).size).toBe(1);
  });

  it('cannot be changed afterwards, not even in the database', async () => {
    const workId = await ownWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    const answers = await tamper(k, offer.id);
    expect(new Set(answers)).toEqual(new Set(['a published offer never changes']));
  });

  it('of AI uses is refused while a holder may not say yes; reserving terms are not', async () => {
    const { work, claims } = await register(k, ada, {
      authority: { answer: 'theirs', holderKind: 'society', holderName: 'A Society' },
    });
    await expect(publish(k, ada, work.id, answersPaid())).rejects.toThrow(code('authority-not-yours'));
    const free: Terms = { ...presetTerms('no-ai'), 'ai-train': { answer: 'free' } };
    await expect(publish(k, ada, work.id, free)).rejects.toThrow(code('authority-not-yours'));
    await publish(k, ada, work.id, presetTerms('ask-me'));
    expect(await reasons(work.id)).toEqual(['authority-theirs', 'reserved']);
    expect(claims).toHaveLength(1);
  });

  it('is over once the work is withdrawn', async () => {
    const workId = await ownWork(k, ada);
    await publish(k, ada, workId, answersPaid());
    await withdrawWork(k, { workId, party: ada.party, actor: ada.user.id, reason: 'mine no more' });
    expect((await licensable(k, workId)).licensable).toBe(false);
    expect(await rsl(workId)).not.toContain('>ai-input<');
    await expect(publish(k, ada, workId, answersPaid('7'))).rejects.toThrow(code('terms-work-withdrawn'));
  });
});

describe('consent', () => {
  it('of every holder is needed; until then machines are told no', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    expect(await reasons(workId)).toEqual(['consent-missing']);
    expect(await subjectsTo(k, other)).toContain('Your decision about “The Sea”');
    const before = await rsl(workId);
    expect(before).toContain('<permits type="usage">search</permits>');
    expect(before).toContain('<prohibits type="usage">ai-all</prohibits>');
    expect(before).not.toContain(offer.sha256);
    await decide(other, offer, 'yes');
    expect(await subjectsTo(k, ada)).toContain(`${other.party.name} has decided about “The Sea”`);
    expect(await licensable(k, workId)).toMatchObject({ licensable: true, uses: ['ai-input'] });
    expect(await rsl(workId)).toContain(offer.sha256);
  });

  it('declined or taken back later keeps it unlicensed', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    await decide(other, offer, 'no');
    expect(await reasons(workId)).toEqual(['consent-declined']);
    await decide(other, offer, 'yes');
    expect((await licensable(k, workId)).licensable).toBe(true);
    await decide(ada, offer, 'no');
    expect((await licensable(k, workId)).licensable).toBe(false);
    expect(await price(k, { workId, use: 'ai-input', unit: 'fetch' })).toBeUndefined();
  });

  it('is needed anew for a new version; the older stays in force until then', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const first = await publish(k, ada, workId, answersPaid());
    await decide(other, first.offer, 'yes');
    const second = await publish(k, ada, workId, answersPaid('90000'));
    expect((await offerInForce(k, workId))?.id).toBe(first.offer.id);
    expect((await readStanding(k, workId)).waiting?.id).toBe(second.offer.id);
    expect((await price(k, { workId, use: 'ai-input', unit: 'fetch' }))?.amountMicro).toBe(20_000n);
    await expect(decide(other, first.offer, 'yes')).rejects.toThrow(code('consent-outdated'));
    await decide(other, second.offer, 'yes');
    expect((await price(k, { workId, use: 'ai-input', unit: 'fetch' }))?.amountMicro).toBe(90_000n);
  });

  it('is asked of somebody who accepts a share later', async () => {
    const { work } = await register(k, ada, {
      holders: shared('Late'),
      authority: { answer: 'mine', holderKind: null, holderName: null },
    });
    const { offer } = await publish(k, ada, work.id, answersPaid());
    expect(await reasons(work.id)).toEqual(['claim-pending']);
    const [token] = await tokensFor(k, 'late@example.org');
    await acceptInvitation(k, {
      token: token!,
      locale: 'en',
      authority: { answer: 'mine', holderKind: null, holderName: null },
    });
    expect((await licensable(k, work.id)).licensable).toBe(false);
    await requestConsents(k, { workId: work.id });
    await requestConsents(k, { workId: work.id });
    const late = await person(k, 'Late');
    const subjects = (await subjectsTo(k, late)).filter((subject) => subject.startsWith('Your decision'));
    expect(subjects).toHaveLength(1);
    await decide(late, offer, 'yes');
    expect((await licensable(k, work.id)).licensable).toBe(true);
  });

  it('is only for holders, for uses on offer, by who may say yes', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    const eve = await person(k, 'Eve');
    await expect(decide(eve, offer, 'yes')).rejects.toThrow(code('not-a-holder'));
    await expect(decide(other, offer, 'yes', 'ai-train')).rejects.toThrow(code('consent-not-asked'));
    await expect(decide(other, { ...offer, id: 'x' }, 'yes')).rejects.toThrow(code('offer-unknown'));
    const { holders } = await readStanding(k, workId);
    const claim = holders.find(({ partyId }) => partyId === other.party.id)!;
    await setClaimAuthority(k, {
      ...by(other, workId),
      claimId: claim.claimId,
      authority: { answer: 'unsure', holderKind: null, holderName: null },
    });
    await expect(decide(other, offer, 'yes')).rejects.toThrow(code('authority-not-yours'));
    await decide(other, offer, 'no');
  });

  it('does not help while a share is disputed', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    await decide(other, offer, 'yes');
    const { holders } = await readStanding(k, workId);
    const claim = holders.find(({ partyId }) => partyId === ada.party.id)!;
    await contestClaim(k, {
      workId,
      claimId: claim.claimId,
      partyId: other.party.id,
      actor: other.user.id,
      reason: 'I wrote more of it',
    });
    expect(await reasons(workId)).toEqual(['on-hold']);
    expect(await rsl(workId)).toContain('<prohibits type="usage">ai-all</prohibits>');
  });
});

describe('taking terms back', () => {
  it('ends everything published so far, and brings no older version back', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    await decide(other, offer, 'yes');
    await publish(k, ada, workId, answersPaid('1'));
    await withdrawOffer(k, { ...by(other, workId), reason: '' });
    expect(await reasons(workId)).toEqual(['terms-withdrawn']);
    expect(await offerInForce(k, workId)).toBeUndefined();
    await expect(decide(other, offer, 'yes')).rejects.toThrow(code('offer-withdrawn'));
    await expect(withdrawOffer(k, { ...by(other, workId), reason: '' })).rejects.toThrow(
      code('offer-withdrawn'),
    );
    const again = await publish(k, ada, workId, answersPaid('1'));
    expect([again.created, again.offer.version]).toEqual([true, 3]);
  });
});

it('the public numbers add up', async () => {
  const before = await offersNumbers(k);
  await publish(k, ada, await ownWork(k, ada), answersPaid());
  await publish(k, ada, await ownWork(k, ada), presetTerms('no-ai'));
  const after = await offersNumbers(k);
  expect([
    after.inForce - before.inForce,
    after.licensable - before.licensable,
    after.reserved - before.reserved,
  ]).toEqual([2, 1, 1]);
});
