import {
  createRouter,
  formatDate,
  formatMoney,
  formatNumber,
  type HttpContext,
  type Locale,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { BarTable, Empty, Facts, LineChart, renderPage, Table } from '../../web/index.ts';
import { earningId } from '../build-lines.ts';
import { statementsText } from '../messages.ts';
import type { StatementSummary } from '../model.ts';
import { earningsOfMonth, readEarnings } from '../read-earnings.ts';
import { listStatements } from '../read-statements.ts';
import type { EarningSum } from '../store-earnings.ts';

const MONTH = /^[0-9]{4}-(?:0[1-9]|1[0-2])$/;

/** `/earnings`: where a payee stands, charts, statements; `/earnings/months/:month`: the earnings of one month. */
export function earningsPages(): Router {
  const router = createRouter();
  router.get('/earnings', overview);
  router.get('/earnings/months/:month', monthPage);
  return router;
}

async function overview(c: HttpContext): Promise<Response> {
  const party = await requireParty(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = statementsText(locale);
  const words = text.earnings;
  const earnings = await readEarnings(k, party.id);
  const { zone, standing, byMonth, byWork, byLicensee } = earnings;
  const statements = await listStatements(k, { partyId: party.id });
  const currencies = [...new Set(byMonth.map(({ currency }) => currency))];
  return renderPage(
    c,
    { title: words.title, wide: true },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      {standing.length === 0 ? (
        <Empty title={words.empty}>
          <p>{words.emptyHint}</p>
          <p>
            <a href="/usage">{words.usage}</a>
          </p>
        </Empty>
      ) : (
        <>
          <h2>{words.standing}</h2>
          <Facts
            rows={standing.flatMap(({ currency, owedMicro, inPayoutMicro }) => [
              [words.owed, <strong>{formatMoney(locale, owedMicro, currency)}</strong>],
              [words.way, formatMoney(locale, inPayoutMicro, currency)],
            ])}
          />
        </>
      )}
      <ul class="links">
        <li>
          <a href="/earnings/waiting">{words.waiting}</a>
        </li>
        <li>
          <a href="/payouts">{words.payouts}</a>
        </li>
        <li>
          <a href="/payout-profile">{words.profile}</a>
        </li>
        <li>
          <a href="/verify">{words.verify}</a>
        </li>
      </ul>
      <StatementList statements={statements} locale={locale} zone={zone} />
      {currencies.map((currency) => {
        const of = (sums: readonly EarningSum[]) => sums.filter((sum) => sum.currency === currency);
        const point = (sum: EarningSum, label: unknown) => ({
          label: label as string,
          value: sum.netMicro,
          text: formatMoney(locale, sum.netMicro, currency),
        });
        const about = (what: string) => (currencies.length > 1 ? `${what}, ${currency}` : what);
        return (
          <>
            <LineChart
              caption={about(words.byMonth)}
              head={[words.month, words.earned]}
              points={of(byMonth).map((sum) =>
                point(sum, <a href={`/earnings/months/${sum.id}`}>{monthName(locale, sum.id)}</a>),
              )}
              write={(micro) => formatMoney(locale, micro, currency)}
            />
            <BarTable
              caption={about(words.byWork)}
              head={[words.work, words.earned]}
              points={of(byWork).map((sum) => point(sum, <a href={`/usage/works/${sum.id}`}>{sum.title}</a>))}
            />
            <BarTable
              caption={about(words.byLicensee)}
              head={[words.licensee, words.earned]}
              points={of(byLicensee).map((sum) => point(sum, sum.title))}
            />
          </>
        );
      })}
    </>,
  );
}

function StatementList(props: { statements: readonly StatementSummary[]; locale: Locale; zone: string }) {
  const { statements, locale, zone } = props;
  const text = statementsText(locale).statements;
  return (
    <>
      <h2>{text.title}</h2>
      {statements.length === 0 ? (
        <p>{text.empty}</p>
      ) : (
        <Table
          caption={text.title}
          captionHidden
          head={[text.number, text.to, text.earned, text.closing]}
          rows={statements.map((s) => [
            <a href={`/earnings/statements/${s.id}`}>{text.name(s.number, s.currency)}</a>,
            formatDate(locale, new Date(s.toAt.getTime() - 1), zone),
            formatMoney(locale, s.earnedMicro, s.currency),
            formatMoney(locale, s.closingMicro, s.currency),
          ])}
        />
      )}
    </>
  );
}

async function monthPage(c: HttpContext): Promise<Response> {
  const party = await requireParty(c);
  const locale = c.get('locale');
  const month = c.req.param('month') ?? '';
  if (!MONTH.test(month)) return c.notFound();
  const text = statementsText(locale);
  const rows = await earningsOfMonth(c.get('k'), party.id, month);
  const title = text.month.title(monthName(locale, month));
  return renderPage(
    c,
    { title, wide: true },
    <>
      <h1>{title}</h1>
      {rows.length === 0 ? (
        <p>{text.month.none}</p>
      ) : (
        <Table
          caption={title}
          captionHidden
          head={[text.line.work, text.line.licensee, text.line.units, text.line.rated, text.line.amount]}
          rows={rows.map((row) => [
            <a href={`/earnings/lines/${earningId(row)}`}>{row.title}</a>,
            row.licensee,
            formatNumber(locale, row.units),
            formatMoney(locale, row.ratedMicro, row.currency),
            formatMoney(locale, row.netMicro, row.currency),
          ])}
        />
      )}
      <p>
        <a href="/earnings">{text.month.back}</a>
      </p>
    </>,
  );
}

/** A month such as 2026-11 as people write it. */
function monthName(locale: Locale, month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  const style = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', style).format(at);
}
