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
} from '../../kernel/index.ts';
import { Checkbox, Choices, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { currentDeclaration, declarationToSign } from '../declaration/declaration.ts';
import { campaignText } from '../messages.ts';
import { FieldError, OrganisationFields, ShownFields } from '../pages/shown-fields.tsx';
import { Words } from '../pages/words.tsx';
import { type FormValues, signForm, wrongFields } from './read-sign-form.ts';
import { signDeclaration } from './sign-declaration.ts';
import { waitPage } from './wait-page.tsx';

function signHref(as: string, collect: string): string {
  const query = new URLSearchParams({ ...(as ? { as } : {}), ...(collect ? { collect } : {}) }).toString();
  return query ? `/sign?${query}` : '/sign';
}

/** Programs fill every field; people do not see this one. */
const TRAP = 'leave-empty';

/** `/sign`: the form; after it `/sign/sent`, the same page for every address. */
export function signPage(): Router {
  const router = createRouter();
  router.get('/sign', (c) => {
    const { collect = '', as = '' } = c.req.query();
    return render(c, { collectKey: collect, kind: as });
  });
  router.post('/sign', async (c) => {
    const fields = await formFields(c);
    try {
      if (fields[TRAP]) return c.redirect('/sign/sent', 303);
      const input = checkFields(signForm, fields);
      const network = networkOf(clientAddress(c));
      const { waitMs } = await signDeclaration(c.get('k'), { ...input, locale: c.get('locale') }, network);
      const minutes = Math.ceil(waitMs / 60_000);
      return c.redirect(minutes > 0 ? `/sign/sent?minutes=${minutes}` : '/sign/sent', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error.code === 'too-many-requests' ? waitPage(c, fields, error) : render(c, fields, error);
    }
  });
  router.get('/sign/sent', (c) => {
    const locale = c.get('locale');
    const text = campaignText(locale).sent;
    const minutes = Number(/^\d{1,3}$/.exec(c.req.query('minutes') ?? '')?.[0] ?? 0);
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {minutes > 0 && <p>{text.wait(formatNumber(locale, minutes))}</p>}
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
  const consent = currentConsent();
  const wrong = wrongFields(problem);
  // Agreeing to a text that has changed is not agreeing to the new one.
  const agreed = values.consent === 'yes' && problem?.code !== 'declaration-outdated';
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
        <a href={signHref(organisation ? '' : 'organisation', coming ? collectKey : '')}>
          {organisation ? text.asPerson : text.asOrganisation}
        </a>
      </p>
      <form method="post" action="/sign">
        <input type="hidden" name="declarationVersion" value={String(declaration.version)} />
        <input type="hidden" name="consentVersion" value={String(consent.version)} />
        <input type="hidden" name="kind" value={organisation ? 'organisation' : 'person'} />
        {coming && <input type="hidden" name="collectKey" value={collectKey} />}
        <ShownFields locale={locale} values={values} wrong={wrong} />
        {organisation && <OrganisationFields locale={locale} values={values} wrong={wrong} />}
        <Field
          name="email"
          type="email"
          label={text.email}
          hint={text.emailHint}
          value={String(values.email ?? '')}
          required
          autocomplete="email"
          maxLength={300}
          error={wrong.has('email') ? text.errors.email : undefined}
        />
        <div class="trap" aria-hidden="true">
          <label>
            {text.trap}
            <input type="text" name={TRAP} value="" tabindex={-1} autocomplete="off" />
          </label>
        </div>
        <Choices
          name="age"
          legend={text.age}
          value={String(values.age ?? '')}
          required
          options={[
            { value: 'sixteen', label: text.sixteen },
            { value: 'guardian', label: text.guardian },
          ]}
        />
        <FieldError show={wrong.has('age')} words={text.errors.age} />
        <fieldset>
          <legend>{text.consent}</legend>
          <Checkbox name="consent" label={consent.texts[locale].sign} checked={agreed} required />
          <FieldError show={wrong.has('consent')} words={text.errors.consent} />
        </fieldset>
        <fieldset>
          <legend>{text.mailTitle}</legend>
          <Checkbox
            name="mailConsent"
            label={consent.texts[locale].mail}
            checked={values.mailConsent === 'yes'}
          />
        </fieldset>
        <button type="submit">{text.button}</button>
      </form>
    </>,
  );
}
