import { agentsAsOf } from '@clearway/agents';
import {
  createRouter,
  formatDate,
  formatNumber,
  type HttpContext,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { licensingText } from '../../licensing/index.ts';
import { Empty, renderPage, Table } from '../../web/index.ts';
import { companiesText } from './messages.ts';
import { type Company, readCompanies } from './read-companies.ts';

/** `/companies`: who licenses, who promised, and who is on the list of agents. */
export function companiesPage(): Router {
  const router = createRouter();
  router.get('/companies', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const text = companiesText(locale);
    const { companies } = await readCompanies(k);
    const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
    const live = companies.filter(({ licensed }) => licensed.some((one) => one.live));
    const earlier = companies.filter(({ licensed }) => licensed.some((one) => !one.live));
    const known = companies.filter(({ agents }) => agents.length > 0);
    return renderPage(
      c,
      { title: text.title, description: text.description, wide: true },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        <h2>{text.licensed}</h2>
        <p>{text.licensedHint}</p>
        {live.length === 0 && (
          <Empty title={text.none}>
            <p>{text.noneHint}</p>
          </Empty>
        )}
        {live.length > 0 && <Licensed c={c} companies={live} live zone={zone} />}
        {earlier.length > 0 && (
          <>
            <h2>{text.earlier}</h2>
            <Licensed c={c} companies={earlier} live={false} zone={zone} />
          </>
        )}
        <Pledged locale={locale} companies={companies} zone={zone} />
        <h2>{text.all}</h2>
        <p>{text.allHint(formatDate(locale, new Date(`${agentsAsOf}T00:00:00Z`)))}</p>
        <ul class="links many">
          {known.map(({ slug, name, agents }) => (
            <li>
              <a href={`/companies/${slug}`}>{name}</a>
              <small>{text.agents(agents.length)}</small>
            </li>
          ))}
        </ul>
      </>,
    );
  });
  return router;
}

type ListProps = { c: HttpContext; companies: readonly Company[]; live: boolean; zone: string };

function Licensed({ c, companies, live, zone }: ListProps) {
  const locale = c.get('locale');
  const text = companiesText(locale);
  const use = licensingText(locale).use;
  const date = (at: Date) => formatDate(locale, at, zone);
  const number = (n: number) => formatNumber(locale, n);
  return (
    <Table
      caption={live ? text.licensed : text.earlier}
      captionHidden
      head={[
        text.head.company,
        live ? text.head.since : text.head.period,
        text.head.uses,
        text.head.works,
        text.head.holders,
      ]}
      numbers={[3, 4]}
      rows={companies.flatMap(({ slug, name, licensed }) =>
        licensed
          .filter((one) => one.live === live)
          .map((one) => [
            <a href={`/companies/${slug}`}>{name}</a>,
            one.until ? `${date(one.since)} – ${date(one.until)}` : date(one.since),
            one.uses.map((each) => use[each]).join(', '),
            number(one.works),
            number(one.holders),
          ]),
      )}
    />
  );
}

type PledgedProps = { locale: Locale; companies: readonly Company[]; zone: string };

function Pledged({ locale, companies, zone }: PledgedProps) {
  const text = companiesText(locale);
  const rows = companies.flatMap(({ slug, name, pledges }) =>
    pledges.map((pledge) => [
      <a href={`/companies/${slug}`}>{name}</a>,
      <>
        {pledge.host}
        <small>
          {' '}
          {text.checkedBy(methodName(locale, pledge.method), formatDate(locale, pledge.checkedAt, zone))}
        </small>
      </>,
      formatDate(locale, pledge.signedAt, zone),
      <a href="/companies/pledge">{text.version(pledge.version)}</a>,
    ]),
  );
  return (
    <>
      <h2>{text.pledged}</h2>
      <p>
        {text.pledgedHint} <a href="/companies/pledge">{text.readPledge}</a>
      </p>
      {rows.length === 0 ? (
        <p>{text.pledgedNone}</p>
      ) : (
        <Table
          caption={text.pledged}
          captionHidden
          head={[
            text.pledgeHead.company,
            text.pledgeHead.website,
            text.pledgeHead.signed,
            text.pledgeHead.text,
          ]}
          rows={rows}
        />
      )}
    </>
  );
}

/** How control of a website was checked, in words. */
export function methodName(locale: Locale, method: string): string {
  return (companiesText(locale).method as { readonly [name: string]: string })[method] ?? method;
}
