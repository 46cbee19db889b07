import {
  createRouter,
  formatDate,
  formatNumber,
  LOCALES,
  type Locale,
  type Router,
} from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { currentDeclaration, declarationHash } from '../declaration/declaration.ts';
import type { DeclarationText } from '../declaration/declaration-text.ts';
import { Words } from '../declaration/words.tsx';
import { GoalBar } from '../mailings/goal-pages.tsx';
import { readGoals } from '../mailings/goals.ts';
import { campaignText } from '../messages.ts';
import { CampaignLogo, PartnerLogos } from '../partners/logo-pages.tsx';
import { partnerText } from '../partners/partner-messages.ts';
import { FeaturedNames } from '../wall/featured-page.tsx';
import { listFeatured, listSignatories, type SignatoryPage } from '../wall/list-signatories.ts';
import { wallText } from '../wall/wall-messages.ts';
import { Apart } from '../wall/wall-page.tsx';

const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

/** How many names the home page shows. */
const LATEST = 36;
const FEATURED = 6;

/** `/`: the declaration in short and the question; `/declaration`: all of it. */
export function declarationPages(): Router {
  const router = createRouter();

  router.get('/', async (c) => {
    const locale = c.get('locale');
    const text = campaignText(locale).home;
    const words = (await currentDeclaration(c.get('k'))).texts[locale];
    const page = await listSignatories(c.get('k'), { limit: LATEST });
    const featured = await listFeatured(c.get('k'), FEATURED);
    const goals = await readGoals(c.get('k'), page.count);
    const { person } = await c.get('chrome')();
    const opening = openingOf(words);
    return renderPage(
      c,
      { title: words.title, description: text.description },
      <>
        <h1>{words.title}</h1>
        <div class="declaration">
          {opening.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
          <p>{words.closing}</p>
        </div>
        <p>
          <a href="/declaration">{text.whole}</a>
        </p>
        <section class="question" aria-labelledby="question">
          <Count locale={locale} page={page} />
          <GoalBar locale={locale} goals={goals} />
          <h2 id="question">{text.question}</h2>
          <p>
            <a class="button" href="/sign">
              {text.answer}
            </a>
          </p>
          <p class="hint">{text.answerHint}</p>
        </section>
        <PartnerLogos k={c.get('k')} title={partnerText(locale).desk.carriedBy} />
        <FeaturedNames locale={locale} featured={featured} />
        <Latest locale={locale} latest={page.signatories} />
        <Ways locale={locale} signedIn={person !== undefined} />
      </>,
    );
  });

  router.get('/declaration', async (c) => {
    const locale = c.get('locale');
    const text = campaignText(locale).declaration;
    const declaration = await currentDeclaration(c.get('k'));
    const words = declaration.texts[locale];
    const date = formatDate(locale, new Date(`${declaration.publishedOn}T00:00:00Z`));
    return renderPage(
      c,
      { title: words.title, description: words.paragraphs[0]! },
      <article class="declaration">
        <CampaignLogo k={c.get('k')} alt={words.title} />
        <h1>{words.title}</h1>
        <Words words={words} />
        <p>
          <a class="button" href="/sign">
            {text.sign}
          </a>
        </p>
        <footer>
          <p class="hint">
            {text.facts(declaration.version, date)}. {text.also}{' '}
            {LOCALES.filter((other) => other !== locale).map((other) => (
              <a href={`/declaration?lang=${other}`} lang={other} hreflang={other}>
                {LANGUAGES[other]}
              </a>
            ))}
            . <a href="/api/declaration">{text.json}</a>.
          </p>
          <p class="hint">
            {text.hash}: <code>{await declarationHash(declaration)}</code>
          </p>
        </footer>
      </article>,
    );
  });

  return router;
}

/** The latest names as running text: the ornament of the page. */
function Latest({ locale, latest }: { locale: Locale; latest: SignatoryPage['signatories'] }) {
  const text = campaignText(locale).home;
  if (latest.length === 0) return null;
  return (
    <p class="names">
      {latest.map((one, i) => (
        <>
          {i > 0 && ' · '}
          <bdi>{one.name}</bdi>
          <Apart locale={locale} one={one} />
        </>
      ))}
      {' · '}
      <a href="/wall">{text.wall}</a>
    </p>
  );
}

/** The shipped text is shortened where its thought allows; of others the first three paragraphs are shown. */
function openingOf({ paragraphs }: DeclarationText): readonly string[] {
  const [first, second, ...rest] = paragraphs;
  return rest.length >= 2
    ? [first!, ...rest.slice(0, 2)]
    : [first, second, ...rest].filter((one) => one !== undefined);
}

function Count({ locale, page }: { locale: Locale; page: SignatoryPage }) {
  const [text, own] = [campaignText(locale).home, wallText(locale)];
  const { count, organisations } = page;
  if (count + organisations === 0) return <p class="lead">{text.signedNone}</p>;
  return (
    <p class="lead">
      <strong>
        {count === 1 ? text.signedOne : text.signed(formatNumber(locale, count))}
        {organisations === 1 && ` ${own.homeOrganisationsOne}`}
        {organisations > 1 && ` ${own.homeOrganisations(formatNumber(locale, organisations))}`}
      </strong>
      {' · '}
      <a href="/wall">{text.wall}</a>
    </p>
  );
}

function Ways({ locale, signedIn }: { locale: Locale; signedIn: boolean }) {
  const { home: text, declaration } = campaignText(locale);
  // Terms need an account, and the way to one without typing twice is the signature.
  const next = signedIn ? (['/rights', text.creatorsLink] as const) : (['/sign', declaration.sign] as const);
  const ways = [
    [text.creators, text.creatorsText, ...next],
    [text.companies, text.companiesText, '/api/openapi.json', text.companiesLink],
    [text.numbers, text.numbersText, '/numbers', text.numbersLink],
  ] as const;
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{text.waysTitle}</h2>
      {ways.map(([title, about, href, label]) => (
        <>
          <h3>{title}</h3>
          <p>
            {about} <a href={href}>{label}</a>
          </p>
        </>
      ))}
    </section>
  );
}
