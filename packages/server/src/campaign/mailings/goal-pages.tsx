import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import {
  ActionForm,
  Empty,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
  Timeline,
} from '../../web/index.ts';
import { type Goals, readGoals, removeGoal, setGoal } from './goals.ts';
import { goalText, mailingText } from './mailing-messages.ts';

const PATH = '/operator/campaign/goals';
export const targetSchema = z.coerce.number().int().min(1).max(1_000_000_000);

/** `/milestones` for everybody; `/operator/campaign/goals` to set them. */
export function goalPages(): Router {
  const router = createRouter();
  router.get('/milestones', milestones);
  router.get(PATH, (c) => desk(c));
  router.post(PATH, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    try {
      const about = { target: checkFields(z.object({ target: targetSchema }), fields).target, by };
      await (fields.action === 'remove' ? removeGoal(c.get('k'), about) : setGoal(c.get('k'), about));
    } catch (error) {
      if (error instanceof Problem) return desk(c, error);
      throw error;
    }
    return c.redirect(`${PATH}?done`, 303);
  });
  return router;
}

/** The next goal as a bar with its words; nothing without a goal ahead. */
export function GoalBar({ locale, goals }: { locale: Locale; goals: Goals }) {
  const text = goalText(locale);
  const { next, count, reached } = goals;
  const number = (n: number) => formatNumber(locale, n);
  return (
    <>
      {next !== undefined && (
        <p class="goal">
          <label for="goal">{text.bar(number(count), number(next))}</label>
          <progress id="goal" value={count} max={next} /> <small>{text.left(number(next - count))}</small>
        </p>
      )}
      {reached.length > 0 && (
        <p class="hint">
          <a href="/milestones">{text.link}</a>
        </p>
      )}
    </>
  );
}

async function milestones(c: HttpContext) {
  const locale = c.get('locale');
  const text = goalText(locale);
  const goals = await readGoals(c.get('k'));
  const number = (n: number) => formatNumber(locale, n);
  return renderPage(
    c,
    { title: text.title, description: text.description },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {goals.next !== undefined && (
        <>
          <h2>{text.next}</h2>
          <GoalBar locale={locale} goals={{ ...goals, reached: [] }} />
        </>
      )}
      {goals.reached.length === 0 ? (
        <Empty title={text.none}>
          <p>{text.noneText}</p>
          <p>
            <a class="button" href="/sign">
              {text.sign}
            </a>
          </p>
        </Empty>
      ) : (
        <Timeline
          events={goals.reached.map(({ target, at, count }) => ({
            at: formatDate(locale, at),
            title: text.reached(number(target)),
            detail: text.count(number(count)),
            tone: 'good',
          }))}
        />
      )}
    </>,
  );
}

async function desk(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const { has } = await c.get('face')();
  const { goals: text, back } = mailingText(locale);
  const goals = await readGoals(c.get('k'));
  const number = (n: number) => formatNumber(locale, n);
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign/mailings">{back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={PATH}>
        <Field name="target" label={text.target} inputMode="numeric" required maxLength={10} />
        <button type="submit" name="action" value="set">
          {text.set}
        </button>
      </form>
      <h2>{text.open}</h2>
      {goals.open.length === 0 && <p>{text.openNone}</p>}
      {goals.open.length > 0 && (
        <Table
          caption={text.open}
          captionHidden
          head={[text.target, '']}
          rows={goals.open.map((target) => [
            number(target),
            <ActionForm action={PATH} label={text.remove}>
              <input type="hidden" name="action" value="remove" />
              <input type="hidden" name="target" value={String(target)} />
            </ActionForm>,
          ])}
        />
      )}
      <h2>{text.reached}</h2>
      {goals.reached.length === 0 && <p>{text.reachedNone}</p>}
      {goals.reached.length > 0 && (
        <Table
          caption={text.reached}
          captionHidden
          head={[text.target, text.at, text.count, '']}
          rows={goals.reached.map(({ target, at, count }) => [
            number(target),
            formatTime(locale, at),
            number(count),
            <a href={`/operator/campaign/mailings/new?as=milestone&target=${target}`}>{text.mail}</a>,
          ])}
        />
      )}
      {has('/milestones') && (
        <p>
          <a href="/milestones">{text.publicPage}</a>
        </p>
      )}
    </>,
  );
}
