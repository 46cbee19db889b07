import type { Kernel } from '../kernel/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { requireWork } from '../works/index.ts';
import { termsChanges } from './compare-terms.ts';
import type { Offer } from './model.ts';
import { requiredHolders } from './require-holder.ts';
import type { ConsentState } from './standing.ts';
import { insertConsent, selectConsents, updateConsent } from './store.ts';
import { grantedAiUses, type Use } from './terms.ts';
import { writeToParty } from './write-to-party.ts';

/**
 * Asks every required holder who has not been asked yet for a yes to each AI use of a version, and writes to them. Asking
 * again changes nothing, so it also serves when a holder accepts a share later.
 */
export async function askForConsents(
  t: Kernel,
  { offer, before }: { offer: Offer; before: Offer | undefined },
): Promise<void> {
  const uses = grantedAiUses(offer.terms);
  if (uses.length === 0) return;
  const known = await selectConsents(t.db, [offer.id]);
  const holders = await requiredHolders(t, offer.workId);
  for (const partyId of new Set(holders.map((holder) => holder.partyId))) {
    if (known.some((one) => one.partyId === partyId)) continue;
    for (const use of uses) {
      await insertConsent(t.db, t.ids.id(), {
        offerId: offer.id,
        partyId,
        use,
        licenseeClass: 'any',
        state: 'pending',
        askedAt: t.clock.now(),
        decidedAt: null,
      });
    }
    await writeTo(t, partyId, offer, before);
  }
}

async function writeTo(t: Kernel, partyId: string, offer: Offer, before: Offer | undefined): Promise<void> {
  const { title } = await requireWork(t, offer.workId);
  await writeToParty(t, partyId, (words, locale) => ({
    subject: words.subject(title),
    paragraphs: [
      before ? words.changed(title, offer.version) : words.published(title),
      ...termsChanges(locale, before, offer).map(({ after }) => after),
      words.silence,
    ],
    action: { label: words.button, url: `${t.site.baseUrl}/works/${offer.workId}/consent` },
  }));
}

/** Keeps one holder's yes or no to one use of one version, and puts it on record. */
export async function recordConsent(
  t: Kernel,
  input: { offer: Offer; partyId: string; use: Use; state: Exclude<ConsentState, 'pending'> },
): Promise<void> {
  const { offer, partyId, use, state } = input;
  const at = t.clock.now();
  const consent = {
    offerId: offer.id,
    partyId,
    use,
    licenseeClass: 'any',
    state,
    askedAt: at,
    decidedAt: at,
  };
  if (!(await insertConsent(t.db, t.ids.id(), consent))) {
    await updateConsent(t.db, { offerId: offer.id, partyId, use }, state, at);
  }
  await appendLeaf(t, {
    type: state === 'consented' ? 'offer-consented' : 'offer-declined',
    subject: `work:${offer.workId}`,
    record: {
      offer: offer.id,
      sha256: offer.sha256,
      party: partyId,
      use,
      licenseeClass: 'any',
      at: at.toISOString(),
    },
  });
}
