import {
  createRouter,
  formatNumber,
  type HttpContext,
  type Locale,
  type Router,
} from '../../kernel/index.ts';
import { asCraft, CRAFTS, countryName, countryOptions, craftName, isCountry } from '../../parties/index.ts';
import { Empty, Field, renderPage, Select, WallSearch } from '../../web/index.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import { campaignText } from '../messages.ts';
import { KINDS, type PublicSignatory } from '../model.ts';
import { FeaturedNames } from './featured-page.tsx';
import { checkCounts, listFeatured, listSignatories, type SignatoryPage } from './list-signatories.ts';
import { CHECK_FILTERS, type CheckFilter, type WallFilter } from './wall-filter.ts';
import { wallText } from './wall-messages.ts';

const PAGE = 120;
/** Names alone take less room than with craft and country. */
const COMPACT = 300;
const FEATURED = 9;

type Counts = { readonly [check in CheckFilter]: number };
type View = { readonly filter: WallFilter; readonly compact: boolean };

/** `/wall`: who signed, newest first, with search and filters; `?view=names` is the names alone. */
export function wallPage(): Router {
  const router = createRouter();
  router.get('/wall', show);
  return router;
}

async function show(c: HttpContext) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = campaignText(locale).wall;
  const { after, before, view: asked } = c.req.query();
  const view: View = { filter: readFilter(c.req.query()), compact: asked === 'names' };
  const { filter, compact } = view;
  const edge = before ? { before } : after ? { after } : {};
  const page = await listSignatories(k, { limit: compact ? COMPACT : PAGE, ...filter, ...edge });
  const filtered = Object.keys(filter).length > 0;
  const checks = await checkCounts(k);
  const whole = !filtered && !after && !before && !compact;
  const featured = whole ? await listFeatured(k, FEATURED) : [];
  const { version } = await currentDeclaration(k);
  return renderPage(
    c,
    { title: text.title, description: text.description, wide: true, scripts: ['wall-search.js'] },
    <>
      <h1>{text.title}</h1>
      <Lead locale={locale} page={page} />
      {page.count + page.organisations > 0 && (
        <WallSearch>
          <Search locale={locale} view={view} counts={checks} versions={version} />
        </WallSearch>
      )}
      <FeaturedNames locale={locale} featured={featured} />
      <div id="names" data-status={statusOf(locale, page)}>
        {compact ? (
          <Compact locale={locale} page={page} />
        ) : (
          <Names locale={locale} page={page} filtered={filtered} />
        )}
        <Pages locale={locale} view={view} page={page} moved={Boolean(after ?? before)} />
      </div>
      {page.count + page.organisations > 0 && (
        <>
          <Facets locale={locale} counts={checks} />
          <p class="screen">
            <a href={href({ filter, compact: !compact })}>
              {compact ? wallText(locale).full : wallText(locale).compact}
            </a>
          </p>
        </>
      )}
    </>,
  );
}

/** What cannot be a filter is none: an old link still shows names. */
function readFilter(query: Record<string, string>): WallFilter {
  const craft = asCraft(query.craft ?? '');
  const line = (name: string) => (query[name] ?? '').trim().slice(0, 200);
  const [q, affiliation] = [line('q'), line('affiliation')];
  const kind = KINDS.find((one) => one === query.kind);
  const check = CHECK_FILTERS.find((one) => one === query.check);
  const version = /^[1-9]\d{0,4}$/.test(query.version ?? '') ? Number(query.version) : undefined;
  return {
    ...(q ? { q } : {}),
    ...(affiliation ? { affiliation } : {}),
    ...(craft ? { craft } : {}),
    ...(isCountry(query.country ?? '') ? { country: query.country! } : {}),
    ...(kind ? { kind } : {}),
    ...(check ? { check } : {}),
    ...(version ? { version } : {}),
  };
}

function href({ filter, compact }: View, edge: { after?: string; before?: string } = {}): string {
  const all = { ...filter, ...(compact ? { view: 'names' } : {}), ...edge };
  const pairs = Object.entries(all).map(([name, value]): [string, string] => [name, String(value)]);
  const query = new URLSearchParams(pairs).toString();
  return query ? `/wall?${query}` : '/wall';
}

function statusOf(locale: Locale, { signatories }: SignatoryPage): string {
  const text = wallText(locale);
  const { length } = signatories;
  return length === 0
    ? text.statusNone
    : length === 1
      ? text.statusOne
      : text.status(formatNumber(locale, length));
}

/** People and organisations, counted apart. */
function Lead({ locale, page }: { locale: Locale; page: SignatoryPage }) {
  const [text, own] = [campaignText(locale).wall, wallText(locale)];
  const { count, hidden, organisations } = page;
  if (count + organisations === 0) return null;
  const number = (n: number) => formatNumber(locale, n);
  return (
    <p class="lead">
      {count === 1 && text.countOne}
      {count > 1 && text.count(number(count))} {hidden === 1 && text.hiddenOne}
      {hidden > 1 && text.hidden(number(hidden))} {organisations === 1 && own.organisationsOne}
      {organisations > 1 && own.organisations(number(organisations))}
    </p>
  );
}

function Search(props: { locale: Locale; view: View; counts: Counts; versions: number }) {
  const { locale, view, counts, versions } = props;
  const { filter } = view;
  const [text, own] = [campaignText(locale).wall, wallText(locale)];
  return (
    <form method="get" action="/wall" class="filters">
      {view.compact && <input type="hidden" name="view" value="names" />}
      <Field name="q" label={text.search} value={filter.q} maxLength={200} />
      <Field name="affiliation" label={own.affiliation} value={filter.affiliation} maxLength={200} />
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
      <Select
        name="kind"
        label={own.kind}
        value={filter.kind}
        empty={text.all}
        options={KINDS.map((kind) => ({ value: kind, label: own.kinds[kind] }))}
      />
      <Select
        name="check"
        label={own.check}
        value={filter.check}
        empty={text.all}
        options={CHECK_FILTERS.map((check) => ({
          value: check,
          label: `${own.checks[check]} (${formatNumber(locale, counts[check])})`,
        }))}
      />
      {versions > 1 && (
        <Select
          name="version"
          label={own.version}
          value={filter.version === undefined ? undefined : String(filter.version)}
          empty={text.all}
          options={Array.from({ length: Math.min(versions, 20) }, (_, i) => ({
            value: String(versions - i),
            label: own.versionOf(versions - i),
          }))}
        />
      )}
      <button type="submit">{text.button}</button>
    </form>
  );
}

/** How many names each check finds, each a link to them. */
function Facets({ locale, counts }: { locale: Locale; counts: Counts }) {
  const text = wallText(locale);
  return (
    <section class="screen" aria-labelledby="facets">
      <h2 id="facets">{text.facets}</h2>
      <ul class="facets">
        {CHECK_FILTERS.filter((check) => counts[check] > 0).map((check) => (
          <li>
            <a href={`/wall?check=${check}`}>{text.checks[check]}</a> {formatNumber(locale, counts[check])}
          </li>
        ))}
      </ul>
      <p class="hint">{text.facetsHint}</p>
    </section>
  );
}

function Pages(props: { locale: Locale; view: View; page: SignatoryPage; moved: boolean }) {
  const { locale, view, page, moved } = props;
  const [text, own] = [campaignText(locale).wall, wallText(locale)];
  const { next, previous } = page;
  if (!next && !previous && !moved) return null;
  return (
    <nav class="screen" aria-label={own.pages}>
      {previous && (
        <a class="button quiet" rel="prev" href={href(view, { before: previous })}>
          {own.previous}
        </a>
      )}{' '}
      {next && (
        <a class="button quiet" rel="next" href={href(view, { after: next })}>
          {text.next}
        </a>
      )}{' '}
      {moved && <a href={href(view)}>{text.first}</a>}
    </nav>
  );
}

/** A name that others bear too is told apart by craft and town. */
export function Apart({ locale, one }: { locale: Locale; one: PublicSignatory }) {
  if (!one.namesake) return null;
  return <> ({[craftName(locale, one.craft), one.town ?? countryName(locale, one.country)].join(', ')})</>;
}

function Compact({ locale, page }: { locale: Locale; page: SignatoryPage }) {
  return (
    <p class="names all">
      {page.signatories.map((one, i) => (
        <>
          {i > 0 && ' · '}
          <bdi>{one.name}</bdi>
          <Apart locale={locale} one={one} />
        </>
      ))}
    </p>
  );
}

function Names({ locale, page, filtered }: { locale: Locale; page: SignatoryPage; filtered: boolean }) {
  const text = campaignText(locale);
  if (page.signatories.length > 0)
    return (
      <ul class="wall">
        {page.signatories.map(({ id, name, kind, craft, country, town, through }) => (
          <li>
            <a href={`/signed/${id}`}>
              <bdi>{name}</bdi>
            </a>
            <small>
              {kind === 'organisation' && `${wallText(locale).organisation} · `}
              {craftName(locale, craft)} · {town && `${town} · `}
              {countryName(locale, country)}
              {through && (
                <>
                  {' · '}
                  <span>{wallText(locale).through(through)}</span>
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
