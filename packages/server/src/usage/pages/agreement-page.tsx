import { formatDate, formatNumber, formatTime, type Locale, type Problem } from '../../kernel/index.ts';
import { offersText } from '../../offers/index.ts';
import { Badge, Facts, Field, ProblemNotice, Table } from '../../web/index.ts';
import { usageText } from '../messages.ts';
import type { AgreementUsage } from '../read-usage.ts';
import type { ReceiptRow } from '../store-receipts.ts';

/** What was typed into the report and what was wrong with it. */
export type Typed = {
  readonly fields?: { readonly [name: string]: string | string[] };
  readonly problem?: Problem;
};

type Props = {
  readonly locale: Locale;
  readonly title: string;
  readonly usage: AgreementUsage;
  readonly receipts: readonly ReceiptRow[];
  /** The licensee looks, who may report. */
  readonly mine: boolean;
  readonly typed: Typed;
};

/** Numbers, reports and receipts of one licence. */
export function AgreementPage(props: Props) {
  const { locale, usage, title, typed, mine } = props;
  const text = usageText(locale);
  const { agreement, faults } = usage;
  const scope = agreement.modelScope;
  return (
    <>
      <h1>{title}</h1>
      <ProblemNotice problem={typed.problem} locale={locale} />
      <Facts
        rows={[
          [text.head.use, offersText(locale).use[agreement.use]],
          [
            text.agreement.period,
            `${formatDate(locale, agreement.madeAt)} – ${formatDate(locale, agreement.endsAt)}`,
          ],
          ...(scope === null
            ? []
            : ([
                [
                  text.agreement.model,
                  scope.kind === 'named'
                    ? scope.name
                    : text.agreement.sealed(`${scope.commitment.slice(0, 16)}…`),
                ],
              ] as const)),
          [
            text.agreement.payable,
            agreement.unit === 'fetch' ? text.agreement.byGate : text.agreement.byReport,
          ],
        ]}
      />
      <Sums {...props} />
      {faults.length > 0 && (
        <section>
          <h2>{text.fault.title}</h2>
          <p>{text.fault.intro}</p>
          <ul>
            {faults.map(({ fault, records }) => (
              <li>
                {formatNumber(locale, records)}: {text.fault[fault]}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Reports {...props} />
      {mine && <ReportForm {...props} />}
      <Receipts {...props} />
    </>
  );
}

function Sums({ locale, usage }: Props) {
  const text = usageText(locale);
  const titles = new Map(usage.works.map(({ workId, title }) => [workId, title]));
  if (usage.sums.length === 0) return <p>{text.agreement.none}</p>;
  return (
    <Table
      caption={text.title}
      head={[text.head.work, text.head.number, text.head.known]}
      rows={usage.sums.map(({ workId, units, unit, grade }) => [
        titles.get(workId) ?? '',
        `${formatNumber(locale, units)} ${text.unit[unit as keyof typeof text.unit]}`,
        <>
          {text.grade[grade as keyof typeof text.grade]}{' '}
          {usage.payable.includes(grade) && <Badge tone="good">{text.head.paid}</Badge>}
        </>,
      ])}
    />
  );
}

function Reports({ locale, usage }: Props) {
  const text = usageText(locale);
  const { reports, mismatches, works } = usage;
  const titles = new Map(works.map(({ workId, title }) => [workId, title]));
  if (reports.length === 0) return null;
  return (
    <section id="reports">
      <h2>{text.report.earlier}</h2>
      <ul>
        {reports.map(({ from, to, reportedAt, lines }) => (
          <li>
            {text.report.done(from, to)}: {lines.map(({ workId }) => titles.get(workId)).join(', ')} (
            {formatTime(locale, reportedAt)})
          </li>
        ))}
      </ul>
      {usage.agreement.unit === 'fetch' && (
        <>
          <h2>{text.mismatch.title}</h2>
          {mismatches.length === 0 ? (
            <p>{text.mismatch.none}</p>
          ) : (
            <>
              <p>{text.mismatch.hint}</p>
              <Table
                caption={text.mismatch.title}
                captionHidden
                head={[text.head.day, text.head.work, text.head.reported, text.head.counted]}
                rows={mismatches.map(({ from, to, workId, reported, counted }) => [
                  text.report.done(from, to),
                  titles.get(workId) ?? '',
                  formatNumber(locale, reported),
                  formatNumber(locale, counted),
                ])}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}

function ReportForm({ locale, usage, typed }: Props) {
  const text = usageText(locale).report;
  const { agreement, works } = usage;
  const typedIn = (name: string) => {
    const value = typed.fields?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const intro = { fetch: text.ofFetches, answer: text.ofAnswers, 'model-version': text.ofModel };
  return (
    <section>
      <h2>{text.title}</h2>
      <p>{intro[agreement.unit]}</p>
      <form method="post" action={`/usage/agreements/${agreement.id}/reports`}>
        <Field name="from" type="date" label={text.from} value={typedIn('from')} required />
        <Field name="to" type="date" label={text.to} value={typedIn('to')} required />
        {works.map(({ workId, title }) =>
          agreement.unit === 'model-version' ? (
            <label class="choice">
              <input
                type="checkbox"
                name={`units-${workId}`}
                value="1"
                checked={typedIn(`units-${workId}`) === '1'}
              />{' '}
              {text.used(title)}
            </label>
          ) : (
            <Field
              name={`units-${workId}`}
              inputMode="numeric"
              label={text.number(title)}
              value={typedIn(`units-${workId}`)}
              maxLength={12}
            />
          ),
        )}
        <button type="submit" class="main">
          {text.button}
        </button>
      </form>
    </section>
  );
}

function Receipts({ locale, usage, receipts }: Props) {
  const text = usageText(locale);
  const last = receipts.at(-1);
  return (
    <section id="receipts">
      <h2>{text.receipts.title}</h2>
      {receipts.length === 0 ? (
        <p>{text.receipts.none}</p>
      ) : (
        <>
          <p>{text.receipts.intro}</p>
          <Table
            caption={text.receipts.title}
            captionHidden
            head={[text.receipts.number, text.receipts.issued, text.head.number, text.head.known, '']}
            rows={receipts.map(({ number, issuedAt, total, grade }) => [
              formatNumber(locale, number),
              formatTime(locale, issuedAt),
              formatNumber(locale, total),
              text.grade[grade as keyof typeof text.grade],
              <a href={`/usage/receipts/${usage.agreement.id}/${number}`}>{text.receipts.download}</a>,
            ])}
          />
          {receipts.length === 200 && last && (
            <p>
              <a href={`/usage/agreements/${usage.agreement.id}?after=${last.number}#receipts`}>
                {text.receipts.more}
              </a>
            </p>
          )}
        </>
      )}
    </section>
  );
}
