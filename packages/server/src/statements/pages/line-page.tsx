import { type StatementLine, splitLine } from '@clearway/protocol';
import {
  createRouter,
  formatMoney,
  formatNumber,
  formatTime,
  type HttpContext,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { offersText } from '../../offers/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Facts, Notice, renderPage, Table } from '../../web/index.ts';
import { statementsText } from '../messages.ts';
import { type EarningDetail, readEarning } from '../read-earnings.ts';

/** `/earnings/lines/:id`: one earning, from each use it pays for to the last millionth. */
export function linePage(): Router {
  const router = createRouter();
  router.get('/earnings/lines/:id', show);
  return router;
}

async function show(c: HttpContext): Promise<Response> {
  const party = await requireParty(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const id = c.req.param('id') ?? '';
  const detail = await readEarning(k, { id, partyId: party.id, after: c.req.query('after') });
  const text = statementsText(locale).line;
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const title = text.title(detail.row.title);
  const { line, row } = detail;
  return renderPage(
    c,
    { title, wide: true },
    <>
      <h1>{title}</h1>
      {line.kind === 'credit' && <Notice>{text.credit}</Notice>}
      {line.steps.length > 1 && <Notice>{text.waited}</Notice>}
      <How detail={detail} locale={locale} />
      {line.steps.map((step, i) => (
        <Split line={line} step={step} number={i + 1} currency={row.currency} locale={locale} />
      ))}
      <h2>{text.uses}</h2>
      {detail.uses.length === 0 ? (
        <p>{text.noUses}</p>
      ) : (
        <Table
          caption={text.uses}
          captionHidden
          head={[text.at, text.path, text.number, text.what]}
          rows={detail.uses.map((use) => [
            formatTime(locale, new Date(use.at), zone),
            use.path ?? '',
            formatNumber(locale, use.units),
            <code>{use.id}</code>,
          ])}
        />
      )}
      {detail.more !== undefined && (
        <p>
          <a href={`/earnings/lines/${id}?after=${encodeURIComponent(detail.more)}`}>{text.more}</a>
        </p>
      )}
    </>,
  );
}

function How({ detail: { line, row }, locale }: { detail: EarningDetail; locale: Locale }) {
  const text = statementsText(locale).line;
  const money = (micro: bigint | string) => formatMoney(locale, BigInt(micro), row.currency);
  const use = offersText(locale).use;
  const grades: { readonly [grade: string]: string } = statementsText(locale).grade;
  const units: { readonly [unit: string]: string } = statementsText(locale).unit;
  return (
    <Facts
      rows={[
        [text.amount, <strong>{money(line.amount)}</strong>],
        [text.work, <a href={`/w/${line.work.id}`}>{line.work.title}</a>],
        [text.licensee, line.licensee.name],
        [text.use, use[line.use as keyof typeof use] ?? line.use],
        [text.units, `${formatNumber(locale, BigInt(line.units))} ${units[line.unit] ?? line.unit}`],
        [text.known, grades[line.grade] ?? line.grade],
        [
          text.price,
          text.per(money(line.price.amountMicro), formatNumber(locale, BigInt(line.price.perUnits))),
        ],
        [text.rated, money(line.rated)],
        [
          text.terms,
          <a href={`/w/${line.work.id}/versions/${row.offerVersion}`}>
            <code>{line.offerSha256}</code>
          </a>,
        ],
        [text.agreement, <code>{line.agreement}</code>],
        [text.ownFee, money(line.fee)],
      ]}
    />
  );
}

function Split(props: {
  line: StatementLine;
  step: StatementLine['steps'][number];
  number: number;
  currency: string;
  locale: Locale;
}) {
  const { line, step, number, currency, locale } = props;
  const text = statementsText(locale).line;
  const money = (micro: bigint | string) => formatMoney(locale, BigInt(micro), currency);
  const percent = (ppm: number) => `${formatNumber(locale, ppm / 10_000)} %`;
  const { parts } = splitLine({
    amountMicro: BigInt(step.amountIn),
    baseMicro: BigInt(step.base),
    feePpm: step.feePpm,
    shares: step.split.map(({ key, weight }) => ({ key, weight: BigInt(weight) })),
  });
  return (
    <>
      <h2>{text.step(number)}</h2>
      <Facts rows={[[text.fee(percent(step.feePpm)), money(step.fee)]]} />
      <Table
        caption={text.split}
        head={[text.key, text.weight, text.part]}
        rows={step.split.map(({ key, claim, sharePpm, weight }, i) => [
          key === line.key ? (
            <strong>{text.mine}</strong>
          ) : claim === undefined ? (
            text.owner
          ) : (
            <code>{claim.slice(-12)}</code>
          ),
          sharePpm > 0 ? percent(sharePpm) : formatNumber(locale, BigInt(weight)),
          money(parts[i]!.netMicro),
        ])}
      />
    </>
  );
}
