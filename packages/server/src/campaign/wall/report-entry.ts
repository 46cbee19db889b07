import { z } from 'zod';
import { cleanText, failCommon, inTx, type Kernel, type Limit, type Locale } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { countReviewsOf, insertReview } from '../reviews/store-reviews.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { lockSignatory } from '../store.ts';

export const GROUNDS = ['not-this-person', 'invented', 'insulting', 'my-data', 'other'] as const;

export const reportSchema = z.object({
  ground: z.enum(GROUNDS),
  words: cleanText(2_000).refine((text) => text.length >= 10, 'at least 10 characters'),
  /** For the answer; may be left out. */
  email: z.preprocess((value) => (value === '' ? undefined : value), z.string().trim().max(1_000).optional()),
});

const PER_NETWORK: Limit = { name: 'campaign-report', per: 20, windowMs: 3_600_000, burst: 10 };
const MOST_OPEN = 20;

/**
 * Reports an entry of the wall to the moderators. The entry stays until they decide. The address is used for the answer
 * only and deleted with it. Throws `entry-unknown`, `signature-address-invalid`, `too-many-requests`.
 */
export async function reportEntry(
  k: Kernel,
  about: z.infer<typeof reportSchema> & { signatoryId: string; locale: Locale },
  network?: string,
): Promise<void> {
  const email = about.email === undefined ? null : readMailbox(about.email).address;
  const wait = network === undefined ? 0 : Math.ceil(k.limits.take(PER_NETWORK, network) / 1_000);
  if (wait > 0) throw failCommon('too-many-requests', { headers: { 'Retry-After': String(wait) } });
  await inTx(k, async (t) => {
    const row = isId(about.signatoryId) ? await lockSignatory(t.db, about.signatoryId) : undefined;
    if (row?.state !== 'confirmed' || row.hidden) throw fail('entry-unknown');
    // A crowd that reports one entry is heard once.
    if ((await countReviewsOf(t.db, row.id, 'report')) >= MOST_OPEN) return;
    await insertReview(t.db, {
      id: t.ids.id(),
      kind: 'report',
      signatoryId: row.id,
      ground: about.ground,
      words: about.words,
      reporterEmail: email,
      reporterLocale: email === null ? null : about.locale,
      openedAt: t.clock.now(),
    });
  });
}

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
