import { currentUser, requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  failCommon,
  formatDate,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { offersProblems, parsePrice, priceInWords } from '../../offers/index.ts';
import { actingParty } from '../../parties/index.ts';
import { Empty, Field, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { WORK_TYPES, worksText } from '../../works/index.ts';
import { requireLicensee } from '../api/parts.ts';
import { quote, quoteSchema } from '../make-quote.ts';
import { licensingText } from '../messages.ts';
import { LICENSED_UNITS, LICENSED_USES, type LicensedUse } from '../model.ts';
import {
  CATALOGUE_CHECKS,
  type CatalogueItem,
  catalogueSchema,
  searchCatalogue,
} from '../search-catalogue.ts';

/** `/catalogue`: find works, and ask what they cost. */
export function cataloguePages(): Router {
  const router = createRouter();
  router.get('/catalogue', (c) => page(c));
  router.post('/catalogue', async (c) => {
    try {
      return await ask(c);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401) throw error;
      return page(c, error);
    }
  });
  return router;
}

async function ask(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const user = await requireUser(c);
  const { id } = await requireLicensee(c);
  const typed = await formFields(c);
  const chosen = [typed.work ?? []].flat();
  if (chosen.length === 0) {
    throw failCommon('invalid-input', { detail: licensingText(locale).catalogue.chooseOne });
  }
  const model = String(typed.model ?? '').trim();
  const sealed = /^[0-9a-f]{64}$/.test(model);
  const modelScope = sealed ? { kind: 'sealed', commitment: model } : { kind: 'named', name: model };
  const wish = checkFields(quoteSchema, {
    workIds: chosen,
    use: typed.use,
    unit: typed.unit,
    modelScope: model === '' ? null : modelScope,
    months: Number(typed.months ?? 12),
  });
  const made = await quote(k, { ...wish, licenseeId: id, askedBy: `user:${user.id}` });
  return c.redirect(`/quotes/${made.id}`, 303);
}

async function page(c: HttpContext, problem?: Problem): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = licensingText(locale);
  const words = text.catalogue;
  const { zone, currency } = await requireInstance(k);
  const typed = c.req.query();
  const { search, priceError } = readSearch(locale, typed);
  const { items, next } = await searchCatalogue(k, search);
  const onward = new URLSearchParams({ ...typed, after: next ?? '' });
  return renderPage(
    c,
    { title: words.title, status: problem?.status ?? 200, wide: true },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <SearchForm locale={locale} typed={typed} currency={currency} priceError={priceError} />
      {items.length === 0 && next === undefined ? (
        <Empty title={words.none}>
          <p>{words.noneHint}</p>
        </Empty>
      ) : (
        <form method="post" action="/catalogue">
          <input type="hidden" name="use" value={search.use} />
          <Table
            caption={words.caption}
            head={[
              words.head.choose,
              words.head.work,
              words.head.price,
              words.head.holders,
              words.head.checks,
            ]}
            rows={items.map((item) => row(locale, zone, item))}
          />
          <QuoteFields locale={locale} use={search.use} who={await whoAsks(c)} />
        </form>
      )}
      {next !== undefined && (
        <p>
          <a href={`/catalogue?${onward}`}>{words.more}</a>
        </p>
      )}
      {(await whoAsks(c)) !== 'stranger' && (
        <p class="hint">
          <a href="/refused-companies">{text.refused.title}</a>
        </p>
      )}
    </>,
  );
}

/** What cannot be read in a search narrows nothing. */
function readSearch(locale: Locale, typed: Record<string, string>) {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
  const price = given.maxPrice === undefined ? undefined : parsePrice(locale, given.maxPrice);
  const bounded = price && 'micro' in price ? { maxPriceMicro: price.micro.toString() } : {};
  const read = catalogueSchema.safeParse({ ...given, ...bounded });
  return {
    search: read.success ? read.data : catalogueSchema.parse({}),
    priceError: price && 'fault' in price ? cureOf(locale, price.fault) : undefined,
  };
}

function cureOf(locale: Locale, code: string): string | undefined {
  return offersProblems.find((one) => one.code === code)?.[locale].cure;
}

function SearchForm(props: {
  locale: Locale;
  typed: Record<string, string>;
  currency: string;
  priceError: string | undefined;
}) {
  const { locale, typed, currency, priceError } = props;
  const text = licensingText(locale);
  const words = text.catalogue;
  return (
    <form method="get" action="/catalogue">
      <Select
        name="use"
        label={words.use}
        value={typed.use ?? 'ai-input'}
        options={LICENSED_USES.map((value) => ({ value, label: text.use[value] }))}
      />
      <Select
        name="unit"
        label={words.unit}
        value={typed.unit}
        empty={words.anyUnit}
        options={LICENSED_UNITS.map((value) => ({ value, label: text.unit[value] }))}
      />
      <Field
        name="maxPrice"
        label={`${words.maxPrice} (${currency})`}
        value={typed.maxPrice}
        inputMode="decimal"
        error={priceError}
      />
      <Select
        name="type"
        label={words.type}
        value={typed.type}
        empty={words.any}
        options={WORK_TYPES.map((value) => ({ value, label: worksText(locale).type[value] }))}
      />
      <Field name="language" label={words.language} value={typed.language} maxLength={40} />
      <Select
        name="check"
        label={words.check}
        value={typed.check}
        empty={words.any}
        options={CATALOGUE_CHECKS.map((value) => ({ value, label: words.checkNames[value] }))}
      />
      <Field name="q" label={words.q} value={typed.q} maxLength={200} />
      <button type="submit">{words.search}</button>
    </form>
  );
}

function row(locale: Locale, zone: string, item: CatalogueItem) {
  const text = licensingText(locale);
  const { work, prices, currency, holders, checks } = item;
  const inWords = prices.map(({ unit, amountMicro, perUnits }) =>
    priceInWords(
      locale,
      { unit, amountMicro: amountMicro.toString(), perUnits: perUnits.toString() },
      currency,
    ),
  );
  return [
    <input type="checkbox" name="work" value={work.id} aria-label={text.catalogue.choose(work.title)} />,
    <>
      <a href={`/w/${work.id}`}>{work.title || work.id}</a> {worksText(locale).type[work.type]}
    </>,
    item.free ? text.free : inWords.join(' · '),
    holders.join(', '),
    checks
      .map(({ check, method, checkedAt }) => text.checks[check](method, formatDate(locale, checkedAt, zone)))
      .join(' · '),
  ];
}

type Asker = 'stranger' | 'person' | 'company';

async function whoAsks(c: HttpContext): Promise<Asker> {
  if (!(await currentUser(c))) return 'stranger';
  return (await actingParty(c))?.kind === 'organisation' ? 'company' : 'person';
}

function QuoteFields({ locale, use, who }: { locale: Locale; use: LicensedUse; who: Asker }) {
  const text = licensingText(locale);
  const words = text.catalogue;
  if (who === 'stranger') {
    return (
      <p>
        <a href="/sign-in?next=%2Fcatalogue">{words.signIn}</a>
      </p>
    );
  }
  if (who === 'person') {
    return (
      <p>
        {words.forCompanies} <a href="/organisations">{words.organisations}</a>
      </p>
    );
  }
  const units = use === 'ai-train' ? (['model-version'] as const) : (['fetch', 'answer'] as const);
  return (
    <section>
      <h2>{words.quoteTitle}</h2>
      <Select
        name="unit"
        label={words.quoteUnit}
        options={units.map((value) => ({ value, label: text.unit[value] }))}
      />
      {use === 'ai-train' && (
        <Field name="model" label={words.model} hint={words.modelHint} maxLength={200} required />
      )}
      <Field name="months" label={words.months} type="number" value="12" required />
      <button type="submit">{words.quote}</button>
      <p>
        <a href="/agreements">{words.agreements}</a> · <a href="/clients">{words.clients}</a>
      </p>
    </section>
  );
}
