import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { eraseMailsAbout, inTx, type Kernel } from '../../kernel/index.ts';
import { checkDomainMail } from '../checks/domain-mail.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { reasonsToHold } from '../checks/hold-signatures.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { followConsent } from '../mailings/follow-mail.ts';
import { AGES } from '../model.ts';
import { fail as failCampaign } from '../problems.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { termsInForce } from '../signing/terms-in-force.ts';
import {
  deleteSignatories,
  handLinksOver,
  lockMailbox,
  lockSignatory,
  type SignatoryRow,
  selectLive,
  selectSignatory,
} from '../store.ts';
import { fail } from './roster-problems.ts';
import { clearPerson, selectRowOf } from './store-rosters.ts';

export const takeOverSchema = z.object({
  age: z.enum(AGES),
  consent: z.literal(true),
  mailConsent: z.boolean().default(false),
  consentVersion: z.coerce.number().int(),
});

/**
 * Makes a signature that somebody gave for a person, or that came from elsewhere, her own: with her consent of today, to the
 * text that was signed for her. From then on the list it came from has no say about it.
 * Throws `signature-link-unknown`, `take-over-not-needed`, `declaration-outdated`.
 */
export async function takeOver(
  k: Kernel,
  { signatoryId, ...input }: z.infer<typeof takeOverSchema> & { signatoryId: string },
): Promise<void> {
  const consent = currentConsent();
  if (input.consentVersion !== consent.version) throw failCampaign('declaration-outdated');
  await inTx(k, async (t) => {
    const seen = await selectSignatory(t.db, signatoryId);
    if (!seen) throw failCampaign('signature-link-unknown');
    await lockMailbox(t.db, seen.mailbox_key);
    const row = await lockSignatory(t.db, signatoryId);
    const live = row?.state === 'confirmed' || row?.state === 'held';
    const waiting = row && (await selectLive(t.db, row.mailbox_key));
    const signed = waiting !== undefined && waiting.state !== 'pending';
    if (!row || !live || row.basis === 'mailbox' || row.email === '' || signed)
      throw fail('take-over-not-needed');
    const now = t.clock.now();
    if (waiting) await replacePending(t, waiting.id, row.id);
    const own: SignatoryRow = {
      ...row,
      basis: 'mailbox',
      through_name: null,
      through_party_id: null,
      source: null,
      age: input.age,
      consent_version: consent.version,
      consented_at: now,
      mail_consent_version: input.mailConsent ? consent.version : null,
      mail_consented_at: input.mailConsent ? now : null,
      terms_version: await termsInForce(t),
      confirmed_at: now,
      held_for: [...new Set([...row.held_for, ...(await reasonsToHold(t, row))])],
    };
    const settled = await settle(t, own, await holdsFor(t, own));
    await checkDomainMail(t, settled);
    await followConsent(t, row, settled);
    const listed = await selectRowOf(t.db, row.id);
    if (listed) await clearPerson(t.db, listed.id, 'answered');
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.signature-taken-over', subject });
  });
}

/** What anybody typed with this mailbox, and nobody confirmed, does not stand in the way; its link says that all is done. */
async function replacePending(t: Kernel, pendingId: string, by: string): Promise<void> {
  await handLinksOver(t.db, pendingId, by, t.clock.now());
  await eraseMailsAbout(t, [aboutSignatory(pendingId)]);
  await deleteSignatories(t.db, [pendingId]);
  const subject = `signatory:${pendingId}`;
  await recordActivity(t, { actor: 'system', action: 'campaign.sign-up-replaced', subject });
}
