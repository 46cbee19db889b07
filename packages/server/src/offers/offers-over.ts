import type { Kernel } from '../kernel/index.ts';
import type { Consent, Offer } from './model.ts';
import { requiredHolders } from './require-holder.ts';
import { versionInForce } from './standing.ts';
import { selectConsents, selectOffers, selectWithdrawals } from './store.ts';

/** A version while it was in force: from `from` to before `to`; open-ended while it still is. */
export type OfferSpan = {
  readonly offerId: string;
  readonly version: number;
  readonly sha256: string;
  /** The exact text under the hash. */
  readonly document: string;
  readonly from: Date;
  readonly to: Date | undefined;
};

/**
 * Which versions of a work's terms were in force in a period, each with its text and the time it began and ended, oldest
 * first. Where nothing is, no terms were in force: nothing was offered. Publication, consents and withdrawals count at
 * their time; whose consent is needed is taken from the holders of today. Throws `work-unknown`.
 */
export async function offersOver(
  k: Kernel,
  { workId, from, to }: { workId: string; from: Date; to: Date },
): Promise<OfferSpan[]> {
  const required = [...new Set((await requiredHolders(k, workId)).map(({ partyId }) => partyId))];
  const offers = await selectOffers(k.db, workId);
  const withdrawals = await selectWithdrawals(k.db, workId);
  const consents = await selectConsents(
    k.db,
    offers.map(({ id }) => id),
  );
  const changes = [
    ...offers.map(({ publishedAt }) => publishedAt),
    ...withdrawals.map(({ at }) => at),
    ...consents.flatMap(({ decidedAt }) => decidedAt ?? []),
  ].map((at) => at.getTime());
  const moments = [...new Set(changes)].sort((a, b) => a - b);
  const spans: OfferSpan[] = [];
  let current: Offer | undefined;
  for (const moment of moments) {
    const at = new Date(moment);
    const gone = Math.max(0, ...withdrawals.filter((one) => one.at <= at).map((one) => one.upToVersion));
    const there = offers
      .filter(({ version, publishedAt }) => version > gone && publishedAt <= at)
      .map((offer) => ({ ...offer, consents: consentsAt(consents, offer.id, at) }));
    const next = versionInForce(there, required);
    if (next?.id === current?.id) continue;
    const last = spans.at(-1);
    if (last && current) spans[spans.length - 1] = { ...last, to: at };
    if (next) {
      const { id: offerId, version, sha256, document } = next;
      spans.push({ offerId, version, sha256, document, from: at, to: undefined });
    }
    current = next;
  }
  return spans.filter((span) => span.from < to && (span.to === undefined || span.to > from));
}

function consentsAt(consents: readonly Consent[], offerId: string, at: Date): Consent[] {
  return consents.filter((one) => one.offerId === offerId && one.decidedAt !== null && one.decidedAt <= at);
}
