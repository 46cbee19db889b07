import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import {
  ActionForm,
  AskFirst,
  Badge,
  commonText,
  Empty,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { closePeriod } from '../close-period.ts';
import { billingText } from '../messages.ts';
import type { Period } from '../model.ts';
import { dropPeriod, listPeriods, openPeriod, periodSchema, readPeriod } from '../open-period.ts';
import { type ChecklistPart, type ItemState, periodChecklist } from '../period-checklist.ts';

const TONE = {
  done: 'good',
  blocked: 'info',
  'needs-you': 'warn',
  waiting: 'info',
} as const satisfies Record<ItemState, string>;

/** `/operator/periods`: month close, as a checklist. */
export function periodPages(parts: readonly ChecklistPart[]): Router {
  const router = createRouter();
  router.get('/operator/periods', async (c) => {
    await requireOperator(c);
    return listPage(c);
  });
  router.post('/operator/periods', async (c) => {
    const { id: actor } = await requireOperator(c);
    const typed = await formFields(c);
    try {
      const range = checkFields(periodSchema, { from: typed.from, to: typed.to });
      const period = await openPeriod(c.get('k'), { ...range, actor });
      return c.redirect(`/operator/periods/${period.id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return listPage(c, { typed, problem: error });
    }
  });
  router.get('/operator/periods/:id', async (c) => {
    await requireOperator(c);
    return checklistPage(c, parts);
  });
  router.post('/operator/periods/:id/close', async (c) => {
    const { id: actor } = await requireOperator(c);
    const periodId = c.req.param('id');
    try {
      const { closed } = await closePeriod(c.get('k'), { periodId, actor });
      return c.redirect(`/operator/periods/${periodId}${closed ? '' : '?again=yes'}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'period-unknown') throw error;
      return checklistPage(c, parts, error);
    }
  });
  router.post('/operator/periods/:id/drop', async (c) => {
    const { id: actor } = await requireOperator(c);
    await dropPeriod(c.get('k'), { periodId: c.req.param('id'), actor });
    return c.redirect('/operator/periods', 303);
  });
  return router;
}

function rangeOf(locale: Locale, { from, to, zone }: Period): string {
  const text = billingText(locale).period;
  return text.title(formatTime(locale, from, zone), formatTime(locale, to, zone));
}

type Typed = {
  readonly typed?: { readonly [name: string]: string | string[] };
  readonly problem?: Problem;
};

async function listPage(c: HttpContext, { typed = {}, problem }: Typed = {}): Promise<Response> {
  const locale = c.get('locale');
  const text = billingText(locale).periods;
  const periods = await listPeriods(c.get('k'));
  const value = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined);
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {periods.length === 0 ? (
        <Empty title={text.none}>
          <p>{text.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={text.caption}
          head={[text.head.range, text.head.state, text.head.open]}
          rows={periods.map((period) => [
            rangeOf(locale, period),
            <Badge tone={period.closedAt === null ? 'warn' : 'good'}>
              {period.closedAt === null ? text.state.open : text.state.closed}
            </Badge>,
            <a href={`/operator/periods/${period.id}`}>{text.look}</a>,
          ])}
        />
      )}
      <section>
        <h2>{text.add}</h2>
        <form method="post" action="/operator/periods">
          <Field name="from" type="date" label={text.from} value={value('from')} required />
          <Field name="to" type="date" label={text.to} hint={text.hint} value={value('to')} required />
          <button type="submit" class="main">
            {text.button}
          </button>
        </form>
      </section>
      <p>
        <a href="/operator/invoices">{text.invoices}</a>
      </p>
    </>,
  );
}

async function checklistPage(
  c: HttpContext,
  parts: readonly ChecklistPart[],
  problem?: Problem,
): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = billingText(locale).period;
  const period = await readPeriod(k, c.req.param('id') ?? '');
  const items = await periodChecklist(k, { period, locale, parts });
  const over = period.to <= k.clock.now();
  const range = rangeOf(locale, period);
  return renderPage(
    c,
    { title: range, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{range}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {c.req.query('again') === 'yes' && <Notice>{text.again}</Notice>}
      {period.closedAt !== null && (
        <Notice tone="good">{text.closed(formatTime(locale, period.closedAt, period.zone))}</Notice>
      )}
      <Table
        caption={text.checklist}
        head={[text.head.item, text.head.state, text.head.detail]}
        rows={items.map(({ title, state, detail, href }) => [
          href === undefined ? title : <a href={href}>{title}</a>,
          <Badge tone={TONE[state]}>{text.state[state]}</Badge>,
          detail,
        ])}
      />
      {period.closedAt === null && (
        <section>
          {over && (
            <AskFirst label={text.close} title={text.closeSure(range)} cancel={commonText(locale).keep}>
              <p>{text.closeHint}</p>
              <ActionForm action={`/operator/periods/${period.id}/close`} label={text.close} tone="main" />
            </AskFirst>
          )}
          <ActionForm action={`/operator/periods/${period.id}/drop`} label={text.drop} />
        </section>
      )}
      <p>
        <a href="/operator/periods">{text.back}</a>
      </p>
    </>,
  );
}
