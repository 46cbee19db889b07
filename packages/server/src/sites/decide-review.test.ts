import { afterAll, beforeAll, expect, it } from 'vitest';
import { listActivity } from '../identity/index.ts';
import { openMails } from '../kernel/index.ts';
import { askForReview, checkProof } from './check-proof.ts';
import { controlOf } from './control-of.ts';
import { claimReview, decideReview } from './decide-review.ts';
import { listReviews } from './list-reviews.ts';
import { siteDetails } from './list-sites.ts';
import { registerSite } from './register-site.ts';
import { releaseSite } from './release-site.ts';
import { startProof } from './start-proof.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let operator: string;
beforeAll(async () => {
  w = await openSitesWorld();
  operator = (await w.visitor()).userId;
});
afterAll(() => w.close());

async function waiting() {
  const owner = await w.visitor();
  const site = await registerSite(w.k, { partyId: owner.partyId, url: 'instagram.com/jane' });
  const { value } = await startProof(w.k, site.id);
  await checkProof(w.k, site.id, 'code');
  const found = (await listReviews(w.k)).find((one) => one.site.id === site.id)!;
  expect(found).toMatchObject({
    owner: 'Jane',
    code: value,
    review: { reason: 'platform-refuses-programs' },
  });
  return { owner, site, reviewId: found.review.id };
}

it('a confirmation is a proof by the method moderator, with mail and a line in the activity log', async () => {
  const { owner, site, reviewId } = await waiting();
  await claimReview(w.k, reviewId, operator);
  expect((await siteDetails(w.k, site.id, owner.partyId)).state).toBe('waiting');
  const note = 'The code stands in the biography.';
  await decideReview(w.k, { reviewId, by: operator, decision: 'confirmed', note });
  const control = await controlOf(w.k, { partyId: owner.partyId, url: 'https://www.instagram.com/Jane/' });
  expect(control).toMatchObject({ siteId: site.id, method: 'moderator' });
  const mail = (await openMails(w.k)).find(({ recipient }) => recipient === owner.email)!;
  expect(mail.subject).toBe('instagram.com/jane is confirmed as yours');
  expect(mail.text).toContain(note);
  const actions = (await listActivity(w.k, { subject: `site:${site.id}`, limit: 10 })).map(
    (line) => line.action,
  );
  expect(actions).toEqual(['sites.control-proven', 'sites.review-confirmed', 'sites.site-registered']);
  expect((await listReviews(w.k)).filter((one) => one.site.id === site.id)).toEqual([]);
});

it('a refusal says why and leaves the way open', async () => {
  const { owner, site, reviewId } = await waiting();
  const note = 'I only saw it in a comment.';
  await decideReview(w.k, { reviewId, by: operator, decision: 'refused', note });
  const details = await siteDetails(w.k, site.id, owner.partyId);
  expect(details).toMatchObject({ state: 'open', proof: undefined });
  expect(details.checks.map(({ result }) => result)).toContain('refused-by-moderator');
  await askForReview(w.k, site.id);
  expect((await siteDetails(w.k, site.id, owner.partyId)).state).toBe('waiting');
});

it('nobody decides twice, about their own profile, without a reason, or after the site was given up', async () => {
  const { owner, site, reviewId } = await waiting();
  const decide = (by: string, note = 'Seen.') =>
    decideReview(w.k, { reviewId, by, decision: 'confirmed', note });
  await expect(decide(owner.userId)).rejects.toMatchObject({ code: 'site-review-own' });
  await expect(decide(operator, ' ')).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(decide(operator, 'x\u202ey')).rejects.toMatchObject({ code: 'invalid-input' });
  const both = await Promise.allSettled([decide(operator), decide(operator)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(decide(operator)).rejects.toMatchObject({ code: 'site-review-not-open' });
  const other = await waiting();
  await releaseSite(w.k, other.site.id);
  await expect(
    decideReview(w.k, { reviewId: other.reviewId, by: operator, decision: 'confirmed', note: 'x' }),
  ).rejects.toMatchObject({ code: 'site-review-not-open' });
  await expect(claimReview(w.k, 'nonsense', operator)).rejects.toMatchObject({
    code: 'site-review-not-open',
  });
  expect(site.id).toBeDefined();
});
