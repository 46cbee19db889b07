import { createRouter, formatNumber, type Locale, type Router } from '../../kernel/index.ts';
import {
  asCraft,
  CRAFTS,
  type Craft,
  countryName,
  countryOptions,
  craftName,
  isCountry,
} from '../../parties/index.ts';
import { Empty, Field, renderPage, Select } from '../../web/index.ts';
import { campaignText } from '../messages.ts';
import { rosterText } from '../roster/roster-messages.ts';
import { listSignatories, type SignatoryPage } from './list-signatories.ts';

const PAGE = 130;

type Filter = { readonly q?: string; readonly craft?: Craft; readonly country?: string };

/** `/wall`: who signed, newest first, with search and filters. */
export function wallPage(): Router {
  const router = createRouter();
  router.get('/wall', async (c) => {
    const locale = c.get('locale');
    const text = campaignText(locale).wall;
    const filter = readFilter(c.req.query());
    const after = c.req.query('after');
    const page = await listSignatories(c.get('k'), {
      limit: PAGE,
      ...filter,
      ...(after ? { after } : {}),
    });
    return renderPage(
      c,
      { title: text.title, description: text.description, wide: true },
      <>
        <h1>{text.title}</h1>
        {page.count > 0 && (
          <>
            <p class="lead">
              {page.count === 1 ? text.countOne : text.count(formatNumber(locale, page.count))}{' '}
              {page.hidden === 1 && text.hiddenOne}
              {page.hidden > 1 && text.hidden(formatNumber(locale, page.hidden))}
            </p>
            <Search locale={locale} filter={filter} />
          </>
        )}
        <Names locale={locale} page={page} filtered={Object.keys(filter).length > 0} />
        {page.next && (
          <p>
            <a class="button quiet" rel="next" href={href(filter, page.next)}>
              {text.next}
            </a>
          </p>
        )}
        {after && (
          <p>
            <a href={href(filter)}>{text.first}</a>
          </p>
        )}
      </>,
    );
  });
  return router;
}

/** What cannot be a filter is none: an old link still shows names. */
function readFilter(query: Record<string, string>): Filter {
  const craft = asCraft(query.craft ?? '');
  const q = (query.q ?? '').trim().slice(0, 200);
  return {
    ...(q ? { q } : {}),
    ...(craft ? { craft } : {}),
    ...(isCountry(query.country ?? '') ? { country: query.country! } : {}),
  };
}

function href(filter: Filter, after?: string): string {
  const query = new URLSearchParams({ ...filter, ...(after ? { after } : {}) }).toString();
  return query ? `/wall?${query}` : '/wall';
}

function Search({ locale, filter }: { locale: Locale; filter: Filter }) {
  const text = campaignText(locale).wall;
  return (
    <form method="get" action="/wall" class="filters">
      <Field name="q" label={text.search} value={filter.q} maxLength={200} />
      <Select
        name="craft"
        label={text.craft}
        value={filter.craft}
        empty={text.all}
        options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
      />
      <Select
        name="country"
        label={text.country}
        value={filter.country}
        empty={text.all}
        options={countryOptions(locale)}
      />
      <button type="submit">{text.button}</button>
    </form>
  );
}

function Names({ locale, page, filtered }: { locale: Locale; page: SignatoryPage; filtered: boolean }) {
  const text = campaignText(locale);
  if (page.signatories.length > 0)
    return (
      <ul class="wall">
        {page.signatories.map(({ id, name, craft, country, town, through }) => (
          <li>
            <a href={`/signed/${id}`}>
              <bdi>{name}</bdi>
            </a>
            <small>
              {craftName(locale, craft)} · {town && `${town} · `}
              {countryName(locale, country)}
              {through && (
                <>
                  {' · '}
                  <span>{rosterText(locale).through(through)}</span>
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
    );
  if (filtered)
    return (
      <Empty title={text.wall.noneTitle}>
        <p>{text.wall.noneText}</p>
        <p>
          <a href="/wall">{text.wall.clear}</a>
        </p>
      </Empty>
    );
  return (
    <Empty title={text.wall.emptyTitle}>
      <p>{text.wall.emptyText}</p>
      <p>
        <a class="button" href="/sign">
          {text.declaration.sign}
        </a>
      </p>
    </Empty>
  );
}
