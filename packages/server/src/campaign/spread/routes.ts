import { toHex } from '@clearway/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, jsonAnswer, problemAnswers, type Router } from '../../kernel/index.ts';
import { closedUntil } from '../declaration/declaration.ts';
import { fail } from '../problems.ts';
import { recordedCounts } from '../wall/record-count.ts';
import { pressNumbers } from './press-numbers.ts';
import { listCorrections } from './write-correction.ts';

const tags = ['campaign'];
const texts = z.object({ en: z.string(), de: z.string() });

/** The record of a day; nothing of it is ever erased. */
type DayCount = { at: string; instance: string; confirmed: number; hidden: number };

const pressRoute = createRoute({
  method: 'get',
  path: '/api/press',
  tags,
  summary: 'The numbers of the campaign with their definitions, by kind and by check, and what was corrected',
  responses: {
    200: jsonAnswer(
      'All from one look at the rows; `days` are the records of the public list, newest first',
      z.object({
        at: z.iso.datetime(),
        figures: z.array(z.object({ key: z.string(), value: z.number(), label: texts, definition: texts })),
        kinds: z.object({ person: z.number(), organisation: z.number(), featured: z.number() }),
        methods: z.array(z.object({ method: z.string(), count: z.number() })),
        versions: z.array(z.object({ version: z.number(), signed: z.number(), agreed: z.number() })),
        days: z.array(
          z.object({
            day: z.iso.date(),
            confirmed: z.number(),
            hidden: z.number(),
            organisations: z.number().nullable(),
            hiddenOrganisations: z.number().nullable(),
            listSha256: z.string(),
            csvSha256: z.string(),
          }),
        ),
        corrections: z.array(
          z.object({
            at: z.iso.datetime(),
            kind: z.enum(['clean-up', 'undone', 'moderator', 'list', 'operator']),
            change: z.number().nullable(),
            organisations: z.number(),
            texts,
          }),
        ),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open' }),
  },
});

const countsRoute = createRoute({
  method: 'get',
  path: '/api/counts',
  tags,
  summary: 'The count of each day as it stands in the public log',
  request: { query: z.object({ days: z.coerce.number().int().min(1).max(366).default(31) }) },
  responses: {
    200: jsonAnswer(
      'Newest first; each with the salt of its leaf, and its proof once the log has taken it in',
      z.object({
        counts: z.array(
          z.object({
            record: z.object({
              at: z.iso.datetime(),
              instance: z.string(),
              confirmed: z.number(),
              hidden: z.number(),
            }),
            commitment: z.string(),
            salt: z.string().nullable(),
            index: z.number().nullable(),
            size: z.number().nullable(),
            inclusionProof: z.array(z.string()),
            checkpoint: z.string().nullable(),
          }),
        ),
      }),
    ),
    ...problemAnswers({ 404: 'campaign-not-open' }),
  },
});

/** What the press page shows, for programs. */
export function spreadRoutes(): Router {
  const router = createRouter();
  for (const path of ['/api/press', '/api/counts'])
    router.use(path, async (c, next) => {
      const until = await closedUntil(c.get('k'));
      if (until) throw fail('campaign-not-open', { detail: until.toISOString() });
      await next();
    });

  router.openapi(pressRoute, async (c) => {
    const { at, days, ...numbers } = await pressNumbers(c.get('k'));
    const corrections = await listCorrections(c.get('k'));
    return c.json(
      {
        at: at.toISOString(),
        figures: numbers.figures.map(({ key, value, label, definition }) => ({
          key,
          value,
          label,
          definition,
        })),
        kinds: numbers.kinds,
        methods: [...numbers.methods],
        versions: [...numbers.versions],
        days: days.map(({ at: _at, ...day }) => day),
        corrections: corrections.map(({ at: when, kind, change, organisations, texts: words }) => ({
          at: when.toISOString(),
          kind,
          change,
          organisations,
          texts: words,
        })),
      },
      200,
    );
  });

  router.openapi(countsRoute, async (c) => {
    const proofs = await recordedCounts(c.get('k'), c.req.valid('query').days);
    const counts = proofs.map(({ record, commitment, salt, index, size, inclusionProof, checkpoint }) => ({
      record: record as DayCount,
      commitment,
      salt: salt ? toHex(salt) : null,
      index: index ?? null,
      size: size ?? null,
      inclusionProof: inclusionProof.map(toHex),
      checkpoint: checkpoint ?? null,
    }));
    return c.json({ counts }, 200);
  });
  return router;
}
