import type { Kernel } from '../../kernel/index.ts';
import { fail as failCampaign } from '../problems.ts';
import { fail } from './problems.ts';
import { deleteSource, type Partner, selectPartner, upsertSource } from './store-partners.ts';

/** What a form of a partner says: through whom one signs, and whether that one may write. */
export type SourceInput = {
  readonly source?: string | undefined;
  readonly partnerConsent?: boolean | undefined;
  readonly partnerConsentVersion?: number | undefined;
};

/**
 * The partner a form belongs to. Throws `partner-unknown`, `partner-left`, and `declaration-outdated` when somebody
 * agreed to another line than the one of now.
 */
export async function partnerOfForm(k: Kernel, input: SourceInput): Promise<Partner | undefined> {
  if (!input.source) return undefined;
  const partner = await selectPartner(k.db, input.source);
  if (!partner) throw fail('partner-unknown');
  if (partner.leftAt) throw fail('partner-left');
  if (input.partnerConsent && input.partnerConsentVersion !== partner.consent.version)
    throw failCampaign('declaration-outdated');
  return partner;
}

/** Writes through whom somebody signs. Who signs again, and not through a partner, came through none. */
export async function recordSource(
  t: Kernel,
  signatoryId: string,
  about: { partner: Partner | undefined; consent: boolean },
): Promise<void> {
  const { partner, consent } = about;
  if (!partner) return deleteSource(t.db, signatoryId);
  await upsertSource(t.db, {
    signatoryId,
    partnerId: partner.id,
    consentVersion: consent ? partner.consent.version : null,
    at: t.clock.now(),
  });
}
