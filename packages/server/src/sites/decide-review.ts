import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { checkFields, cleanText, inTx, type Kernel } from '../kernel/index.ts';
import { mayAct } from '../parties/index.ts';
import type { Check } from './model.ts';
import { writeToOwner } from './notify-owner.ts';
import { failSites } from './problems.ts';
import { recordCheck } from './record-check.ts';
import { requireHeldSite } from './require-site.ts';
import { findReview, markClaimed, markDecided, type Review } from './store-reviews.ts';

/** What a moderator decides; the reason is sent to the owner and kept. */
export const decisionSchema = z.object({
  decision: z.enum(['confirmed', 'refused']),
  note: cleanText(2_000).refine((text) => text !== '', 'must not be empty'),
});

/**
 * Records what a person saw on a profile: `confirmed` is a proof by the method `moderator`. The owner gets a mail with
 * the reason.
 * @param input `by` is the user's id.
 * @throws `site-review-not-open`, `site-review-own`, `invalid-input`, `site-released`
 */
export async function decideReview(
  k: Kernel,
  input: { reviewId: string; by: string } & z.input<typeof decisionSchema>,
): Promise<Check> {
  const { decision, note } = checkFields(decisionSchema, input);
  return inTx(k, async (t) => {
    const { review, site } = await openReviewFor(t, input.reviewId, input.by);
    const decided = { decision, note, by: input.by, at: t.clock.now() };
    if (!(await markDecided(t.db, review.id, decided))) throw failSites('site-review-not-open');
    const subject = `site:${site.id}`;
    await recordActivity(t, { actor: input.by, action: `sites.review-${decision}`, subject });
    await writeToOwner(t, site, { kind: decision, note });
    const result = decision === 'confirmed' ? 'proven' : 'refused-by-moderator';
    const look = { result, evidence: { asked: site.url, note } } as const;
    return recordCheck(t, { site, method: 'moderator', look, actor: input.by });
  });
}

/**
 * Says that a moderator is looking at a profile, so that others take the next one.
 * @throws `site-review-not-open`, `site-review-own`
 */
export async function claimReview(k: Kernel, reviewId: string, by: string): Promise<void> {
  await inTx(k, async (t) => {
    const { review } = await openReviewFor(t, reviewId, by);
    if (!(await markClaimed(t.db, review.id, by, t.clock.now()))) throw failSites('site-review-not-open');
  });
}

async function openReviewFor(t: Kernel, reviewId: string, by: string) {
  const review: Review | undefined = /^[0-9a-f-]{36}$/.test(reviewId)
    ? await findReview(t.db, reviewId)
    : undefined;
  if (!review || review.decidedAt !== undefined) throw failSites('site-review-not-open');
  const site = await requireHeldSite(t, review.siteId);
  if (await mayAct(t, { userId: by, partyId: site.partyId, as: 'member' }))
    throw failSites('site-review-own');
  return { review, site };
}
