import type { Child, PropsWithChildren } from 'hono/jsx';
import type { HttpContext, Locale } from '../kernel/index.ts';
import { Facts, Notice } from './components.tsx';
import type { Face } from './face.ts';
import { fillForm, signForms, type Typed } from './fill-form.ts';
import { Languages } from './languages.tsx';
import { commonText } from './messages.ts';
import { Navigation, Trail } from './navigation.tsx';

/** What the frame of every page shows beside the page itself. `app.ts` says how it is found. */
export type Chrome = {
  /** Undefined before set-up; the campaign's own name and operator where it has a face of its own. */
  readonly instance: { readonly name: string; readonly operator: string } | undefined;
  readonly demo: boolean;
  readonly face: Face;
  readonly person: { readonly name: string; readonly operator: boolean } | undefined;
  /** For whom the session acts, when the person could act for others too. */
  readonly acting?: { readonly name: string; readonly self: boolean } | undefined;
  /** What every form of the page carries in the field `_for`, so that it cannot go to somebody else. */
  readonly openedFor?: string | undefined;
  /** What was typed into a form of this page before and could not be taken yet. */
  readonly typed?: Typed | undefined;
  /** The form this page answers, and the page that form was on. */
  readonly posted?: (Typed & { readonly from: string | undefined }) | undefined;
};

declare module '../kernel/http/router.ts' {
  interface HttpVariables {
    chrome: () => Promise<Chrome>;
  }
}

/** Facts about one page. */
export type PageInfo = {
  readonly title: string;
  readonly description?: string;
  /** Elements for the head: links to licence documents, meta tags. */
  readonly head?: Child;
  /** Scripts of ours that help but are not needed, by file name in `/static/`. */
  readonly scripts?: readonly string[];
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  /** True for a page whose table or wall needs the whole width. */
  readonly wide?: boolean;
};

/** Renders a page in the frame of the instance: language, navigation, who runs this, demo mark. */
export async function renderPage(c: HttpContext, page: PageInfo, body: Child): Promise<Response> {
  const chrome = await c.get('chrome')();
  const locale = c.get('locale');
  const { pathname, search } = new URL(c.req.url);
  const html = (
    <Frame locale={locale} chrome={chrome} page={page} path={c.req.path} at={`${pathname}${search}`}>
      {body}
    </Frame>
  );
  const headers = { 'Cache-Control': 'no-store', ...page.headers };
  const written = signForms(`<!doctype html>${await html.toString()}`, {
    _for: chrome.openedFor,
    _from: chrome.posted?.from,
  });
  return c.html(
    chrome.typed ? withTyped(locale, written, chrome.typed) : written,
    (page.status ?? 200) as 200,
    headers,
  );
}

/** The page with what was typed before, and what of it found no place. */
function withTyped(locale: Locale, page: string, typed: Typed): string {
  const text = commonText(locale).typed;
  const { html, left } = fillForm(page, typed);
  const rest = left.filter(([, value]) => value !== '');
  const notice = (
    <Notice>
      <p>{text.back}</p>
      {rest.length > 0 && (
        <>
          <p>{text.rest}</p>
          <Facts rows={rest} />
        </>
      )}
    </Notice>
  );
  return html.replace(/<main\b[^>]*>/, (tag) => `${tag}${notice.toString()}`);
}

type FrameProps = PropsWithChildren<{
  locale: Locale;
  chrome: Chrome;
  page: PageInfo;
  path: string;
  at: string;
}>;

function Frame({ locale, chrome, page, path, at, children }: FrameProps) {
  const text = commonText(locale);
  const name = chrome.instance?.name ?? text.product;
  const { person, acting } = chrome;
  const viewer = {
    signedIn: person !== undefined,
    operator: person?.operator === true,
    forOther: acting !== undefined && !acting.self,
    face: chrome.face,
  };
  return (
    <html lang={locale} data-accent={chrome.face.accent === 'pine' ? undefined : chrome.face.accent}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${page.title} · ${name}`}</title>
        {page.description && <meta name="description" content={page.description} />}
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/clearway.css" />
        <link rel="stylesheet" href="/static/frame.css" />
        <link rel="stylesheet" href="/static/parts.css" />
        <link rel="stylesheet" href="/static/forms.css" />
        <link rel="stylesheet" href="/static/figures.css" />
        {page.head}
        {page.scripts?.map((script) => (
          <script type="module" src={`/static/${script}`} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {text.skip}
        </a>
        {chrome.demo && (
          <aside class="demo-mark" aria-label={text.demoLabel}>
            {text.demo} <a href="/demo">{text.demoPeople}</a> · <a href="/demo/mail">{text.demoMail}</a>
          </aside>
        )}
        <header class="top">
          <a class="brand" href="/">
            <strong>{name}</strong>
            <span>{text.tagline}</span>
          </a>
          <Navigation locale={locale} path={path} viewer={viewer} />
        </header>
        {chrome.acting && (
          <aside class="acting" aria-label={text.acting.label}>
            {chrome.acting.self
              ? text.acting.self(chrome.acting.name)
              : text.acting.other(chrome.acting.name)}{' '}
            <a href="/organisations">{text.acting.change}</a>
          </aside>
        )}
        {!chrome.instance && (
          <aside class="notice warn" aria-label={text.notSetUpLabel}>
            {text.notSetUp}
          </aside>
        )}
        <main id="content" class={page.wide ? 'wide' : undefined}>
          <Trail locale={locale} path={path} viewer={viewer} />
          {children}
        </main>
        <footer class="bottom">
          <p>
            {chrome.instance && <>{text.runBy(chrome.instance.operator)} · </>}
            <a href="/imprint">{text.imprint}</a> · <a href="/privacy">{text.privacy}</a> ·{' '}
            <a href="/participation">{text.participation}</a> ·{' '}
            <a href="/accessibility">{text.accessibility}</a> · <a href="/verify">{text.verify}</a>
          </p>
          <Languages locale={locale} at={at} posted={chrome.posted} refused={(page.status ?? 200) >= 400} />
        </footer>
      </body>
    </html>
  );
}
