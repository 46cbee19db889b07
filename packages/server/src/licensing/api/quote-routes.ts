import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../../identity/index.ts';
import { createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { acceptQuote } from '../accept-quote.ts';
import { quote, quoteSchema } from '../make-quote.ts';
import {
  EXCLUSION_CODES,
  LICENSED_UNITS,
  LICENSED_USES,
  type PinnedPrice,
  type Quote,
  type QuoteDetail,
  type QuoteLine,
} from '../model.ts';
import { listQuotes, readQuote } from '../read-quote.ts';
import { CATALOGUE_CHECKS, catalogueSchema, searchCatalogue } from '../search-catalogue.ts';
import {
  body,
  FOR_SIGNERS,
  idParam,
  json,
  micro,
  modelScopeAnswer,
  requireLicensee,
  SIGNED_IN,
  tags,
} from './parts.ts';

const price = { amountMicro: micro, perUnits: z.string(), free: z.boolean() };

export const lineAnswer = z
  .object({
    workId: z.string(),
    title: z.string(),
    offerId: z.string(),
    offerVersion: z.int(),
    offerSha256: z.string(),
    ...price,
  })
  .openapi('LicenseLine');

const quoteAnswer = z
  .object({
    id: z.string(),
    use: z.enum(LICENSED_USES),
    unit: z.enum(LICENSED_UNITS),
    modelScope: modelScopeAnswer,
    months: z.int(),
    currency: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    acceptedAt: z.string().nullable(),
  })
  .openapi('Quote');
const quoteDetail = quoteAnswer
  .extend({
    lines: z.array(lineAnswer),
    exclusions: z.array(z.object({ workId: z.string(), title: z.string(), reason: z.enum(EXCLUSION_CODES) })),
    agreementId: z.string().nullable(),
    page: z.string().openapi({ description: 'Where somebody who may sign accepts it' }),
  })
  .openapi('QuoteDetail');

const catalogueItem = z
  .object({
    work: z.object({
      id: z.string(),
      title: z.string(),
      type: z.string(),
      language: z.string().nullable(),
    }),
    use: z.enum(LICENSED_USES),
    free: z.boolean(),
    prices: z.array(z.object({ unit: z.enum(LICENSED_UNITS), amountMicro: micro, perUnits: z.string() })),
    currency: z.string(),
    offer: z.object({ id: z.string(), version: z.int(), sha256: z.string() }),
    holders: z.array(z.string()),
    checks: z.array(z.object({ check: z.enum(CATALOGUE_CHECKS), method: z.string(), checkedAt: z.string() })),
  })
  .openapi('CatalogueItem');

const getCatalogue = createRoute({
  method: 'get',
  path: '/api/catalogue',
  tags,
  summary: 'Works of which a use can be licensed now, newest first; go on with `after` = `next`',
  request: { query: catalogueSchema },
  responses: {
    200: json('A page of works', z.object({ items: z.array(catalogueItem), next: z.string().nullable() })),
    ...problemAnswers({ 422: 'invalid-input' }),
  },
});

const postQuote = createRoute({
  method: 'post',
  path: '/api/quotes',
  tags,
  summary:
    'What works cost for one use and unit, for 14 days; with a reason for each that cannot be licensed',
  request: { body: body(quoteSchema) },
  responses: {
    201: json('The quote', quoteDetail),
    ...problemAnswers({
      ...SIGNED_IN,
      403: 'role-required',
      409: 'licensee-needed, acting-ended',
      422: 'invalid-input, unit-not-for-license, model-scope-needed',
    }),
  },
});

const getQuotes = createRoute({
  method: 'get',
  path: '/api/quotes',
  tags,
  summary: 'The newest quotes of the company the session acts for',
  responses: {
    200: json('The quotes', z.object({ quotes: z.array(quoteAnswer) })),
    ...problemAnswers(SIGNED_IN),
  },
});

const getQuote = createRoute({
  method: 'get',
  path: '/api/quotes/{id}',
  tags,
  summary: 'A quote with its lines and exclusions',
  request: { params: idParam },
  responses: {
    200: json('The quote', quoteDetail),
    ...problemAnswers({ ...SIGNED_IN, 404: 'quote-unknown' }),
  },
});

const postAcceptance = createRoute({
  method: 'post',
  path: '/api/quotes/{id}/acceptance',
  tags,
  summary: 'Accept a quote for the company, as somebody who may sign: it becomes an agreement',
  request: { params: idParam },
  responses: {
    201: json('The agreement made', z.object({ agreementId: z.string(), licensePage: z.string() })),
    ...problemAnswers({
      ...FOR_SIGNERS,
      404: 'quote-unknown',
      409: 'quote-accepted, quote-outdated, quote-empty, licensee-needed, acting-ended',
      410: 'quote-expired',
    }),
  },
});

/** Catalogue and quotes for programs. */
export function quoteRoutes(): Router {
  const router = createRouter();
  router.openapi(getCatalogue, async (c) => {
    const { items, next } = await searchCatalogue(c.get('k'), c.req.valid('query'));
    const shown = items.map((item) => ({
      ...item,
      prices: item.prices.map(({ unit, amountMicro, perUnits }) => ({
        unit,
        amountMicro: amountMicro.toString(),
        perUnits: perUnits.toString(),
      })),
      holders: [...item.holders],
      checks: item.checks.map((one) => ({ ...one, checkedAt: one.checkedAt.toISOString() })),
    }));
    return c.json({ items: shown, next: next ?? null }, 200);
  });
  router.openapi(postQuote, async (c) => {
    const user = await requireUser(c);
    const { id } = await requireLicensee(c);
    const made = await quote(c.get('k'), {
      ...c.req.valid('json'),
      licenseeId: id,
      askedBy: `user:${user.id}`,
    });
    return c.json(detailOf(made, c.get('k').site.baseUrl), 201);
  });
  router.openapi(getQuotes, async (c) => {
    const { id } = await requireParty(c);
    const quotes = await listQuotes(c.get('k'), id);
    return c.json({ quotes: quotes.map(answerOf) }, 200);
  });
  router.openapi(getQuote, async (c) => {
    const { id } = await requireParty(c);
    const found = await readQuote(c.get('k'), { quoteId: c.req.valid('param').id, licenseeId: id });
    return c.json(detailOf(found, c.get('k').site.baseUrl), 200);
  });
  router.openapi(postAcceptance, async (c) => {
    const [k, user] = [c.get('k'), await requireUser(c)];
    const { agreement } = await acceptQuote(k, { quoteId: c.req.valid('param').id, userId: user.id });
    const licensePage = `${k.site.baseUrl}/licenses/${agreement.secret}`;
    return c.json({ agreementId: agreement.id, licensePage }, 201);
  });
  return router;
}

export function lineOf({ workId, title, offerId, offerVersion, offerSha256, ...rest }: QuoteLine) {
  return { workId, title, offerId, offerVersion, offerSha256, ...priceOf(rest) };
}

function priceOf({ amountMicro, perUnits, free }: PinnedPrice) {
  return { amountMicro: amountMicro.toString(), perUnits: perUnits.toString(), free };
}

function answerOf({ id, use, unit, modelScope, months, currency, createdAt, expiresAt, acceptedAt }: Quote) {
  return {
    id,
    use,
    unit,
    modelScope,
    months,
    currency,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    acceptedAt: acceptedAt?.toISOString() ?? null,
  };
}

function detailOf(found: QuoteDetail, baseUrl: string) {
  return {
    ...answerOf(found),
    lines: found.lines.map(lineOf),
    exclusions: [...found.exclusions],
    agreementId: found.agreementId ?? null,
    page: `${baseUrl}/quotes/${found.id}`,
  };
}
