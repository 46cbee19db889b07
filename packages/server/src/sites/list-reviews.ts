import type { Kernel } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import type { Site } from './model.ts';
import { contestedSites, findChallenge, findSite } from './store.ts';
import { openReviews, type Review } from './store-reviews.ts';

/** A profile that waits for a person, with what she needs to look. */
export type WaitingReview = {
  readonly review: Review;
  readonly site: Site;
  readonly owner: string;
  /** The code that should stand in the profile's own text. */
  readonly code: string;
};

/** What waits for a moderator, oldest first. */
export async function listReviews(k: Kernel): Promise<WaitingReview[]> {
  const waiting: WaitingReview[] = [];
  for (const review of await openReviews(k.db)) {
    const [site, challenge] = [await findSite(k.db, review.siteId), await findChallenge(k.db, review.siteId)];
    if (!site) continue;
    const owner = (await findParties(k, [site.partyId])).get(site.partyId);
    waiting.push({ review, site, owner: owner?.name ?? '', code: challenge?.value ?? '' });
  }
  return waiting;
}

/** Places more than one party has proven, each with all who did. */
export async function listContested(k: Kernel): Promise<{ site: Site; owner: string }[]> {
  const sites = await contestedSites(k.db, k.clock.now());
  const owners = await findParties(
    k,
    sites.map(({ partyId }) => partyId),
  );
  return sites.map((site) => ({ site, owner: owners.get(site.partyId)?.name ?? '' }));
}
