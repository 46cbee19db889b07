import { networkOf } from '../../identity/index.ts';
import {
  checkFields,
  clientAddress,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  textsInForce,
} from '../../kernel/index.ts';
import { LegalLine, ProblemNotice, renderPage } from '../../web/index.ts';
import { renderClosed } from '../declaration/closed-page.tsx';
import { currentDeclaration, declarationToSign } from '../declaration/declaration.ts';
import { Words } from '../declaration/words.tsx';
import { campaignText } from '../messages.ts';
import { activePartner } from '../partners/show-partners.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { delayQuery, readDelay } from './delay-query.ts';
import { signForm } from './read-sign-form.ts';
import { signDeclaration } from './sign-declaration.ts';
import { SignForm, TRAP } from './sign-form.tsx';
import { waitPage } from './wait-page.tsx';

function signHref(about: { as: string; collect: string; source: string }): string {
  const given = Object.entries(about).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return query ? `/sign?${query}` : '/sign';
}

/** `/sign`: the form; after it `/sign/sent`, the same page for every address. */
export function signPage(): Router {
  const router = createRouter();
  router.get('/sign', (c) => {
    const { collect = '', as = '', source = '' } = c.req.query();
    return render(c, { collectKey: collect, kind: as, source });
  });
  router.post('/sign', async (c) => {
    const fields = await formFields(c);
    try {
      if (fields[TRAP]) return c.redirect('/sign/sent', 303);
      const input = checkFields(signForm, fields);
      const network = networkOf(clientAddress(c));
      const delay = await signDeclaration(c.get('k'), { ...input, locale: c.get('locale') }, network);
      return c.redirect(`/sign/sent${delayQuery(delay)}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'campaign-not-open') return renderClosed(c, error);
      return error.code === 'too-many-requests' ? waitPage(c, fields, error) : render(c, fields, error);
    }
  });
  router.get('/sign/sent', (c) => {
    const locale = c.get('locale');
    const text = campaignText(locale).sent;
    const delay = readDelay(c.req.query());
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {delay && <p>{campaignText(locale).delay[delay.by](formatNumber(locale, delay.minutes))}</p>}
        <p>{text.day}</p>
        <p class="hint">{text.known}</p>
      </>,
    );
  });
  return router;
}

async function render(c: HttpContext, values: FormValues, problem?: Problem) {
  const locale = c.get('locale');
  const text = campaignText(locale).sign;
  const collectKey = String(values.collectKey ?? '');
  const k = c.get('k');
  const coming = collectKey === '' ? undefined : await declarationToSign(k, collectKey);
  // A link of an embargo that is over leads to the text that is public.
  const declaration = coming ?? (await currentDeclaration(k));
  const organisation = values.kind === 'organisation';
  const partner = await activePartner(k, values.source);
  return renderPage(
    c,
    {
      title: text.title,
      ...(problem ? { status: problem.status, headers: problem.headers } : {}),
    },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      {coming ? (
        <article class="declaration">
          <h2>{declaration.texts[locale].title}</h2>
          <Words words={declaration.texts[locale]} />
        </article>
      ) : (
        <p class="lead">
          {declaration.texts[locale].title}. <a href="/declaration">{text.read}</a>
        </p>
      )}
      {coming && <p>{text.embargo}</p>}
      <p>{organisation ? text.introOrganisation : text.intro}</p>
      <p>
        <a
          href={signHref({
            as: organisation ? '' : 'organisation',
            collect: coming ? collectKey : '',
            source: partner?.source ?? '',
          })}
        >
          {organisation ? text.asPerson : text.asOrganisation}
        </a>
      </p>
      <SignForm
        locale={locale}
        action="/sign"
        declarationVersion={declaration.version}
        values={values}
        problem={problem}
        collectKey={coming && collectKey}
        partner={partner}
      />
      <LegalLine locale={locale} versions={await textsInForce(k, ['participation', 'privacy'])} />
    </>,
  );
}
