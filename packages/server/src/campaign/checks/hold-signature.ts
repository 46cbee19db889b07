import { emit, type Kernel, stopMailsTo } from '../../kernel/index.ts';
import type { HoldReason } from '../model.ts';
import { countReviewsOf, deleteOpenNameReviews, insertReview } from '../reviews/store-reviews.ts';
import { type SignatoryRow, updateSignatory } from '../store.ts';
import { keysOf, looksLike, shapeOf } from './fold-name.ts';
import { isUnderEmbargo } from './store-holds.ts';
import { type ProtectedName, selectByKeys } from './store-names.ts';

/** Why a signature that its owner has confirmed must wait; nothing for nearly all of them. */
export async function holdsFor(t: Kernel, row: SignatoryRow): Promise<HoldReason[]> {
  // What others hold a signature for is theirs to end.
  const rest = row.held_for.filter((reason) => reason !== 'name' && reason !== 'embargo');
  const holds: HoldReason[] = [...rest];
  if (row.cleared_name !== row.name_folded && (await protectedLike(t, row.name, row.id))) holds.push('name');
  if (await isUnderEmbargo(t.db, row.declaration_version)) holds.push('embargo');
  return holds;
}

/** The protected name somebody could take this one for, unless it is this signatory's own. */
export async function protectedLike(
  t: Kernel,
  name: string,
  signatoryId: string,
): Promise<ProtectedName | undefined> {
  const shape = shapeOf(name);
  const near = await selectByKeys(t.db, keysOf(shape));
  return near.find((one) => one.signatoryId !== signatoryId && looksLike(shape, shapeOf(one.name)));
}

/**
 * Writes a signature that its owner has confirmed and lets it count or wait. Asks a moderator when the name is held.
 * Sends `campaign.signature-confirmed` when it begins to count and `campaign.signature-held` when it ends to.
 */
export async function settle(
  t: Kernel,
  row: SignatoryRow,
  holds: readonly HoldReason[],
): Promise<SignatoryRow> {
  const state = holds.length > 0 ? ('held' as const) : ('confirmed' as const);
  const settled: SignatoryRow = { ...row, state, held_for: [...holds] };
  await updateSignatory(t.db, row.id, settled);
  if (state === 'held' && row.email !== '') await stopMailsTo(t, row.email, 'news');
  if (!holds.includes('name')) await deleteOpenNameReviews(t.db, row.id);
  else if ((await countReviewsOf(t.db, row.id, 'name')) === 0) await askAboutName(t, settled);
  if (state !== row.state && !(state === 'held' && row.state === 'pending')) {
    const event = state === 'confirmed' ? 'campaign.signature-confirmed' : 'campaign.signature-held';
    await emit(t, event, { signatoryId: row.id });
  }
  return settled;
}

async function askAboutName(t: Kernel, row: SignatoryRow): Promise<void> {
  const like = await protectedLike(t, row.name, row.id);
  await insertReview(t.db, {
    id: t.ids.id(),
    kind: 'name',
    signatoryId: row.id,
    ground: like?.name ?? row.name,
    words: like?.reason ?? '',
    reporterEmail: null,
    reporterLocale: null,
    openedAt: t.clock.now(),
  });
}
