import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  cleanText,
  createRouter,
  formatDate,
  type HttpContext,
  Problem,
  type Router,
  readForm,
} from '../../kernel/index.ts';
import { Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { openHolds, resolveContest } from '../contest-claim.ts';
import { possibleDuplicates } from '../read-work.ts';
import { pageText } from './messages.ts';

const decisionForm = z.object({
  hold: z.uuid(),
  outcome: z.enum(['upheld', 'rejected']),
  resolution: cleanText(2_000).refine((text) => text.length > 0, 'must not be empty'),
});

/** `/operator/works`: objections to decide and files registered by several. */
export function operatorPage(): Router {
  const router = createRouter();
  router.get('/operator/works', async (c) => page(c, undefined));
  router.post('/operator/works', async (c) => {
    const user = await requireOperator(c);
    try {
      const { hold, outcome, resolution } = await readForm(c, decisionForm);
      await resolveContest(c.get('k'), { holdId: hold, outcome, resolution, actor: user.id });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect('/operator/works', 303);
  });
  return router;
}

async function page(c: HttpContext, problem: Problem | undefined): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = pageText(locale).operator;
  const holds = await openHolds(k);
  const duplicates = await possibleDuplicates(k);
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200, wide: true },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <h2>{text.holds}</h2>
      {holds.length === 0 ? (
        <p>{text.noHolds}</p>
      ) : (
        <Table
          caption={text.holds}
          head={[text.work, text.reason, text.due, text.decide]}
          rows={holds.map((hold) => [
            <a href={`/w/${hold.workId}`}>{hold.workId}</a>,
            hold.reason,
            formatDate(locale, hold.answerDueAt),
            <form method="post" action="/operator/works">
              <input type="hidden" name="hold" value={hold.id} />
              <Field name="resolution" label={text.resolution} rows={2} required maxLength={2000} />
              <button type="submit" name="outcome" value="rejected" class="quiet">
                {text.reject}
              </button>{' '}
              <button type="submit" name="outcome" value="upheld" class="danger">
                {text.uphold}
              </button>
            </form>,
          ])}
        />
      )}
      <h2>{text.duplicates}</h2>
      {duplicates.length === 0 ? (
        <p>{text.noDuplicates}</p>
      ) : (
        <Table
          caption={text.duplicates}
          head={['SHA-256', text.works]}
          rows={duplicates.map(({ sha256, workIds }) => [
            <code>{sha256}</code>,
            <ul>
              {workIds.map((id) => (
                <li>
                  <a href={`/w/${id}`}>{id}</a>
                </li>
              ))}
            </ul>,
          ])}
        />
      )}
    </>,
  );
}
