import { inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { countReviewsOf, insertReview } from '../reviews/store-reviews.ts';
import { lockSignatory } from '../store.ts';

/**
 * Lays what a signatory says shows who she is before a moderator; one at a time.
 * Throws `signature-link-unknown`, `signature-not-confirmed`, `evidence-waits`.
 */
export async function sendEvidence(
  k: Kernel,
  { signatoryId, words }: { signatoryId: string; words: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state !== 'confirmed' && row.state !== 'held') throw fail('signature-not-confirmed');
    if ((await countReviewsOf(t.db, row.id, 'evidence')) > 0) throw fail('evidence-waits');
    await insertReview(t.db, {
      id: t.ids.id(),
      kind: 'evidence',
      signatoryId: row.id,
      ground: '',
      words,
      reporterEmail: null,
      reporterLocale: null,
      openedAt: t.clock.now(),
    });
  });
}
