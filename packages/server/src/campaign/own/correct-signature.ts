import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { followName } from '../checks/follow-name.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { followConsent } from '../mailings/follow-mail.ts';
import { fail } from '../problems.ts';
import { type Correction, corrected } from '../signing/confirm-signature.ts';
import { lockSignatory, updateSignatory } from '../store.ts';

/**
 * Changes how a person is shown, and whether we may write to her. A new name that looks like a protected one waits for a
 * moderator; with another name end the checks of the old one and the place among the featured. Throws `signature-link-unknown`, `signature-withdrawn`, `signature-invalidated`, `name-not-a-name`.
 */
export async function correctSignature(k: Kernel, signatoryId: string, to: Correction): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state === 'withdrawn') throw fail('signature-withdrawn');
    if (row.state === 'invalidated') throw fail('signature-invalidated');
    const meant = await followName(t, row, { ...row, ...corrected(row, to, t.clock.now()) });
    if (row.state === 'confirmed' || row.state === 'held') await settle(t, meant, await holdsFor(t, meant));
    else await updateSignatory(t.db, row.id, meant);
    await followConsent(t, row, meant);
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.signature-corrected', subject });
  });
}
