import type { Kernel } from '../../kernel/index.ts';
import type { OpenReview } from '../reviews/store-reviews.ts';
import { isId } from '../wall/report-entry.ts';
import {
  type HeldHere,
  isReviewOfPartner,
  selectHeldOf,
  selectReviewsOfPartner,
  selectSignatoriesOf,
} from './store-partners.ts';

const NAMES = 100;

/** Those who came through a partner, count and show their names, newest first, 100 at most. */
export function listSignatoriesOf(k: Kernel, partnerId: string) {
  return selectSignatoriesOf(k.db, partnerId, NAMES);
}

/** What waits of a partner's signatures, the longest first, 100 at most. */
export function listHeldOf(k: Kernel, partnerId: string): Promise<HeldHere[]> {
  return selectHeldOf(k.db, partnerId, NAMES);
}

/** Open reports and evidence about signatures of a partner, oldest first, 100 at most. */
export function listReviewsOf(k: Kernel, partnerId: string): Promise<OpenReview[]> {
  return selectReviewsOfPartner(k.db, partnerId, NAMES);
}

/** Whether a review is one of those. */
export async function isReviewHere(k: Kernel, partnerId: string, reviewId: string): Promise<boolean> {
  return isId(reviewId) && (await isReviewOfPartner(k.db, partnerId, reviewId));
}
