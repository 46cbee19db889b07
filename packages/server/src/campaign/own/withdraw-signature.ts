import { recordActivity } from '../../identity/index.ts';
import { emit, inTx, type Kernel, stopMailsTo } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { endReports } from '../reviews/end-reports.ts';
import { lockSignatory, supersedeLinks, updateSignatory } from '../store.ts';

/**
 * Takes a signature back: the name leaves wall and count at once, the record stays as proof of the consent that was
 * given. Doing it twice changes nothing. The consent to mail ends with it. Throws `signature-link-unknown`.
 * Sends the event `campaign.signature-withdrawn` `{ signatoryId }` if the signature counted.
 */
export async function withdrawSignature(k: Kernel, signatoryId: string): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state === 'withdrawn') return;
    const now = t.clock.now();
    await updateSignatory(t.db, row.id, { state: 'withdrawn', withdrawn_at: now, held_for: [] });
    await supersedeLinks(t.db, row.id, now);
    await endReports(t, [row.id], { outcome: 'gone' });
    if (row.email !== '') await stopMailsTo(t, row.email, 'news');
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.signature-withdrawn', subject });
    if (row.state === 'confirmed') await emit(t, 'campaign.signature-withdrawn', { signatoryId: row.id });
  });
}
