import { recordActivity } from '../identity/index.ts';
import { failCommon, inTx, type Kernel } from '../kernel/index.ts';
import { editableWork } from './change-shares.ts';
import { parseIdentifier } from './identifiers.ts';
import type { Facts } from './input.ts';
import type { Work } from './model.ts';
import { requireWork } from './read-work.ts';
import { replaceIdentifiers, updateWork } from './store.ts';

/**
 * Stores new facts and identifiers. Throws `not-the-registrant`, `work-withdrawn`, `identifier-*`, and
 * `changed-meanwhile` when the work is no longer at the version the person looked at (two tabs).
 */
export async function editWork(
  k: Kernel,
  {
    workId,
    party,
    actor,
    version,
    facts,
  }: { workId: string; party: { id: string }; actor: string; version: number; facts: Facts },
): Promise<Work> {
  const identifiers = facts.identifiers.map(({ scheme, value }) => parseIdentifier(scheme, value));
  return inTx(k, async (t) => {
    const work = await editableWork(t, { workId, party, version });
    const { identifiers: _typed, ...rest } = facts;
    if (!(await updateWork(t.db, { ...work, ...rest }, version))) throw failCommon('changed-meanwhile');
    await replaceIdentifiers(t.db, workId, identifiers);
    await recordActivity(t, { actor, action: 'works.changed', subject: `work:${workId}` });
    return requireWork(t, workId);
  });
}
