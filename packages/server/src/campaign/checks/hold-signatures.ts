import { recordActivity } from '../../identity/index.ts';
import { emit, inTx, type Kernel } from '../../kernel/index.ts';
import type { HoldReason } from '../model.ts';
import { queueCountsNowMail } from '../signatory/compose-mails.ts';
import { type SignatoryRow, updateSignatory } from '../store.ts';
import { isHeldDomain } from './mail-domains.ts';
import { countHeldDomains, lockHeldOfDomain } from './store-holds.ts';

/** Why a person has to look at a signature before it counts; empty for nearly all. */
export async function reasonsToHold(t: Kernel, signatory: SignatoryRow): Promise<HoldReason[]> {
  const domain = signatory.mailbox_key.slice(signatory.mailbox_key.lastIndexOf('@') + 1);
  return (await isHeldDomain(t, domain)) ? ['mail-domain'] : [];
}

const BATCH = 500;

/**
 * Lets every signature held only for this mail domain count, and tells the signers. Answers how many count now.
 * Sends the event `campaign.signature-confirmed` `{ signatoryId }` for each.
 */
export async function acceptHeldOfDomain(k: Kernel, domain: string, operatorId: string): Promise<number> {
  let accepted = 0;
  for (;;) {
    const rows = await inTx(k, async (t) => {
      const held = await lockHeldOfDomain(t.db, domain, BATCH);
      for (const row of held) accepted += (await release(t, row)) ? 1 : 0;
      return held.length;
    });
    if (rows < BATCH) break;
  }
  await recordActivity(k, {
    actor: operatorId,
    action: 'campaign.held-accepted',
    subject: `mail-domain:${domain}`,
  });
  return accepted;
}

/** One reason is gone; the signature counts when it was the last. */
async function release(t: Kernel, row: SignatoryRow): Promise<boolean> {
  const left = row.held_for.filter((reason) => reason !== 'mail-domain');
  const counts = left.length === 0;
  await updateSignatory(t.db, row.id, { held_for: left, ...(counts ? { state: 'confirmed' } : {}) });
  if (!counts) return false;
  await emit(t, 'campaign.signature-confirmed', { signatoryId: row.id });
  await queueCountsNowMail(t, row, row.locale);
  return true;
}

/** Signatures that wait because of one mail domain. */
export type HeldDomain = {
  readonly domain: string;
  readonly count: number;
  readonly since: Date;
  /** The first five. */
  readonly names: readonly string[];
};

/** What waits for its mail domain, by domain, the most first. */
export function listHeldDomains(k: Kernel): Promise<HeldDomain[]> {
  return countHeldDomains(k.db);
}
