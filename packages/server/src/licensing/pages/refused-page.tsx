import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { ActionForm, Empty, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { allowCompany, deniedCompanies, denyCompany } from '../deny-company.ts';
import { licensingText } from '../messages.ts';

/** `/refused-companies`: a holder's no to single companies. */
export function refusedPages(): Router {
  const router = createRouter();
  router.get('/refused-companies', (c) => page(c));
  router.post('/refused-companies', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const typed = String((await formFields(c)).company ?? '').trim();
    try {
      await denyCompany(c.get('k'), { holderId: party.id, licenseeId: typed, actor: user.id });
      return c.redirect('/refused-companies', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return page(c, typed.slice(0, 100), error);
    }
  });
  router.post('/refused-companies/:id/allow', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const licenseeId = c.req.param('id');
    await allowCompany(c.get('k'), { holderId: party.id, licenseeId, actor: user.id });
    return c.redirect('/refused-companies', 303);
  });
  return router;
}

async function page(c: HttpContext, typed = '', problem?: Problem): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const holder = await requireParty(c);
  const { zone } = await requireInstance(k);
  const words = licensingText(locale).refused;
  const companies = await deniedCompanies(k, holder.id);
  return renderPage(
    c,
    { title: words.title, status: problem?.status ?? 200 },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {companies.length === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          head={[words.head.name, words.head.since, words.head.act]}
          rows={companies.map(({ party, at }) => [
            party.name,
            formatDate(locale, at, zone),
            <ActionForm action={`/refused-companies/${party.id}/allow`} label={words.allow} />,
          ])}
        />
      )}
      <form method="post" action="/refused-companies">
        <Field
          name="company"
          label={words.company}
          hint={words.companyHint}
          value={typed}
          maxLength={100}
          required
        />
        <button type="submit">{words.refuse}</button>
      </form>
    </>,
  );
}
