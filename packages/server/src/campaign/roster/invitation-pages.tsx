import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { ProblemNotice, renderPage } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { declarationText } from '../declaration/declaration.ts';
import { Words } from '../declaration/words.tsx';
import { campaignText } from '../messages.ts';
import { type FormValues, wrongFields } from '../signatory/form-values.ts';
import { AgeAndConsent } from '../signing/age-and-consent.tsx';
import { thanks } from '../signing/confirm-page.tsx';
import { invitedForm } from '../signing/read-sign-form.ts';
import { ShownFields } from '../signing/shown-fields.tsx';
import { acceptInvitation, declineInvitation, readInvitation } from './answer-invitation.ts';
import { rosterText } from './roster-messages.ts';

/** `/i/…`: somebody on a list reads the text and decides. Looking at it changes nothing; mail scanners open links. */
export function invitationPages(): Router {
  const router = createRouter();
  router.get('/i/:token', async (c) => {
    const { row } = await readInvitation(c.get('k'), c.req.param('token'));
    const { person } = row;
    const { name, craft, country, kind } = person;
    return form(c, {
      ...{ name, craft, country, kind },
      town: person.town ?? '',
      affiliation: person.affiliation ?? '',
      ...(person.hidden ? { hideName: 'yes' } : {}),
    });
  });
  router.post('/i/:token', async (c) => {
    const [k, token, fields] = [c.get('k'), c.req.param('token'), await formFields(c)];
    const locale = c.get('locale');
    if (fields.action === 'never') {
      await declineInvitation(k, token);
      const text = rosterText(locale).invited;
      return renderPage(c, { title: text.declined }, <h1>{text.declined}</h1>);
    }
    try {
      const input = checkFields(invitedForm, fields);
      const { signature, accountToken } = await acceptInvitation(k, token, { ...input, locale });
      return thanks(c, signature, accountToken);
    } catch (error) {
      if (error instanceof Problem && error.code !== 'invitation-unknown') return form(c, fields, error);
      throw error;
    }
  });
  return router;
}

async function form(c: HttpContext, values: FormValues, problem?: Problem) {
  const locale = c.get('locale');
  const text = campaignText(locale).sign;
  const own = rosterText(locale).invited;
  const { roster } = await readInvitation(c.get('k'), c.req.param('token') ?? '');
  const words = await declarationText(c.get('k'), roster.declaration_version, locale);
  const consent = currentConsent();
  const wrong = wrongFields(problem);
  const agreed = values.consent === 'yes' && problem?.code !== 'declaration-outdated';
  return renderPage(
    c,
    { title: own.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{own.title}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{own.lead(roster.through_name)}</p>
      {words && (
        <article class="declaration">
          <h2>{words.title}</h2>
          <Words words={words} />
        </article>
      )}
      <p>{own.said}</p>
      <form method="post" action={c.req.path}>
        <input type="hidden" name="consentVersion" value={String(consent.version)} />
        <ShownFields locale={locale} values={values} wrong={wrong} />
        <AgeAndConsent locale={locale} values={{ ...values, consent: agreed ? 'yes' : '' }} wrong={wrong} />
        <button type="submit">{own.button}</button>
      </form>
      <h2>{own.never}</h2>
      <p>{own.neverText}</p>
      <form method="post" action={c.req.path}>
        <button type="submit" name="action" value="never" class="danger">
          {own.neverButton}
        </button>
      </form>
      <p class="hint">{text.intro}</p>
    </>,
  );
}
