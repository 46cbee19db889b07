import type { Child } from 'hono/jsx';
import { actFor, currentMembership, organisationText, requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { ActionForm, Badge, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { organisationSchema } from '../model.ts';
import { organisationWords } from '../organisation-messages.ts';
import { createOrganisation, organisationsOf } from '../organisations.ts';
import { OrganisationFields, type Typed } from './organisation-fields.tsx';

/** `/organisations`: for whom one acts, the switch, and how an organisation comes in. */
export function organisationsPage(): Router {
  const router = createRouter();

  // Whoever comes from a campaign finds the form filled in.
  router.get('/organisations', (c) => render(c, c.req.query()));

  router.post('/organisations', async (c) => {
    const user = await requireUser(c);
    const typed = await formFields(c);
    try {
      const about = checkFields(organisationSchema, typed);
      const { organisationId } = await createOrganisation(c.get('k'), { ...about, userId: user.id });
      await actFor(c, organisationId);
      return c.redirect(`/organisations/${organisationId}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return render(c, typed, error);
    }
  });

  router.post('/acting', async (c) => {
    const { organisation } = await formFields(c);
    try {
      await actFor(c, typeof organisation === 'string' && organisation !== '' ? organisation : null);
      return c.redirect('/organisations', 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'sign-in-required') throw error;
      return render(c, {}, error);
    }
  });
  return router;
}

/** The part of the account page that leads here. */
export async function organisationsSection(c: HttpContext): Promise<Child> {
  const words = organisationWords(c.get('locale')).list;
  return (
    <>
      <h2>{words.section}</h2>
      <p>{words.sectionIntro}</p>
      <p>
        <a href="/organisations">{words.sectionLink}</a>
      </p>
    </>
  );
}

async function render(c: HttpContext, typed: Typed, problem?: Problem) {
  const user = await requireUser(c);
  const locale = c.get('locale');
  const words = organisationWords(locale).list;
  const { roles } = organisationText(locale);
  const [acting, all] = [await currentMembership(c), await organisationsOf(c.get('k'), user.id)];
  const now = <Badge tone="good">{acting ? words.actNow : words.actNowSelf}</Badge>;
  const rows: Child[][] = [
    [user.name, words.self, acting ? <Switch to="" label={words.actSelf} /> : now],
    ...all.map(({ organisationId, name, role }): Child[] => [
      <a href={`/organisations/${organisationId}`}>{name}</a>,
      roles[role],
      acting?.organisationId === organisationId ? (
        now
      ) : (
        <Switch to={organisationId} label={words.act(name)} />
      ),
    ]),
  ];
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{words.intro}</p>
      <Table caption={words.caption} head={[words.who, words.role, words.now]} rows={rows} />
      <h2>{words.addTitle}</h2>
      <p>{words.addIntro}</p>
      <form method="post" action="/organisations">
        <OrganisationFields locale={locale} typed={typed} problem={problem} />
        <button type="submit">{words.add}</button>
      </form>
    </>,
  );
}

function Switch({ to, label }: { to: string; label: string }) {
  return (
    <ActionForm action="/acting" label={label}>
      <input type="hidden" name="organisation" value={to} />
    </ActionForm>
  );
}
