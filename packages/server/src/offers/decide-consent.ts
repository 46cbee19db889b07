import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { requireWork } from '../works/index.ts';
import { recordConsent } from './ask-for-consents.ts';
import { offersText } from './messages.ts';
import type { Offer } from './model.ts';
import { failOffers } from './problems.ts';
import { requireDecider } from './require-holder.ts';
import { lockTerms, selectOffer, selectOffers, selectWithdrawnUpTo } from './store.ts';
import { grantedAiUses } from './terms.ts';
import { writeToParty } from './write-to-party.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const decisionsSchema = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        use: z.enum(['ai-index', 'ai-input', 'ai-train']),
        answer: z.enum(['yes', 'no']),
      }),
    )
    .min(1)
    .max(3)
    .refine((list) => new Set(list.map(({ use }) => use)).size === list.length, 'each use once'),
});

export type ConsentInput = z.infer<typeof decisionsSchema> & {
  readonly offerId: string;
  readonly partyId: string;
  readonly actor: string;
};

/**
 * A holder's yes or no to uses of the newest version. Can be changed: a later no ends what could be licensed from then
 * on and touches no agreement. Throws `offer-unknown`, `not-a-holder`, `terms-work-withdrawn`, `offer-withdrawn`,
 * `consent-outdated`, `consent-not-asked`, and `authority-not-yours` for a yes somebody else would have to give.
 */
export async function decideConsent(k: Kernel, input: ConsentInput): Promise<Offer> {
  return inTx(k, async (t) => {
    const { offerId, partyId, actor, decisions } = input;
    const offer = UUID.test(offerId) ? await selectOffer(t.db, offerId) : undefined;
    if (!offer) throw failOffers('offer-unknown');
    const { workId } = offer;
    await lockTerms(t.db, workId);
    const { holders } = await requireDecider(t, { workId, partyId });
    const [newest] = await selectOffers(t.db, workId);
    if (offer.version <= (await selectWithdrawnUpTo(t.db, workId))) throw failOffers('offer-withdrawn');
    if (newest && newest.version !== offer.version) {
      throw failOffers('consent-outdated', { detail: `${offer.version} < ${newest.version}` });
    }
    const offered = grantedAiUses(offer.terms);
    const strange = decisions.find(({ use }) => !offered.includes(use));
    if (strange) throw failOffers('consent-not-asked', { detail: strange.use });
    const own = holders.filter((holder) => holder.partyId === partyId);
    if (
      decisions.some(({ answer }) => answer === 'yes') &&
      own.some(({ authority }) => authority !== 'mine')
    ) {
      throw failOffers('authority-not-yours', { detail: own[0]?.name ?? '' });
    }
    for (const { use, answer } of decisions) {
      await recordConsent(t, { offer, partyId, use, state: answer === 'yes' ? 'consented' : 'declined' });
    }
    await recordActivity(t, {
      actor,
      action: 'offers.consent-decided',
      subject: `work:${workId}`,
      detail: {
        offer: offer.id,
        decisions: decisions.map(({ use, answer }) => `${use}:${answer}`).join(' '),
      },
    });
    if (offer.publishedBy !== partyId) await tellPublisher(t, offer, own[0]?.name ?? '', decisions);
    await emit(t, 'offers.consent-decided', { workId, offerId: offer.id });
    return offer;
  });
}

async function tellPublisher(
  t: Kernel,
  offer: Offer,
  name: string,
  decisions: ConsentInput['decisions'],
): Promise<void> {
  const { title } = await requireWork(t, offer.workId);
  await writeToParty(t, offer.publishedBy, (words, locale) => ({
    subject: words.decidedSubject(name, title),
    paragraphs: [
      words.decided(name, title, offer.version),
      ...decisions.map(({ use, answer }) => `${offersText(locale).use[use]}: ${words[answer]}`),
    ],
    action: { label: words.see, url: `${t.site.baseUrl}/works/${offer.workId}/terms` },
  }));
}
