import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Field, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import { checkText } from './check-messages.ts';
import { listChecks } from './list-checks.ts';
import { takeCheckBack } from './take-check-back.ts';

const PATH = '/operator/campaign/checks';

/** `/operator/campaign/checks`: what is checked about an entry, and taking a check back. */
export function checksPage(): Router {
  const router = createRouter();
  router.get(PATH, (c) => page(c));
  router.post(PATH, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    try {
      await takeCheckBack(c.get('k'), {
        checkId: String(fields.check ?? ''),
        reason: String(fields.reason ?? ''),
        by,
      });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    const entry = encodeURIComponent(c.req.query('entry') ?? '');
    return c.redirect(`${PATH}?entry=${entry}&done`, 303);
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const { desk: text } = checkText(locale);
  const { desk } = deskText(locale);
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{desk.back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <form method="get" action={PATH}>
        <Field name="entry" label={desk.entry} required maxLength={500} value={c.req.query('entry') ?? ''} />
        <button type="submit" class="quiet">
          {text.find}
        </button>
      </form>
      {c.req.query('entry') !== undefined && (await Checks(c))}
    </>,
  );
}

async function Checks(c: HttpContext) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { desk: text } = checkText(locale);
  const { signatoryId, name, checks } = await listChecks(k, c.req.query('entry') ?? '');
  return (
    <>
      <h2>
        <bdi>{name}</bdi>
      </h2>
      {checks.length === 0 && <p>{text.none}</p>}
      {checks.map(({ id, method, detail, checkedAt }) => (
        <form method="post" action={`${PATH}?entry=${signatoryId}`}>
          <h3>{deskText(locale).entry.method[method](detail, formatDate(locale, checkedAt))}</h3>
          <input type="hidden" name="check" value={id} />
          <Field name="reason" label={text.reason} rows={3} required maxLength={1_000} />
          <button type="submit" class="danger">
            {text.button}
          </button>
        </form>
      ))}
    </>
  );
}
