import { describeVerification } from '@clearway/agents';
import { createRoute, z } from '@hono/zod-openapi';
import {
  currentPledge,
  type EntryHistory,
  failCompany,
  funnelPublicSince,
  pledgeHash,
} from '../../campaign/index.ts';
import { createRouter, jsonAnswer, problemAnswers, type Router } from '../../kernel/index.ts';
import { type Company, readCompanies } from './read-companies.ts';
import { countRequests, readCompany } from './read-company.ts';
import { readFunnel, STEPS } from './read-funnel.ts';
import { type Impact, readImpact } from './read-impact.ts';

const tags = ['companies'];
const time = z.iso.datetime();

const companySchema = z.object({
  slug: z.string(),
  name: z.string(),
  agents: z.array(
    z.object({
      token: z.string(),
      kind: z.enum(['crawler', 'fetcher', 'control']),
      purposes: z.array(z.string()),
      documentation: z.string(),
      verify: z.string().openapi({
        description: 'How to tell its requests from those of others; or none-known, never-comes',
      }),
      asOf: z.iso.date(),
    }),
  ),
  licensed: z
    .array(
      z.object({
        live: z.boolean(),
        since: time,
        until: time.nullable(),
        uses: z.array(z.string()),
        works: z.number().int(),
        holders: z.number().int(),
        licenses: z.array(z.string()).openapi({ description: 'Addresses of licences it wants to show' }),
      }),
    )
    .openapi({ description: 'From agreements, only where the company agreed to be named' }),
  pledged: z
    .array(
      z.object({
        version: z.number().int(),
        sha256: z.string(),
        host: z.string(),
        method: z.string(),
        checkedAt: time,
        signedAt: time,
      }),
    )
    .openapi({ description: 'A promise, never a licence' }),
});

const entryVersion = z.object({
  version: z.number().int(),
  happenedOn: z.iso.date(),
  answeredOn: z.iso.date().nullable(),
  words: z.string(),
  locale: z.enum(['en', 'de']),
  source: z.string(),
  retracted: z.boolean(),
  reason: z.string().nullable().openapi({ description: 'Why this version corrects the one before' }),
  writtenAt: time,
});
const entrySchema = entryVersion.extend({ id: z.string(), before: z.array(entryVersion) });

const listRoute = createRoute({
  method: 'get',
  path: '/api/companies',
  tags,
  summary:
    'Companies with a page: licensees who agreed to be named, those who signed the pledge, operators of agents',
  responses: { 200: jsonAnswer('All of them', z.object({ companies: z.array(companySchema) })) },
});

const companyRoute = createRoute({
  method: 'get',
  path: '/api/companies/{slug}',
  tags,
  summary: 'Facts about one company, each with its source',
  request: { params: z.object({ slug: z.string() }) },
  responses: {
    200: jsonAnswer(
      'The company',
      companySchema.extend({
        refusals: z
          .array(
            z.object({
              client: z
                .string()
                .openapi({ description: 'What clients called themselves; a claim of theirs' }),
              count: z.number().int(),
              firstDay: z.iso.date(),
              lastDay: z.iso.date(),
            }),
          )
          .openapi({ description: 'Requests that gates refused to clients calling themselves so' }),
        cases: z.number().int(),
        requests: z.object({
          sent: z.number().int(),
          answered: z.number().int(),
          entries: z.array(entrySchema),
        }),
        commitments: z.array(entrySchema),
        replies: z.array(
          z.object({
            version: z.number().int(),
            words: z.string(),
            locale: z.enum(['en', 'de']),
            method: z.enum(['domain', 'mail']),
            evidence: z.string(),
            publishedAt: time,
            withdrawnAt: time.nullable(),
          }),
        ),
      }),
    ),
    ...problemAnswers({ 404: 'company-page-unknown' }),
  },
});

const impactRoute = createRoute({
  method: 'get',
  path: '/api/impact',
  tags,
  summary: 'What the campaign brought, newest first',
  responses: {
    200: jsonAnswer(
      'Entries from records, and those that operators wrote down',
      z.object({
        entries: z.array(
          z.union([
            z.object({
              by: z.literal('records'),
              kind: z.enum([
                'signatures',
                'goal',
                'first-licence',
                'licensee-named',
                'pledge',
                'first-payout',
              ]),
              at: time,
              count: z.number().int().nullable(),
              company: z.string().nullable(),
              logIndex: z.number().int().nullable(),
            }),
            entrySchema.extend({ by: z.literal('operator') }),
          ]),
        ),
      }),
    ),
  },
});

const pledgeText = z.object({ title: z.string(), intro: z.string(), promises: z.array(z.string()) });
const pledgeRoute = createRoute({
  method: 'get',
  path: '/api/pledge',
  tags,
  summary: 'The pledge that companies can sign now, in all languages',
  responses: {
    200: jsonAnswer(
      'The pledge; `sha256` is that of the canonical JSON (RFC 8785) of the other members',
      z.object({
        version: z.number().int(),
        publishedOn: z.iso.date(),
        texts: z.object({ en: pledgeText, de: pledgeText }),
        sha256: z.string(),
      }),
    ),
  },
});

const funnelRoute = createRoute({
  method: 'get',
  path: '/api/funnel',
  tags,
  summary: 'How many people have come how far from a signature to a payment, once it is public',
  responses: {
    200: jsonAnswer(
      'People at each step, each counted once; `all` has those who never signed too',
      z.object({
        publicSince: time,
        at: time,
        steps: z.array(
          z.object({ step: z.enum(STEPS), ofSigned: z.number().int(), all: z.number().int().nullable() }),
        ),
        refused: z.object({ ofSigned: z.number().int(), all: z.number().int() }),
      }),
    ),
    ...problemAnswers({ 404: 'funnel-not-public' }),
  },
});

/** Companies, what the campaign brought and the funnel, for programs. */
export function companiesRoutes(): Router {
  const router = createRouter();

  router.openapi(listRoute, async (c) => {
    const k = c.get('k');
    const { companies } = await readCompanies(k);
    return c.json({ companies: companies.map((one) => shown(one, k.site.baseUrl)) }, 200);
  });

  router.openapi(companyRoute, async (c) => {
    const k = c.get('k');
    const company = await readCompany(k, c.req.valid('param').slug);
    const { refusals, cases, commitments, requests, replies } = company;
    return c.json(
      {
        ...shown(company, k.site.baseUrl),
        refusals: refusals.map(({ agentName, ...rest }) => ({ client: agentName, ...rest })),
        cases,
        requests: { ...countRequests(requests), entries: requests.map(entryOf) },
        commitments: commitments.map(entryOf),
        replies: replies.map(
          ({ version, words, locale, method, evidence, decidedAt, sentAt, withdrawnAt }) => ({
            ...{ version: version!, words, locale, method, evidence },
            publishedAt: (decidedAt ?? sentAt).toISOString(),
            withdrawnAt: withdrawnAt?.toISOString() ?? null,
          }),
        ),
      },
      200,
    );
  });

  router.openapi(pledgeRoute, async (c) => {
    const pledge = currentPledge();
    const { version, publishedOn, texts } = structuredClone(pledge);
    return c.json({ version, publishedOn, texts, sha256: await pledgeHash(pledge) } as never, 200);
  });

  router.openapi(impactRoute, async (c) =>
    c.json({ entries: (await readImpact(c.get('k'))).map(impactOf) }, 200),
  );

  router.openapi(funnelRoute, async (c) => {
    const k = c.get('k');
    const since = await funnelPublicSince(k);
    if (!since) throw failCompany('funnel-not-public');
    const { rows, refused } = await readFunnel(k);
    const steps = rows.map(({ step, ofSigned, all }) => ({ step, ofSigned, all: all ?? null }));
    return c.json({ publicSince: since.toISOString(), at: k.clock.now().toISOString(), steps, refused }, 200);
  });

  return router;
}

function shown({ slug, name, agents, licensed, pledges }: Company, baseUrl: string) {
  return {
    slug,
    name,
    agents: agents.map((agent) => ({
      ...{ token: agent.token, kind: agent.kind, documentation: agent.documentation },
      ...{ verify: describeVerification(agent), asOf: agent.asOf },
      purposes: [...agent.purposes],
    })),
    licensed: licensed.map(({ live, since, until, uses, works, holders, licenses }) => ({
      ...{ live, since: since.toISOString(), until: until?.toISOString() ?? null, uses: [...uses] },
      ...{ works, holders },
      licenses: licenses.map(({ secret }) => new URL(`/licenses/${secret}`, baseUrl).href),
    })),
    pledged: pledges.map(({ version, sha256, host, method, checkedAt, signedAt }) => ({
      ...{ version, sha256, host, method },
      checkedAt: checkedAt.toISOString(),
      signedAt: signedAt.toISOString(),
    })),
  };
}

function entryOf({ id, before, ...entry }: EntryHistory) {
  return { id, ...versionOf(entry), before: before.map(versionOf) };
}

function versionOf(entry: Omit<EntryHistory, 'id' | 'before'>) {
  const { version, happenedOn, answeredOn, words, locale, source, retracted, reason, writtenAt } = entry;
  return {
    ...{ version, happenedOn, answeredOn, words, locale, source, retracted, reason },
    writtenAt: writtenAt.toISOString(),
  };
}

function impactOf(entry: Impact) {
  if (entry.by === 'operator') return { by: entry.by, ...entryOf(entry) };
  const { by, kind, at, count, company, proof } = entry;
  return {
    ...{ by, kind, at: at.toISOString(), count: count ?? null, company: company?.slug ?? null },
    logIndex: proof?.kind === 'log' ? proof.index : null,
  };
}
