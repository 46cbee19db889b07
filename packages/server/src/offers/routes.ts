import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../identity/index.ts';
import {
  createRouter,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { requireParty } from '../parties/index.ts';
import { decideConsent, decisionsSchema } from './decide-consent.ts';
import { lookAtWork } from './look-at-work.ts';
import { workLookDocument, workLookSchema } from './look-document.ts';
import type { Offer } from './model.ts';
import { publishOffer } from './publish-offer.ts';
import { listVersions } from './read-versions.ts';
import { draftSchema, saveDraft, shown } from './save-draft.ts';
import { termsSchema, USES } from './terms.ts';

const params = z.object({ id: z.string().max(100) });
const SIGNED_IN = { 401: 'sign-in-required', 403: 'not-a-holder' } as const;

const draftAnswer = z
  .object({
    preset: z.string(),
    terms: termsSchema,
    version: z.number().int(),
    updatedAt: z.string(),
  })
  .openapi('TermsDraft');

const offerAnswer = z
  .object({
    id: z.string(),
    workId: z.string(),
    version: z.number().int(),
    sha256: z.string().openapi({ description: 'Of the document in its canonical form (RFC 8785)' }),
    publishedAt: z.string(),
    terms: termsSchema,
    currency: z.string(),
  })
  .openapi('Offer');

const versionAnswer = offerAnswer
  .extend({
    state: z.enum(['in-force', 'waiting', 'replaced', 'withdrawn']),
    consents: z.array(
      z.object({ partyId: z.string(), use: z.enum(USES), licenseeClass: z.string(), state: z.string() }),
    ),
  })
  .openapi('OfferVersion');

const putDraft = createRoute({
  method: 'put',
  path: '/api/works/{id}/terms-draft',
  tags: ['offers'],
  summary: 'Keep a draft of the terms of a work; `version` is the one it was made on, 0 for the first',
  request: { params, body: jsonBody(draftSchema) },
  responses: {
    200: jsonAnswer('The draft as kept', draftAnswer),
    ...problemAnswers({
      ...SIGNED_IN,
      404: 'work-unknown',
      409: 'changed-meanwhile, terms-work-withdrawn',
      422: 'invalid-input',
    }),
  },
});

const postOffer = createRoute({
  method: 'post',
  path: '/api/works/{id}/offers',
  tags: ['offers'],
  summary:
    'Publish the draft as the next version; the same terms again answer 200 with the version that stands',
  request: { params, body: jsonBody(z.strictObject({ draftVersion: z.int().min(1).max(1_000_000) })) },
  responses: {
    201: jsonAnswer('The new version', offerAnswer),
    200: jsonAnswer('Nothing new: the version that stands', offerAnswer),
    ...problemAnswers({
      ...SIGNED_IN,
      404: 'work-unknown',
      409: 'changed-meanwhile, terms-draft-missing, authority-not-yours, terms-work-withdrawn, currency-unsupported',
      422: 'price-missing, price-unreadable, price-too-high, unit-not-for-use, invalid-input',
    }),
  },
});

const getOffers = createRoute({
  method: 'get',
  path: '/api/works/{id}/offers',
  tags: ['offers'],
  summary: 'All versions of the terms of a work, newest first, with consents; for its holders',
  request: { params },
  responses: {
    200: jsonAnswer('The versions', z.object({ offers: z.array(versionAnswer) })),
    ...problemAnswers({ ...SIGNED_IN, 404: 'work-unknown' }),
  },
});

const postConsents = createRoute({
  method: 'post',
  path: '/api/offers/{id}/consents',
  tags: ['offers'],
  summary: 'Say yes or no to uses of the newest version, as one of its holders',
  request: { params, body: jsonBody(decisionsSchema) },
  responses: {
    200: jsonAnswer('The version decided about', offerAnswer),
    ...problemAnswers({
      ...SIGNED_IN,
      404: 'offer-unknown',
      409: 'consent-outdated, offer-withdrawn, authority-not-yours, terms-work-withdrawn',
      422: 'consent-not-asked, invalid-input',
    }),
  },
});

const getSignals = createRoute({
  method: 'get',
  path: '/api/works/{id}/signals',
  tags: ['offers'],
  summary: 'What a bot sees of a work, here and at its registered addresses, against what was decided',
  request: { params },
  responses: {
    200: jsonAnswer('What was fetched and what it says', workLookSchema),
    ...problemAnswers({ ...SIGNED_IN, 404: 'work-unknown', 429: 'too-many-requests' }),
  },
});

/** Terms, offers, consents and the look-back for programs. */
export function offersRoutes(): Router {
  const router = createRouter();
  router.openapi(putDraft, async (c) => {
    const who = await whoAsks(c, c.req.valid('param').id);
    return c.json(shown(await saveDraft(c.get('k'), who, c.req.valid('json'))), 200);
  });
  router.openapi(postOffer, async (c) => {
    const who = await whoAsks(c, c.req.valid('param').id);
    const { offer, created } = await publishOffer(c.get('k'), { ...who, ...c.req.valid('json') });
    return created ? c.json(answerOf(offer), 201) : c.json(answerOf(offer), 200);
  });
  router.openapi(getOffers, async (c) => {
    const versions = await listVersions(c.get('k'), await whoAsks(c, c.req.valid('param').id));
    const offers = versions.map((one) => ({
      ...answerOf(one),
      state: one.state,
      consents: one.consents.map(({ partyId, use, licenseeClass, state }) => ({
        partyId,
        use,
        licenseeClass,
        state,
      })),
    }));
    return c.json({ offers }, 200);
  });
  router.openapi(postConsents, async (c) => {
    const { partyId, actor } = await whoAsks(c, '');
    const offerId = c.req.valid('param').id;
    const offer = await decideConsent(c.get('k'), { offerId, partyId, actor, ...c.req.valid('json') });
    return c.json(answerOf(offer), 200);
  });
  router.openapi(getSignals, async (c) => {
    const found = await lookAtWork(c.get('k'), await whoAsks(c, c.req.valid('param').id));
    return c.json(workLookDocument(found), 200);
  });
  return router;
}

async function whoAsks(c: HttpContext, workId: string) {
  const user = await requireUser(c);
  const party = await requireParty(c);
  return { workId, partyId: party.id, actor: user.id };
}

function answerOf({ id, workId, version, sha256, publishedAt, terms, currency }: Offer) {
  return { id, workId, version, sha256, publishedAt: publishedAt.toISOString(), terms, currency };
}
