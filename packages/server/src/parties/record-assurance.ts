import type { Kernel } from '../kernel/index.ts';
import type { Assurance } from './model.ts';
import { insertAssurance, selectAssurances } from './store.ts';

/** Records what was checked about a party, how and when. */
export async function recordAssurance(t: Kernel, partyId: string, about: Assurance): Promise<void> {
  const { kind, method, evidence, checkedAt } = about;
  const id = t.ids.id();
  await insertAssurance(t.db, { id, party_id: partyId, kind, method, evidence, checked_at: checkedAt });
}

/** All that was checked about a party, oldest first. */
export async function assurancesOf(k: Kernel, partyId: string): Promise<Assurance[]> {
  const rows = await selectAssurances(k.db, partyId);
  return rows.map(({ kind, method, evidence, checked_at }) => ({
    kind,
    method,
    evidence,
    checkedAt: checked_at,
  }));
}
