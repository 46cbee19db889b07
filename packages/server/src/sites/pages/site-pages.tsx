import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readForm,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Badge, Empty, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { askForReview, checkProof } from '../check-proof.ts';
import { listSites, type SiteStatus, siteDetails } from '../list-sites.ts';
import { sitesText } from '../messages.ts';
import type { CheckMethod } from '../model.ts';
import { readExclusions } from '../read-exclusions.ts';
import { registerSite } from '../register-site.ts';
import { releaseSite } from '../release-site.ts';
import { startProof } from '../start-proof.ts';
import { stateExclusions } from '../state-exclusions.ts';
import { SitePage, STATE_TONE, type Typed } from './site-page.tsx';

const method = z.object({ method: z.enum(['file', 'dns', 'meta', 'code', 'person']) });

/** `/sites`, `/sites/:id` and what can be done there. */
export function sitePages(): Router {
  const router = createRouter();

  router.get('/sites', async (c) => listPage(c));

  router.post('/sites', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const fields = await formFields(c);
    const url = typeof fields.url === 'string' ? fields.url : '';
    try {
      const site = await registerSite(c.get('k'), { partyId: party.id, url, actor: user.id });
      return c.redirect(`/sites/${site.id}`, 303);
    } catch (error) {
      return listPage(c, { url, problem: asProblem(error) });
    }
  });

  router.get('/sites/:id', async (c) => onePage(c));

  router.post('/sites/:id/checks', async (c) =>
    act(c, async (siteId, actor) => {
      const { method: how } = await readForm(c, method);
      if (how === 'person') await askForReview(c.get('k'), siteId, actor);
      else await checkProof(c.get('k'), siteId, how satisfies CheckMethod, actor);
      return `/sites/${siteId}#checks`;
    }),
  );

  router.post('/sites/:id/exclusions', async (c) => {
    const fields = await formFields(c);
    const typed = { answer: String(fields.answer ?? ''), paths: String(fields.paths ?? '') };
    return act(
      c,
      async (siteId, actor) => {
        await stateExclusions(c.get('k'), siteId, readExclusions(typed), actor);
        return `/sites/${siteId}#exclusions`;
      },
      typed,
    );
  });

  router.post('/sites/:id/release', async (c) =>
    act(c, async (siteId, actor) => {
      await releaseSite(c.get('k'), siteId, actor);
      return '/sites';
    }),
  );
  return router;
}

/** Does one thing with one of the person's own sites; a problem is shown on the site's page with what was typed. */
async function act(
  c: HttpContext,
  action: (siteId: string, actor: string) => Promise<string>,
  typed?: Typed,
): Promise<Response> {
  const [user, party] = [await requireUser(c), await requireParty(c)];
  const siteId = c.req.param('id') ?? '';
  await siteDetails(c.get('k'), siteId, party.id);
  try {
    return c.redirect(await action(siteId, user.id), 303);
  } catch (error) {
    return onePage(c, { ...typed, problem: asProblem(error) });
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

async function onePage(c: HttpContext, typed: Typed = {}): Promise<Response> {
  const [k, party] = [c.get('k'), await requireParty(c)];
  const details = await siteDetails(k, c.req.param('id') ?? '', party.id);
  const proof = details.site.releasedAt === undefined ? await startProof(k, details.site.id) : undefined;
  const locale = c.get('locale');
  return renderPage(
    c,
    { title: `${details.site.host}${details.site.path}`, status: typed.problem?.status ?? 200 },
    <SitePage locale={locale} details={details} proof={proof} typed={typed} />,
  );
}

async function listPage(c: HttpContext, typed: { url?: string; problem?: Problem } = {}): Promise<Response> {
  const party = await requireParty(c);
  const sites = await listSites(c.get('k'), party.id);
  const locale = c.get('locale');
  const text = sitesText(locale);
  const row = ({ site, state, proof }: SiteStatus) => [
    <a href={`/sites/${site.id}`}>{`${site.host}${site.path}`}</a>,
    text.kind[site.kind],
    <Badge tone={STATE_TONE[state]}>{text.state[state]}</Badge>,
    state === 'proven' && proof?.validUntil ? formatDate(locale, proof.validUntil) : '',
  ];
  const head = [text.table.place, text.table.kind, text.table.state, text.table.until];
  return renderPage(
    c,
    { title: text.title, status: typed.problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {sites.length === 0 ? (
        <Empty title={text.empty.title}>
          <p>{text.empty.body}</p>
        </Empty>
      ) : (
        <Table caption={text.table.caption} head={head} rows={sites.map(row)} />
      )}
      <section>
        <h2>{text.add.title}</h2>
        <ProblemNotice problem={typed.problem} locale={locale} />
        <form method="post" action="/sites">
          {/* Not type=url: people leave https:// out. */}
          <Field
            name="url"
            label={text.add.label}
            hint={text.add.hint}
            value={typed.url}
            maxLength={2000}
            autocomplete="url"
            required
          />
          <button type="submit" class="main">
            {text.add.button}
          </button>
        </form>
      </section>
    </>,
  );
}
