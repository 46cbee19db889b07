import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { isOwn } from '../reviews/is-own.ts';
import { lockSignatory, updateSignatory } from '../store.ts';
import { keysOf, shapeOf } from './fold-name.ts';
import { selectChecks } from './store-checks.ts';
import { deleteProtectedNameOf, insertProtectedName } from './store-names.ts';

/**
 * Shows a signatory among the featured: a moderator decides, and at least one check beyond the e-mail must stand. The
 * name is protected from then on. Throws `entry-unknown`, `review-own`, `featured-needs-check`.
 */
export async function featureSignatory(
  k: Kernel,
  { signatoryId, by }: { signatoryId: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (row?.state !== 'confirmed' || row.hidden) throw fail('entry-unknown');
    if (await isOwn(t, row, by)) throw fail('review-own');
    if (!(await selectChecks(t.db, [row.id])).has(row.id)) throw fail('featured-needs-check');
    await updateSignatory(t.db, row.id, { featured_at: t.clock.now(), featured_by: by });
    await insertProtectedName(t.db, {
      id: t.ids.id(),
      name: row.name,
      keys: keysOf(shapeOf(row.name)),
      reason: '',
      signatoryId: row.id,
      addedBy: by,
      addedAt: t.clock.now(),
    });
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: by, action: 'campaign.featured', subject });
  });
}

/** Takes a signatory from the featured, and the name from the list if it stood there for her. */
export async function unfeatureSignatory(
  k: Kernel,
  { signatoryId, by }: { signatoryId: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await endFeature(t, signatoryId);
    const subject = `signatory:${signatoryId}`;
    await recordActivity(t, { actor: by, action: 'campaign.unfeatured', subject });
  });
}

/** What featuring brought ends with it. */
export async function endFeature(t: Kernel, signatoryId: string): Promise<void> {
  await updateSignatory(t.db, signatoryId, { featured_at: null, featured_by: null });
  await deleteProtectedNameOf(t.db, signatoryId);
}
