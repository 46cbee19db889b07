import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanLine, cleanText, inTx, type Kernel } from '../../kernel/index.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { insertCheck } from '../checks/store-checks.ts';
import { deleteProtectedNameOf } from '../checks/store-names.ts';
import { fail } from '../problems.ts';
import { endReports } from '../reviews/end-reports.ts';
import { isOwn } from '../reviews/is-own.ts';
import { queueDecisionMail, queueReportAnswer } from '../reviews/review-mails.ts';
import {
  closeReview,
  countOpenReviews,
  lockOpenReview,
  type OpenReview,
  type Outcome,
  type Review,
  type ReviewKind,
  selectOpenReviews,
} from '../reviews/store-reviews.ts';
import { lockSignatory, type SignatoryRow, updateSignatory } from '../store.ts';
import { noteRemoval } from './note-removal.ts';

/** What can be decided about each kind. */
export const OUTCOMES = {
  name: ['allowed', 'namesake', 'removed'],
  report: ['kept', 'removed'],
  evidence: ['accepted', 'refused'],
} as const satisfies { readonly [K in ReviewKind]: readonly Outcome[] };

export const decisionSchema = z.object({
  outcome: z.enum(['allowed', 'namesake', 'removed', 'kept', 'accepted', 'refused']),
  answer: cleanText(2_000).refine((text) => text !== '', 'must not be empty'),
  town: z.preprocess((value) => (value === '' ? undefined : value), cleanLine(100).optional()),
});

/**
 * Decides what waits: a name that looks like a protected one, a report, evidence. The reason goes by mail to the person
 * it is about and to whoever reported and left an address; it is kept. What is taken out ends all other reports about it too.
 * Throws `review-not-open`, `review-own`, `namesake-needs-town`, `invalid-input`.
 */
export async function decideReview(
  k: Kernel,
  { reviewId, by, ...input }: { reviewId: string; by: string } & z.input<typeof decisionSchema>,
): Promise<void> {
  const { outcome, answer, town } = checkFields(decisionSchema, input);
  await inTx(k, async (t) => {
    const review = /^[0-9a-f-]{36}$/.test(reviewId) ? await lockOpenReview(t.db, reviewId) : undefined;
    const row = review && (await lockSignatory(t.db, review.signatoryId));
    const fits = review && (OUTCOMES[review.kind] as readonly Outcome[]).includes(outcome);
    if (!row || !fits || (row.state !== 'confirmed' && row.state !== 'held')) throw fail('review-not-open');
    if (await isOwn(t, row, by)) throw fail('review-own');
    const at = t.clock.now();
    // Closed first: letting a name through ends open questions about it.
    await closeReview(t.db, review.id, { outcome, answer, by, at });
    await carryOut(t, { review, row, outcome, by, town: town ?? row.town });
    if (outcome === 'removed') await endReports(t, [row.id], { outcome, answer, by });
    await queueDecisionMail(t, row, { kind: review.kind, outcome, answer });
    if (review.reporterEmail)
      await queueReportAnswer(t, {
        to: review.reporterEmail,
        locale: review.reporterLocale ?? 'en',
        outcome,
        answer,
      });
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: by, action: `campaign.review-${outcome}`, subject });
  });
}

async function carryOut(
  t: Kernel,
  about: { review: Review; row: SignatoryRow; outcome: Outcome; by: string; town: string | null },
): Promise<void> {
  const { row, outcome, by, town } = about;
  switch (outcome) {
    case 'namesake':
    case 'allowed': {
      if (outcome === 'namesake' && town === null) throw fail('namesake-needs-town');
      const cleared = { ...row, cleared_name: row.name_folded, namesake: outcome === 'namesake', town };
      await settle(t, cleared, await holdsFor(t, cleared));
      return;
    }
    case 'removed':
      await removeSignature(t, row);
      return;
    case 'accepted':
      await insertCheck(t.db, {
        id: t.ids.id(),
        signatoryId: row.id,
        method: 'evidence',
        detail: '',
        by,
        at: t.clock.now(),
      });
      return;
    default:
  }
}

/** Takes a signature out on a moderator's word. */
export async function removeSignature(t: Kernel, row: SignatoryRow): Promise<void> {
  await noteRemoval(t, 'moderator', [row]);
  await deleteProtectedNameOf(t.db, row.id);
  await updateSignatory(t.db, row.id, {
    state: 'withdrawn',
    withdrawn_at: t.clock.now(),
    // It never counted, or no longer did: it is none of those who took their signature back.
    confirmed_at: null,
    held_for: [],
    featured_at: null,
    featured_by: null,
  });
}

/** What waits for a moderator, oldest first, 100 at most, and how much there is. */
export async function openReviews(k: Kernel): Promise<{ reviews: OpenReview[]; count: number }> {
  return { reviews: await selectOpenReviews(k.db, 100), count: await countOpenReviews(k.db) };
}
