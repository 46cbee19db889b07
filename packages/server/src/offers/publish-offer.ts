import { currencies } from '@clearway/rsl';
import { recordActivity } from '../identity/index.ts';
import { emit, failCommon, inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { publicWork } from '../works/index.ts';
import { askForConsents, recordConsent } from './ask-for-consents.ts';
import type { Offer } from './model.ts';
import {
  type OfferDocument,
  type OfferFacts,
  offerDocument,
  sameOffer,
  sealOffer,
} from './offer-document.ts';
import { failOffers } from './problems.ts';
import { type RequiredHolder, requireDecider } from './require-holder.ts';
import { shown } from './save-draft.ts';
import { insertOffer, lockTerms, selectDraft, selectOffers, selectWithdrawnUpTo } from './store.ts';
import { grantedAiUses, isReserving, normaliseTerms, type Terms, termsFaults } from './terms.ts';

export type PublishInput = {
  readonly workId: string;
  readonly partyId: string;
  readonly actor: string;
  /** The version of the draft that the person saw. */
  readonly draftVersion: number;
};

/**
 * Freezes the draft as the next version: one document, one hash, for ever. Publishing is the publisher's own consent;
 * the other holders are asked for theirs. The same terms again make no new version (`created: false`).
 *
 * Throws `not-a-holder`, `terms-work-withdrawn`, `terms-draft-missing`, `changed-meanwhile`, `price-missing`,
 * `price-unreadable`, `price-too-high`, `unit-not-for-use`, `authority-not-yours`, `currency-unsupported`,
 * `instance-not-set-up`.
 */
export async function publishOffer(
  k: Kernel,
  input: PublishInput,
): Promise<{ offer: Offer; created: boolean }> {
  return inTx(k, async (t) => {
    const { workId, partyId, actor } = input;
    await lockTerms(t.db, workId);
    const { holders } = await requireDecider(t, input);
    const draft = await selectDraft(t.db, workId);
    if (!draft) throw failOffers('terms-draft-missing');
    if (draft.version !== input.draftVersion) {
      throw failCommon('changed-meanwhile', { fields: { current: shown(draft) } });
    }
    checkTerms(draft.terms);
    const unable = holders.filter((holder) => holder.authority !== 'mine');
    if (!isReserving(draft.terms) && unable.length > 0) {
      throw failOffers('authority-not-yours', { detail: unable.map(({ name }) => name).join(', ') });
    }
    const [latest] = await selectOffers(t.db, workId);
    const document = offerDocument(
      await factsOf(t, { workId, holders, terms: draft.terms, version: (latest?.version ?? 0) + 1 }),
    );
    const standing =
      latest && latest.version > (await selectWithdrawnUpTo(t.db, workId)) ? latest : undefined;
    if (standing && sameOffer(JSON.parse(standing.document) as OfferDocument, document)) {
      return { offer: standing, created: false };
    }
    const offer = await freeze(t, { workId, partyId, document, terms: draft.terms });
    await recordActivity(t, {
      actor,
      action: 'offers.published',
      subject: `work:${workId}`,
      detail: { offer: offer.id, version: offer.version },
    });
    await emit(t, 'offers.published', { workId, offerId: offer.id, version: offer.version });
    for (const use of grantedAiUses(offer.terms)) {
      await recordConsent(t, { offer, partyId, use, state: 'consented' });
    }
    await askForConsents(t, { offer, before: standing });
    return { offer, created: true };
  });
}

function checkTerms(terms: Terms): void {
  const [first, ...rest] = termsFaults(terms);
  if (!first) return;
  const faults = [first, ...rest].map(({ code, use, unit }) => ({ code, use, unit: unit ?? null }));
  throw failOffers(first.code, {
    detail: first.unit ? `${first.use}, ${first.unit}` : first.use,
    fields: { faults },
  });
}

async function factsOf(
  t: Kernel,
  input: { workId: string; holders: readonly RequiredHolder[]; terms: Terms; version: number },
): Promise<OfferFacts> {
  const instance = await requireInstance(t);
  if (!currencies.has(instance.currency)) {
    throw failOffers('currency-unsupported', { detail: instance.currency });
  }
  const { work, manifestations } = await publicWork(t, input.workId);
  const { baseUrl } = t.site;
  return {
    instance: { name: instance.name, url: baseUrl },
    work: {
      id: work.id,
      title: work.title,
      type: work.type,
      hashes: [...new Set(manifestations.flatMap(({ sha256 }) => sha256 ?? []))],
      publicUrl: `${baseUrl}/w/${work.id}`,
    },
    version: input.version,
    publishedAt: t.clock.now(),
    currency: instance.currency,
    licensors: input.holders.map(({ name, partyId, sharePpm }) => ({ name, party: partyId, sharePpm })),
    terms: input.terms,
  };
}

async function freeze(
  t: Kernel,
  input: { workId: string; partyId: string; document: OfferDocument; terms: Terms },
): Promise<Offer> {
  const { workId, partyId, document } = input;
  const { text, sha256 } = await sealOffer(document);
  const offer: Offer = {
    id: t.ids.id(),
    workId,
    version: document.version,
    sha256,
    document: text,
    terms: normaliseTerms(input.terms),
    currency: document.currency,
    publishedBy: partyId,
    publishedAt: new Date(document.publishedAt),
  };
  await insertOffer(t.db, offer);
  await appendLeaf(t, {
    type: 'offer-published',
    subject: `work:${workId}`,
    record: {
      offer: offer.id,
      work: workId,
      version: offer.version,
      sha256,
      publishedBy: partyId,
      publishedAt: document.publishedAt,
    },
  });
  return offer;
}
