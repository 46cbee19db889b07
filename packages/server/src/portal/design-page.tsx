import {
  createRouter,
  failCommon,
  formatDate,
  formatMoney,
  type Locale,
  type Router,
} from '../kernel/index.ts';
import {
  ActionForm,
  AskFirst,
  Badge,
  BarTable,
  Checkbox,
  Choices,
  commonText,
  Empty,
  Facts,
  Field,
  LineChart,
  Notice,
  ProblemNotice,
  renderPage,
  Select,
  Steps,
  Table,
  Timeline,
} from '../web/index.ts';
import { answerFiles, ELEMENT_SCRIPTS, Elements } from './design-elements.tsx';
import { designText } from './design-messages.ts';

const TONES = ['info', 'good', 'warn', 'bad'] as const;
const DAYS = ['2026-09-01', '2026-10-01', '2026-11-01'].map((day) => new Date(`${day}T12:00:00Z`));
const AMOUNTS = [1_240_000n, 980_000n, 2_310_000n];

type Part = { readonly locale: Locale };

/** `/_design`: every component with its states. Mounted in a demo world only. */
export function designPage(): Router {
  const router = createRouter();
  router.get('/_design', async (c) => {
    const locale = c.get('locale');
    const text = designText(locale);
    return renderPage(
      c,
      { title: text.title, wide: true, scripts: ELEMENT_SCRIPTS },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.intro}</p>
        <Words locale={locale} />
        <Marks locale={locale} />
        <Forms locale={locale} />
        <Faults locale={locale} />
        <Rows locale={locale} />
        <Progress locale={locale} />
        <Charts locale={locale} />
        <Elements locale={locale} q={c.req.query('q') ?? ''} />
      </>,
    );
  });
  // The forms of the page lead back to it.
  router.post('/_design', (c) => c.redirect('/_design', 303));
  router.post('/_design/files', answerFiles);
  router.post('/_design/known', (c) => c.json({ known: {} }, 200));
  return router;
}

function Words({ locale }: Part) {
  const text = designText(locale);
  return (
    <section>
      <h2>{text.type}</h2>
      <h3>{text.intro}</h3>
      <p>
        {text.notice} <a href="/_design">{text.title}</a> <code>ai-input</code>{' '}
        <small>{text.field.hint}</small>
      </p>
      <pre>clearway verify statement.json</pre>
      <h3>{text.names}</h3>
      <p class="names">
        <bdi>Ada Lindqvist</bdi> · <bdi>Tomás Ferreira</bdi> · <bdi>محمد الحداد</bdi> ·{' '}
        <bdi>Gráinne Tuohy</bdi>
      </p>
      <ul class="wall">
        {['Ada Lindqvist', 'Tomás Ferreira', 'Gráinne Tuohy'].map((name) => (
          <li>
            <bdi>{name}</bdi>
            <small>{text.field.hint}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Marks({ locale }: Part) {
  const text = designText(locale);
  return (
    <section>
      <h2>{text.notices}</h2>
      {TONES.map((tone) => (
        <Notice tone={tone}>
          <p>
            <strong>{text.tones[tone]}</strong> {text.notice}
          </p>
        </Notice>
      ))}
      <p>
        {TONES.map((tone) => (
          <>
            <Badge tone={tone}>{text.tones[tone]}</Badge>{' '}
          </>
        ))}
      </p>
      <Empty title={text.empty}>
        <p>{text.emptyText}</p>
      </Empty>
      <h2>{text.buttons}</h2>
      <ActionForm action="/_design" label={text.button.main} tone="main" />
      <ActionForm action="/_design" label={text.button.quiet} />
      <ActionForm action="/_design" label={text.button.danger} tone="danger" />
      <button type="button" disabled>
        {text.button.off}
      </button>
      <h2>{text.dialog}</h2>
      <AskFirst label={text.ask} title={text.askTitle} cancel={text.cancel} tone="danger">
        <p>{text.askText}</p>
        <ActionForm action="/_design" label={text.confirm} tone="danger" />
      </AskFirst>
    </section>
  );
}

function Forms({ locale }: Part) {
  const text = designText(locale);
  const { field } = text;
  const options = [
    { value: 'one', label: field.one, hint: field.oneHint },
    { value: 'two', label: field.two },
  ];
  return (
    <section>
      <h2>{text.fields}</h2>
      <form method="post" action="/_design">
        <Field name="name" label={field.name} hint={field.hint} value="Ada Lindqvist" />
        <Field name="note" label={field.note} rows={3} />
        <Select name="select" label={field.choice} options={options} />
        <Choices name="choice" legend={field.choice} options={options} value="one" />
        <Checkbox name="tick" label={field.tick} />
        <button type="submit">{field.send}</button>
      </form>
      <h2>{text.filter}</h2>
      <form method="get" action="/_design">
        <Field name="filter" label={field.name} />
        <Select name="craft" label={field.choice} options={options} />
        <button type="submit">{text.apply}</button>
      </form>
    </section>
  );
}

/** What was sent and could not be taken: the problem as a whole, and each kind of field with what is wrong with it. */
function Faults({ locale }: Part) {
  const { faults, field } = designText(locale);
  const options = [
    { value: 'one', label: field.one },
    { value: 'two', label: field.two },
  ];
  const errors = [{ path: 'name', message: 'must not be empty' }];
  return (
    <section>
      <h2>{faults.title}</h2>
      <ProblemNotice problem={failCommon('not-found', { detail: '/works/0' })} locale={locale} />
      <ProblemNotice problem={failCommon('invalid-input', { fields: { errors } })} locale={locale} />
      <form method="post" action="/_design">
        <Field name="wrong-name" label={field.name} hint={field.hint} value="@" error={faults.name} />
        <Field name="wrong-note" label={field.note} rows={2} error={faults.note} />
        <Field name="wrong-file" type="file" label={faults.file} error={faults.noFile} />
        <Select
          name="wrong-select"
          label={field.choice}
          options={options}
          empty={commonText(locale).choose}
          error={faults.choice}
        />
        <Choices name="wrong-choice" legend={field.choice} options={options} error={faults.choice} />
        <Checkbox name="wrong-tick" label={field.tick} error={faults.tick} />
        <p>
          <button type="submit">{faults.again}</button>
        </p>
      </form>
    </section>
  );
}

function Rows({ locale }: Part) {
  const text = designText(locale);
  const titles = ['The Lighthouse Keeper’s Ledger', 'Was bleibt', 'Ebb'];
  return (
    <section>
      <h2>{text.tables}</h2>
      <Table
        caption={text.table.caption}
        head={text.table.head.split('\n')}
        numbers={[3]}
        rows={titles.map((title, i) => [
          title,
          <Badge tone={TONES[i]!}>{text.tones[TONES[i]!]}</Badge>,
          formatDate(locale, DAYS[i]!),
          formatMoney(locale, AMOUNTS[i]!, 'EUR'),
        ])}
      />
      <h2>{text.facts}</h2>
      <Facts
        rows={[
          [text.field.name, 'Ada Lindqvist'],
          [text.amount, formatMoney(locale, AMOUNTS[0]!, 'EUR')],
        ]}
      />
    </section>
  );
}

function Progress({ locale }: Part) {
  const text = designText(locale);
  return (
    <section>
      <h2>{text.steps}</h2>
      <Steps label={text.steps} steps={text.step.split('\n')} current={1} />
      <h2>{text.timeline}</h2>
      <Timeline
        events={text.event.split('\n').map((title, i) => ({
          at: formatDate(locale, DAYS[i]!),
          title,
          detail: text.notice,
          tone: (['good', 'warn', 'bad'] as const)[i]!,
        }))}
      />
    </section>
  );
}

function Charts({ locale }: Part) {
  const text = designText(locale);
  const write = (value: bigint) => formatMoney(locale, value, 'EUR');
  const points = AMOUNTS.map((value, i) => ({
    label: formatDate(locale, DAYS[i]!),
    value,
    text: write(value),
  }));
  return (
    <section>
      <h2>{text.charts}</h2>
      <BarTable caption={text.amount} head={[text.month, text.amount]} points={points} />
      <LineChart
        caption={`${text.amount}, ${text.month}`}
        head={[text.month, text.amount]}
        points={points}
        write={write}
      />
    </section>
  );
}
