import {
  createRouter,
  escapeHtml,
  type HttpContext,
  isLocale,
  type Kernel,
  type Locale,
  type Router,
} from '../../kernel/index.ts';
import { craftName } from '../../parties/index.ts';
import { renderPage } from '../../web/index.ts';
import { entryUrl } from '../checks/check-link-back.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import type { Signature } from '../model.ts';
import { showEntry } from '../wall/show-entry.ts';
import { type BadgeTheme, drawBadge, drawCard } from './draw-card.ts';
import { shownAs } from './shown-as.ts';
import { spreadText } from './spread-messages.ts';

/** Pictures of one signature. They show what the wall shows, and go with it: nobody keeps them for more than half a minute. */
const SVG_HEADERS = {
  'Content-Type': 'image/svg+xml; charset=utf-8',
  'Cache-Control': 'public, max-age=30, must-revalidate',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  // Badges and cards are there to be shown on other sites.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** `/signed/:id/share`, `card.svg` and `badge.svg`: to tell others, for those who show their names. */
export function sharePages(): Router {
  const router = createRouter();
  router.get('/signed/:id/card.svg', async (c) => {
    const { signature } = await showEntry(c.get('k'), c.req.param('id'));
    return c.body(await cardOf(c.get('k'), languageOf(c), signature), 200, SVG_HEADERS);
  });
  router.get('/signed/:id/badge.svg', async (c) => {
    const k = c.get('k');
    await showEntry(k, c.req.param('id'));
    const locale = languageOf(c);
    const theme: BadgeTheme = c.req.query('theme') === 'dark' ? 'dark' : 'light';
    const declaration = (await currentDeclaration(k)).texts[locale].title;
    return c.body(drawBadge({ locale, theme, declaration }), 200, SVG_HEADERS);
  });
  router.get('/signed/:id/share', async (c) => {
    const { signature } = await showEntry(c.get('k'), c.req.param('id'));
    return page(c, signature);
  });
  return router;
}

/** Of a picture, by its own parameter: `lang` would change the language of whoever looks at it. */
export function languageOf(c: HttpContext): Locale {
  const asked = c.req.query('in');
  return isLocale(asked) ? asked : c.get('locale');
}

/** The card of a signature, or of the campaign. */
export async function cardOf(k: Kernel, locale: Locale, signature?: Signature): Promise<string> {
  const { name, host } = await shownAs(k);
  return drawCard({
    locale,
    signatory: signature && { name: signature.name, craft: craftName(locale, signature.craft) },
    declaration: (await currentDeclaration(k)).texts[locale].title,
    instance: name,
    host,
  });
}

/** Open Graph of an entry, for those who pass its address on. */
export async function OpenGraph({
  k,
  locale,
  signature,
  title,
}: {
  k: Kernel;
  locale: Locale;
  signature: Signature;
  title: string;
}) {
  const url = await entryUrl(k, signature.id);
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:url" content={url} />
      <meta property="og:title" content={title} />
      <meta property="og:locale" content={locale} />
      <meta property="og:image" content={`${url}/card.svg?in=${locale}`} />
      <meta property="og:image:type" content="image/svg+xml" />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={title} />
    </>
  );
}

async function page(c: HttpContext, signature: Signature) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = spreadText(locale).share;
  const declaration = (await currentDeclaration(k)).texts[locale].title;
  const url = await entryUrl(k, signature.id);
  const words = text.words(declaration, url);
  return renderPage(
    c,
    {
      title: text.title,
      description: text.lead(signature.name),
      head: <OpenGraph k={k} locale={locale} signature={signature} title={text.cardAlt(signature.name)} />,
    },
    <>
      <h1>{text.title}</h1>
      <p class="lead">
        <bdi>{text.lead(signature.name)}</bdi>
      </p>
      <h2>{text.card}</h2>
      <p>
        <img
          class="card"
          src={`/signed/${signature.id}/card.svg?in=${locale}`}
          alt={text.cardAlt(signature.name)}
          width={1200}
          height={630}
        />
      </p>
      <p>
        <a class="button" href={`/signed/${signature.id}/card.svg?in=${locale}`} download="card.svg">
          {text.download}
        </a>
      </p>
      <p class="hint">{text.svgOnly}</p>
      <h2>{text.text}</h2>
      <pre>{words}</pre>
      <h2>{text.links}</h2>
      <p class="hint">{text.linksHint}</p>
      <ul>
        {linksWith(text.subject, words, url, text.mail).map(([label, href]) => (
          <li>
            <a href={href} rel="noopener noreferrer">
              {label}
            </a>
          </li>
        ))}
      </ul>
      <Badge c={c} declaration={declaration} signature={signature} />
      <p class="hint">{text.gone}</p>
      <p>
        <a href={`/signed/${signature.id}`}>{text.entry}</a>
      </p>
    </>,
  );
}

function linksWith(subject: string, words: string, url: string, mail: string) {
  const [s, w, u] = [subject, words, url].map(encodeURIComponent);
  return [
    [mail, `mailto:?subject=${s}&body=${w}`],
    ['Mastodon', `https://share.joinmastodon.org/#text=${w}`],
    ['Bluesky', `https://bsky.app/intent/compose?text=${w}`],
    ['LinkedIn', `https://www.linkedin.com/sharing/share-offsite/?url=${u}`],
    ['Facebook', `https://www.facebook.com/sharer/sharer.php?u=${u}`],
    ['WhatsApp', `https://wa.me/?text=${w}`],
  ] as const;
}

async function Badge({
  c,
  declaration,
  signature,
}: {
  c: HttpContext;
  declaration: string;
  signature: Signature;
}) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { share, card } = spreadText(locale);
  const url = await entryUrl(k, signature.id);
  const alt = escapeHtml(`${card.badge}: ${declaration}`);
  const lines = (theme: BadgeTheme) =>
    `<a href="${url}" rel="me"><img src="${url}/badge.svg?theme=${theme}&amp;in=${locale}" alt="${alt}" width="260" height="72"></a>`;
  return (
    <>
      <h2>{share.badge}</h2>
      <p>{share.badgeHint}</p>
      <p>
        <img
          src={`/signed/${signature.id}/badge.svg?theme=light&in=${locale}`}
          alt={`${card.badge}: ${declaration}`}
          width={260}
          height={72}
        />
      </p>
      <pre>
        <code>{lines('light')}</code>
      </pre>
      <p>{share.badgeDark}</p>
      <pre>
        <code>{lines('dark')}</code>
      </pre>
      <p>
        <a href="/me/signature">{share.badgeCheck}</a>
      </p>
    </>
  );
}
