import type { Kernel } from '../../kernel/index.ts';
import { queueReportAnswer } from './review-mails.ts';
import { closeReview, lockOpenReviewsOf } from './store-reviews.ts';

/** Why entries are no longer there: somebody took them out with a reason, or their owners took them back. */
export type Ended =
  | { readonly outcome: 'removed'; readonly answer: string; readonly by: string }
  | { readonly outcome: 'gone' };

/**
 * Closes what is open about signatures that leave, before they leave: whoever reported one and left an address is answered,
 * once each, and the address goes.
 */
export async function endReports(t: Kernel, signatoryIds: readonly string[], ended: Ended): Promise<void> {
  const { outcome, answer, by } = { answer: '', by: null, ...ended };
  const at = t.clock.now();
  const answered = new Set<string>();
  for (const { id, signatoryId, reporterEmail, reporterLocale } of await lockOpenReviewsOf(
    t.db,
    signatoryIds,
  )) {
    await closeReview(t.db, id, { outcome, answer, by, at });
    const once = `${signatoryId} ${reporterEmail?.toLowerCase()}`;
    if (reporterEmail === null || answered.has(once)) continue;
    answered.add(once);
    await queueReportAnswer(t, { to: reporterEmail, locale: reporterLocale ?? 'en', outcome, answer });
  }
}
