import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { endConsent, type Source, selectSource } from './store-partners.ts';

/** Stops mail from the partner a person signed through: from now on she is in no export. Twice changes nothing. */
export async function endPartnerConsent(k: Kernel, signatoryId: string): Promise<void> {
  await inTx(k, async (t) => {
    if (!(await endConsent(t.db, signatoryId, t.clock.now()))) return;
    const subject = `signatory:${signatoryId}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.partner-consent-ended', subject });
  });
}

/** Through which partner a signature came and what its owner agreed to there. */
export function sourceOf(k: Kernel, signatoryId: string): Promise<Source | undefined> {
  return selectSource(k.db, signatoryId);
}
