import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { settle } from '../checks/hold-signature.ts';
import { removeSignature } from '../desk/decide-review.ts';
import { fail as failCampaign } from '../problems.ts';
import { endReports } from '../reviews/end-reports.ts';
import { isOwn } from '../reviews/is-own.ts';
import { queueDecisionMail } from '../reviews/review-mails.ts';
import { queueCountsNowMail } from '../signatory/compose-mails.ts';
import { lockSignatory } from '../store.ts';
import { isId } from '../wall/report-entry.ts';
import { fail } from './problems.ts';
import { isOfPartner } from './store-partners.ts';

/**
 * Decides about one signature of a partner that waits for its mail provider; the person is told. One that waits for its
 * name too is the campaign's. Throws `held-not-here`, `review-own`.
 */
export async function decideHeld(
  k: Kernel,
  about: {
    partnerId: string;
    signatoryId: string;
    outcome: 'accepted' | 'removed';
    answer: string;
    by: string;
  },
): Promise<void> {
  const { partnerId, signatoryId, outcome, answer, by } = about;
  await inTx(k, async (t) => {
    const row = isId(signatoryId) ? await lockSignatory(t.db, signatoryId) : undefined;
    const ours = row?.state === 'held' && (await isOfPartner(t.db, partnerId, row.id));
    if (!row || !ours || row.held_for.includes('name') || !row.held_for.includes('mail-domain'))
      throw fail('held-not-here');
    if (await isOwn(t, row, by)) throw failCampaign('review-own');
    if (outcome === 'removed') {
      await removeSignature(t, row);
      await endReports(t, [row.id], { outcome, answer, by });
      await queueDecisionMail(t, row, { kind: 'report', outcome, answer });
    } else {
      const left = row.held_for.filter((reason) => reason !== 'mail-domain');
      const now = await settle(t, row, left);
      if (now.state === 'confirmed') await queueCountsNowMail(t, now, now.locale);
    }
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: by, action: `campaign.held-${outcome}`, subject });
  });
}
