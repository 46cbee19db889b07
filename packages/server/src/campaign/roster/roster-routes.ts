import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  type HttpContext,
  jsonAnswer,
  jsonBody,
  LOCALES,
  problemAnswers,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { withdrawRoster } from './end-roster.ts';
import { findRoster, listRosters, rosterLines } from './find-roster.ts';
import { currentStatement, defaultsSchema, ROLES } from './model.ts';
import { recordsOf } from './roster-files.ts';
import { rowText } from './row-messages.ts';
import type { RosterRow } from './store-rosters.ts';
import { submitRoster, submitSchema } from './submit-roster.ts';
import { takeRoster } from './take-roster.ts';

const tags = ['campaign'];
const PRIVATE = { 'Cache-Control': 'no-store' } as const;
const id = z.object({ id: z.uuid() });
const UNSIGNED = { 401: 'sign-in-required', 403: 'role-required' } as const;
const cell = z.string().max(2_000).optional();

/** As the columns of the file; a missing one is empty. */
const personSchema = z.object({
  name: z.string().max(2_000),
  kind: cell,
  craft: z.string().max(200),
  country: z.string().max(200),
  town: cell,
  affiliation: cell,
  hideName: z.boolean().optional(),
  email: cell,
  authority: cell.openapi({ description: 'Kind of the written authority, or `confirm`' }),
  authorityDate: cell,
  authorityReference: cell,
});
type PersonInput = z.infer<typeof personSchema>;

const summarySchema = z.object({
  id: z.uuid(),
  file: z.string(),
  through: z.string(),
  role: z.string(),
  state: z.enum(['checking', 'checked', 'waiting', 'publishing', 'published', 'refused', 'withdrawn']),
  people: z.number().int(),
  fine: z.number().int(),
  duplicates: z.number().int(),
  wrong: z.number().int(),
  declarationVersion: z.number().int(),
  createdAt: z.iso.datetime(),
  submittedAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
});
const rosterSchema = summarySchema.extend({
  rows: z
    .array(
      z.object({
        line: z.number().int(),
        verdict: z.enum(['duplicate', 'wrong']),
        code: z.string(),
        about: z.string().nullable(),
        title: z.string(),
        cure: z.string(),
      }),
    )
    .openapi({
      description: 'Rows that cannot become signatures, by line, 500 at most; page on with `after`',
    }),
  next: z.number().int().nullable(),
  statement: z
    .object({ version: z.number().int(), texts: z.record(z.string(), z.string()) })
    .openapi({ description: 'What is said by confirming' }),
});

const take = createRoute({
  method: 'post',
  path: '/api/rosters',
  tags,
  summary: 'Send a list of people to sign for: a dry run, nobody signs yet',
  request: {
    body: jsonBody(
      z.object({
        role: z.enum(ROLES),
        defaults: defaultsSchema,
        collectKey: z.string().max(100).optional(),
        locale: z.enum(LOCALES).optional(),
        people: z.array(personSchema).min(1).max(10_000),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The list with what the check says', rosterSchema),
    ...problemAnswers({
      ...UNSIGNED,
      409: 'roster-collect-over',
      422: 'invalid-input, roster-columns, roster-empty, roster-too-long',
    }),
  },
});
const list = createRoute({
  method: 'get',
  path: '/api/rosters',
  tags,
  summary: 'Lists of the party the session acts for, newest first',
  responses: {
    200: jsonAnswer('The lists', z.object({ rosters: z.array(summarySchema) })),
    ...problemAnswers(UNSIGNED),
  },
});
const show = createRoute({
  method: 'get',
  path: '/api/rosters/{id}',
  tags,
  summary: 'One list with what the check says',
  request: { params: id, query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
  responses: {
    200: jsonAnswer('The list', rosterSchema),
    ...problemAnswers({ ...UNSIGNED, 404: 'roster-unknown' }),
  },
});
const confirm = createRoute({
  method: 'post',
  path: '/api/rosters/{id}/confirmation',
  tags,
  summary: 'Confirm a list that was checked: the statement is made, the people are signed for or invited',
  request: { params: id, body: jsonBody(submitSchema) },
  responses: {
    200: jsonAnswer(
      'Whether it counts or waits for a moderator',
      z.object({ state: z.enum(['waiting', 'publishing']) }),
    ),
    ...problemAnswers({
      ...UNSIGNED,
      404: 'roster-unknown',
      409: 'roster-state, roster-statement-outdated, roster-nobody-fine, roster-not-whole, roster-needs-proof',
      422: 'invalid-input',
    }),
  },
});
const end = createRoute({
  method: 'delete',
  path: '/api/rosters/{id}',
  tags,
  summary: 'Take a list back: all that rests on it alone leaves wall, count and exports',
  request: { params: id },
  responses: {
    204: { description: 'Taken back' },
    ...problemAnswers({ ...UNSIGNED, 404: 'roster-unknown' }),
  },
});

/** Signing for others over HTTP. */
export function rosterRoutes(): Router {
  const router = createRouter();
  const asks = async (c: HttpContext) => ({
    userId: (await requireUser(c)).id,
    partyId: (await requireParty(c)).id,
  });

  router.openapi(take, async (c) => {
    const { id: userId } = await requireUser(c);
    const party = await requireParty(c);
    const { role, defaults, collectKey, people, locale = c.get('locale') } = c.req.valid('json');
    const records = recordsOf(people.map(cellsOf));
    const sha256 = createHash('sha256')
      .update(JSON.stringify([records, defaults]))
      .digest('hex');
    const { id: rosterId } = await takeRoster(
      c.get('k'),
      {
        ...{ origin: 'roster', role, userId, defaults, collectKey, locale },
        through: { name: party.name, partyId: party.id },
        file: { name: 'api', sha256 },
      },
      records,
    );
    return c.json(await describe(c, { id: rosterId, partyId: party.id }, 0), 201, PRIVATE);
  });
  router.openapi(list, async (c) => {
    const { partyId } = await asks(c);
    const rosters = (await listRosters(c.get('k'), partyId)).map(summaryOf);
    return c.json({ rosters }, 200, PRIVATE);
  });
  router.openapi(show, async (c) => {
    const { partyId } = await asks(c);
    const about = { id: c.req.valid('param').id, partyId };
    return c.json(await describe(c, about, c.req.valid('query').after), 200, PRIVATE);
  });
  router.openapi(confirm, async (c) => {
    const about = { ...(await asks(c)), id: c.req.valid('param').id };
    const state = await submitRoster(c.get('k'), { ...c.req.valid('json'), ...about });
    return c.json({ state }, 200, PRIVATE);
  });
  router.openapi(end, async (c) => {
    await withdrawRoster(c.get('k'), { ...(await asks(c)), id: c.req.valid('param').id });
    return c.body(null, 204);
  });
  return router;
}

function cellsOf(one: PersonInput): { [column: string]: string } {
  const { hideName, authorityDate, authorityReference, ...rest } = one;
  const cells = Object.entries(rest).map(([name, value]) => [name, value ?? '']);
  return {
    ...Object.fromEntries(cells),
    'hide name': hideName ? 'yes' : '',
    'authority date': authorityDate ?? '',
    'authority reference': authorityReference ?? '',
  };
}

function summaryOf(row: RosterRow): z.infer<typeof summarySchema> {
  return {
    id: row.id,
    file: row.file_name,
    through: row.through_name,
    role: row.role,
    state: row.state,
    people: row.lines,
    fine: row.fine,
    duplicates: row.duplicates,
    wrong: row.wrong,
    declarationVersion: row.declaration_version,
    createdAt: row.created_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    answer: row.answer,
  };
}

const MOST = 500;

async function describe(c: HttpContext, about: { id: string; partyId: string }, after: number) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const roster = await findRoster(k, about);
  const bad = await rosterLines(k, roster.id, { bad: true, after, limit: MOST });
  const { version, texts } = currentStatement(roster.origin);
  return {
    ...summaryOf(roster),
    rows: bad.flatMap(({ line, verdict, problem, problem_about }) =>
      problem && verdict !== 'fine'
        ? [{ line, verdict, code: problem, about: problem_about, ...wordsOf(rowText(locale)[problem]) }]
        : [],
    ),
    next: bad.length === MOST ? bad.at(-1)!.line : null,
    statement: { version, texts: { ...texts } },
  };
}

const wordsOf = ({ what, cure }: { what: string; cure: string }) => ({ title: what, cure });
