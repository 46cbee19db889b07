import { failCommon, type Kernel } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import type { Consent, Offer } from './model.ts';
import type { OfferDocument } from './offer-document.ts';
import { failOffers } from './problems.ts';
import { readStanding } from './read-standing.ts';
import { requireHolder } from './require-holder.ts';
import { selectConsents, selectOffers, selectWithdrawnUpTo } from './store.ts';

export type Version = Offer & {
  readonly state: 'in-force' | 'waiting' | 'replaced' | 'withdrawn';
  readonly consents: readonly Consent[];
};

/** All versions of a work with their state and consents, newest first. Throws `work-unknown`. */
export async function versionsOf(k: Kernel, workId: string): Promise<Version[]> {
  const standing = await readStanding(k, workId);
  const offers = await selectOffers(k.db, workId);
  const withdrawnUpTo = await selectWithdrawnUpTo(k.db, workId);
  const consents = await selectConsents(
    k.db,
    offers.map(({ id }) => id),
  );
  return offers.map((offer) => ({
    ...offer,
    state: stateOf(offer, withdrawnUpTo, standing),
    consents: consents.filter((one) => one.offerId === offer.id),
  }));
}

function stateOf(
  offer: Offer,
  withdrawnUpTo: number,
  standing: Awaited<ReturnType<typeof readStanding>>,
): Version['state'] {
  if (offer.version <= withdrawnUpTo) return 'withdrawn';
  if (offer.id === standing.inForce?.id) return 'in-force';
  return offer.id === standing.waiting?.id ? 'waiting' : 'replaced';
}

/** As `versionsOf`, for a holder. Throws `work-unknown`, `not-a-holder`. */
export async function listVersions(k: Kernel, who: { workId: string; partyId: string }): Promise<Version[]> {
  await requireHolder(k, who);
  return versionsOf(k, who.workId);
}

/**
 * A version for the public: the one in force, or the one with the number. Throws `work-unknown`, `offer-unknown`. A
 * version that names somebody who has since been erased is no longer shown.
 */
export async function publicVersion(k: Kernel, workId: string, number?: string): Promise<Version> {
  const versions = await versionsOf(k, workId);
  const found =
    number === undefined
      ? versions.find(({ state }) => state === 'in-force')
      : versions.find(({ version }) => version.toString() === number);
  if (!found) throw failOffers('offer-unknown');
  if (await namesErased(k, found)) throw failCommon('not-found');
  return found;
}

/** Whether a version names a party that was erased since. */
export async function namesErased(k: Kernel, offer: Offer): Promise<boolean> {
  const { licensors } = JSON.parse(offer.document) as OfferDocument;
  const ids = licensors.map(({ party }) => party);
  const parties = await findParties(k, ids);
  return ids.some((id) => parties.get(id)?.erased !== false);
}
