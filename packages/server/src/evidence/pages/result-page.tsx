import { formatMoney, formatNumber, formatTime, type Locale, type Problem } from '../../kernel/index.ts';
import { licensingText } from '../../licensing/index.ts';
import { offersText, priceInWords } from '../../offers/index.ts';
import { Badge, Facts, Field, Notice, ProblemNotice, Table } from '../../web/index.ts';
import { checkText } from '../messages.ts';
import { STATES } from '../model.ts';
import type { CheckedWork, CheckResult, Cost } from '../read-check.ts';

const PAGE = 50;
const TONES = {
  licensable: 'info',
  licensed: 'good',
  'on-hold': 'warn',
  reserved: 'warn',
  unknown: 'info',
} as const;

type Props = {
  readonly locale: Locale;
  readonly zone: string;
  readonly title: string;
  readonly result: CheckResult;
  readonly company: boolean;
  readonly asked: { readonly state: string | undefined; readonly from: number };
  readonly problem: Problem | undefined;
};

/** What matches, by state, with what it costs to license the rest. */
export function ResultPage({ locale, zone, title, result, company, asked, problem }: Props) {
  const text = checkText(locale);
  const { check, works, counts } = result;
  const state = STATES.find((one) => one === asked.state);
  const shown = works.filter(({ entitlement }) => state === undefined || entitlement.state === state);
  const page = shown.slice(asked.from, asked.from + PAGE);
  const path = `/dataset-checks/${check.id}`;
  const query = state === undefined ? '' : `state=${state}&`;
  const number = (n: number | bigint) => formatNumber(locale, n);
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <Facts
        rows={[
          [text.facts.use, offersText(locale).use[check.use]],
          [text.facts.scanned, formatTime(locale, check.scannedAt, zone)],
          [text.facts.read, text.read(number(check.items), number(check.words), number(check.bytes))],
          [text.facts.tool, check.tool],
          [text.facts.report, <code>{check.reportSha256}</code>],
          [text.facts.index, <code>{check.indexSha256}</code>],
        ]}
      />
      {works.length === 0 ? (
        <Notice tone="good">{text.nothing}</Notice>
      ) : (
        <>
          <nav aria-label={text.filter}>
            <ul class="filter">
              <li>
                <a href={path} aria-current={state === undefined ? 'true' : undefined}>
                  {text.all} ({number(works.length)})
                </a>
              </li>
              {STATES.map((one) => (
                <li>
                  <a href={`${path}?state=${one}`} aria-current={state === one ? 'true' : undefined}>
                    {text.state[one]} ({number(counts[one])})
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {page.length === 0 ? (
            <p>{text.nothingHere}</p>
          ) : (
            <Table
              caption={text.works}
              head={Object.values(text.worksHead)}
              rows={page.map((work) => workRow(locale, work))}
            />
          )}
          {asked.from + PAGE < shown.length && (
            <p>
              <a href={`${path}?${query}from=${asked.from + PAGE}`}>{text.next}</a>
            </p>
          )}
          <p>
            <a href={`${path}/hits.csv`}>{text.csv}</a> · <a href="/cases">{text.toCase}</a>
          </p>
        </>
      )}
      {result.costs.length > 0 && (
        <section>
          <h2>{text.cost.title}</h2>
          {result.costs.map((cost) => (
            <CostForm locale={locale} cost={cost} path={path} company={company} />
          ))}
          {company ? <p class="hint">{text.cost.most}</p> : <p>{text.cost.company}</p>}
        </section>
      )}
    </>
  );
}

function workRow(locale: Locale, { workId, title, items, kinds, words, coverage, entitlement }: CheckedWork) {
  const text = checkText(locale);
  const { state } = entitlement;
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(coverage ?? 0);
  const how = kinds.map((kind) => text.kind[kind]).join(', ');
  const excerpt = words === null ? '' : ` (${text.excerpt(formatNumber(locale, words), percent)})`;
  return [
    state === 'unknown' ? <code>{workId}</code> : <a href={`/w/${workId}`}>{title || workId}</a>,
    <Badge tone={TONES[state]}>{text.state[state]}</Badge>,
    priceOrReason(locale, entitlement),
    formatNumber(locale, items),
    `${how}${excerpt}`,
  ];
}

function priceOrReason(locale: Locale, { state, price, reason, agreementId }: CheckedWork['entitlement']) {
  if (state === 'licensed') return <a href={`/agreements/${agreementId}`}>{checkText(locale).agreement}</a>;
  if (reason !== undefined) return licensingText(locale).reason[reason];
  if (!price) return '';
  if (price.free) return licensingText(locale).free;
  const { unit, currency, amountMicro, perUnits } = price;
  return priceInWords(
    locale,
    { unit, amountMicro: amountMicro.toString(), perUnits: perUnits.toString() },
    currency,
  );
}

type CostProps = {
  readonly locale: Locale;
  readonly cost: Cost;
  readonly path: string;
  readonly company: boolean;
};

function CostForm({ locale, cost, path, company }: CostProps) {
  const text = checkText(locale).cost;
  const { unit, currency, works, amountMicro } = cost;
  const [number, amount] = [formatNumber(locale, works), formatMoney(locale, amountMicro, currency)];
  const flat = unit === 'model-version';
  return (
    <>
      <p>{flat ? text.total(number, amount) : text.counted(number, amount)}</p>
      {company && (
        <form method="post" action={`${path}/quote`}>
          <input type="hidden" name="unit" value={unit} />
          {flat && <Field name="model" label={text.model} maxLength={200} required />}
          <Field
            name="months"
            id={`f-months-${unit}`}
            label={text.months}
            type="number"
            value="12"
            required
          />
          <button type="submit">{text.ask}</button>
        </form>
      )}
    </>
  );
}
