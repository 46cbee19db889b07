import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { networkOf } from '../../identity/index.ts';
import {
  checkFields,
  clientAddress,
  createRouter,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  type Kernel,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { commonText, ProblemNotice } from '../../web/index.ts';
import { closedUntil, currentDeclaration } from '../declaration/declaration.ts';
import type { MailDelay } from '../floods/limits.ts';
import { campaignText } from '../messages.ts';
import { partnerText } from '../partners/partner-messages.ts';
import { isLocal } from '../partners/save-partner.ts';
import { showPartner } from '../partners/show-partners.ts';
import type { Partner } from '../partners/store-partners.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { signatureCount } from '../wall/list-signatories.ts';
import { delayQuery, readDelay } from './delay-query.ts';
import { signForm } from './read-sign-form.ts';
import { signDeclaration } from './sign-declaration.ts';
import { SignForm, TRAP } from './sign-form.tsx';

const STYLES = ['clearway', 'parts', 'forms', 'widget'];

/** `/widget/:source`: the form for the frame of a partner's page, and what stands there after it. */
export function widgetPages(): Router {
  const router = createRouter();
  router.get('/widget/:source', async (c) => {
    const partner = await showPartner(c.get('k'), c.req.param('source'));
    return show(c, partner, {});
  });
  router.post('/widget/:source', async (c) => {
    const k = c.get('k');
    const partner = await showPartner(k, c.req.param('source'));
    const fields = await formFields(c);
    const sent = (delay: MailDelay) =>
      c.redirect(
        `/widget/${partner.source}/sent?${query(c, Object.fromEntries(new URLSearchParams(delayQuery(delay))))}`,
        303,
      );
    try {
      if (fields[TRAP]) return sent({ waitMs: 0, waitsFor: undefined });
      const input = checkFields(signForm, { ...fields, source: partner.source });
      const network = networkOf(clientAddress(c));
      return sent(await signDeclaration(k, { ...input, locale: c.get('locale') }, network));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return show(c, partner, fields, error);
    }
  });
  router.get('/widget/:source/sent', async (c) => {
    const partner = await showPartner(c.get('k'), c.req.param('source'));
    const text = partnerText(c.get('locale')).widget;
    const delay = readDelay(c.req.query());
    const locale = c.get('locale');
    return frame(
      c,
      partner,
      { title: text.sentTitle },
      <>
        <h1>{text.sentTitle}</h1>
        <p>{text.sent}</p>
        {delay && <p>{campaignText(locale).delay[delay.by](formatNumber(locale, delay.minutes))}</p>}
      </>,
    );
  });
  return router;
}

/** Language and colours stay what the partner's page asked for: no cookie lives in a frame. */
function query(c: HttpContext, more: Record<string, string> = {}): string {
  const theme = c.req.query('theme');
  return new URLSearchParams({
    lang: c.get('locale'),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...more,
  }).toString();
}

async function show(c: HttpContext, partner: Partner, values: FormValues, problem?: Problem) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = partnerText(locale).widget;
  const closed = await closedUntil(k);
  if (partner.leftAt || closed) {
    const title = closed ? text.closed(formatTime(locale, closed)) : text.leftTitle;
    const gone = closed ? (problem?.status ?? 200) : 410;
    return frame(
      c,
      partner,
      { title, status: gone },
      <>
        <h1>{title}</h1>
        {closed && problem && (
          <p class="code">
            <code>{problem.code}</code>
          </p>
        )}
        {!closed && (
          <>
            <p>{text.left}</p>
            <p>
              <a class="button" href={`/sign?lang=${locale}`} target="_blank" rel="noopener">
                {partnerText(locale).desk.sign}
              </a>
            </p>
          </>
        )}
      </>,
    );
  }
  const declaration = await currentDeclaration(k);
  const words = declaration.texts[locale];
  return frame(
    c,
    partner,
    {
      title: words.title,
      ...(problem ? { status: problem.status, headers: problem.headers } : {}),
    },
    <>
      <h1>{words.title}</h1>
      <p>
        {words.paragraphs[0]}{' '}
        <a href={`/declaration?lang=${locale}`} target="_blank" rel="noopener">
          {text.read}
        </a>
      </p>
      <p>
        <strong>{text.count(formatNumber(locale, await signatureCount(k)))}</strong>
        {' · '}
        <a
          href={`/sign?as=organisation&source=${partner.source}&lang=${locale}`}
          target="_blank"
          rel="noopener"
        >
          {text.asOrganisation}
        </a>
      </p>
      <ProblemNotice problem={problem} locale={locale} beside />
      <SignForm
        locale={locale}
        action={`/widget/${partner.source}?${query(c)}`}
        declarationVersion={declaration.version}
        values={values}
        problem={problem}
        partner={partner}
      />
      <p class="hint">{text.through(partner.name)}</p>
    </>,
  );
}

/** Who may show the frame: the partner's pages, and nobody once it has left but as a note. */
export function framePolicy(k: Kernel, hosts: readonly string[]): string {
  const origins = hosts.flatMap((host) =>
    isLocal(k) ? [`http://${host}`, `https://${host}`] : [`https://${host}`],
  );
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${origins.join(' ')}`,
  ].join('; ');
}

type FrameInfo = {
  readonly title: string;
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
};

async function frame(c: HttpContext, partner: Partner, page: FrameInfo, body: Child): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { instance } = await c.get('chrome')();
  const theme = c.req.query('theme');
  return c.html(
    <>
      {raw('<!doctype html>')}
      <html lang={locale} data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{`${page.title} · ${instance?.name ?? commonText(locale).product}`}</title>
          {STYLES.map((name) => (
            <link rel="stylesheet" href={`/static/${name}.css`} />
          ))}
          <script type="module" src="/static/widget-frame.js" />
        </head>
        <body class="widget">
          <main id="content">
            {body}
            <Foot c={c} instance={instance} />
          </main>
        </body>
      </html>
    </>,
    (page.status ?? 200) as 200,
    {
      'Cache-Control': 'no-store',
      ...page.headers,
      'Content-Security-Policy': framePolicy(k, partner.hosts),
    },
  );
}

function Foot({ c, instance }: { c: HttpContext; instance: { name: string; operator: string } | undefined }) {
  const locale = c.get('locale');
  const text = partnerText(locale).widget;
  const other = locale === 'en' ? 'de' : 'en';
  const theme = c.req.query('theme');
  const again = new URLSearchParams({
    lang: other,
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
  }).toString();
  const source = c.req.param('source') ?? '';
  return (
    <footer>
      <strong>{instance?.name ?? commonText(locale).product}</strong> · {commonText(locale).tagline}
      <br />
      {instance && <>{text.runBy(instance.operator)} · </>}
      <a href={`/imprint?lang=${locale}`} target="_blank" rel="noopener">
        {text.imprint}
      </a>
      {' · '}
      <a href={`/widget/${source}?${again}`} lang={other} hreflang={other}>
        {other === 'de' ? 'Deutsch' : 'English'}
      </a>
    </footer>
  );
}
