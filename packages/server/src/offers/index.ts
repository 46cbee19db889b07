import { type Migrations, migrationsOf, type Subscriber } from '../kernel/index.ts';
import { requestConsents } from './request-consents.ts';

export { type OffersNumbers, offersFigures, offersNumbers } from './count-offers.ts';
export { type ConsentInput, decideConsent } from './decide-consent.ts';
export { lookAtWork, type WorkLook } from './look-at-work.ts';
export { offersText } from './messages.ts';
export type { Draft, Offer } from './model.ts';
export { OFFER_FORMAT, type OfferDocument } from './offer-document.ts';
export { priceInWords } from './offer-text.ts';
export { type OfferSpan, offersOver } from './offers-over.ts';
export { PRESETS, type Preset, presetTerms } from './presets.ts';
export { type PriceFault, parsePrice } from './price-input.ts';
export { offersProblems } from './problems.ts';
export { type PublishInput, publishOffer } from './publish-offer.ts';
export {
  type CurrentPrice,
  licensable,
  offerInForce,
  price,
  readStanding,
  readStandings,
  type Standing,
  type StandingReason,
} from './read-standing.ts';
export { type DraftInput, readDraft, saveDraft } from './save-draft.ts';
export { governingScope, type SiteChannels, type SiteScope, siteChannels } from './site-channels.ts';
export { type SiteTexts, siteTexts } from './site-texts.ts';
export { type Answer, type Price, type Terms, UNITS_OF, type Unit, USES, type Use } from './terms.ts';
export { withdrawOffer } from './withdraw-offer.ts';
export { type WorkChannels, workAddresses, workChannels } from './work-channels.ts';
export { refusesAll, type WorksByStanding, worksByStanding } from './works-by-standing.ts';

/** The tables of offers. */
export const offersMigrations: Migrations = migrationsOf('offers', import.meta.url);

/** Events this module follows. */
export const offersSubscribers: readonly Subscriber[] = [
  {
    name: 'offers.request-consents',
    on: 'works.claim-accepted',
    handle: (k, payload) => requestConsents(k, { workId: String(payload.workId) }),
  },
];
