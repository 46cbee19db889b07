import { actFor, startSession } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { organisationsOf } from '../../parties/index.ts';
import { Checkbox, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { declarationText } from '../declaration/declaration.ts';
import { campaignName, GoOn, receiversFrom } from '../handover/go-on-page.tsx';
import { campaignText } from '../messages.ts';
import type { Signature } from '../model.ts';
import { manageUrl } from '../signatory/compose-mails.ts';
import { type FormValues, wrongFields } from '../signatory/form-values.ts';
import { spreadText } from '../spread/spread-messages.ts';
import { signatureCount } from '../wall/list-signatories.ts';
import { becomeUser } from './become-user.ts';
import { confirmSignature, readConfirmation } from './confirm-signature.ts';
import { signatureOfUser } from './find-signature.ts';
import { correctionForm } from './read-sign-form.ts';
import { OrganisationFields, ShownFields } from './shown-fields.tsx';

/** `/c/…`: mail scanners open links, so looking at it changes nothing; only the button confirms. */
export function confirmPage(): Router {
  const router = createRouter();

  router.get('/c/:token', async (c) => {
    try {
      const signature = await readConfirmation(c.get('k'), c.req.param('token'));
      return form(c, signature, toValues(signature));
    } catch (error) {
      return notToConfirm(c, error);
    }
  });

  router.post('/c/:token', async (c) => {
    const k = c.get('k');
    const token = c.req.param('token');
    const fields = await formFields(c);
    try {
      const correction = 'name' in fields ? checkFields(correctionForm, fields) : undefined;
      const { signature, accountToken } = await confirmSignature(k, token, correction);
      return thanks(c, signature, accountToken);
    } catch (error) {
      const correctable =
        error instanceof Problem && ['invalid-input', 'name-not-a-name'].includes(error.code);
      if (!correctable) return notToConfirm(c, error);
      const signature = await readConfirmation(k, token);
      return form(c, signature, { ...fields, kind: signature.kind }, error);
    }
  });

  router.post('/sign/account', async (c) => {
    const { accountToken } = await formFields(c);
    const k = c.get('k');
    const userId = await becomeUser(k, String(accountToken ?? ''));
    await startSession(c, userId);
    const signature = await signatureOfUser(k, userId);
    const signedFor =
      signature?.kind === 'organisation' &&
      (await organisationsOf(k, userId)).find(({ name }) => name === signature.name);
    if (signedFor) await actFor(c, signedFor.organisationId);
    return c.redirect('/rights?next=/works/new', 303);
  });

  return router;
}

/** The form's values for what is stored. */
export function toValues(signature: Signature): FormValues {
  return {
    name: signature.name,
    craft: signature.craft,
    country: signature.country,
    town: signature.town ?? '',
    affiliation: signature.affiliation ?? '',
    note: signature.note ?? '',
    kind: signature.kind,
    members: signature.members === null ? '' : String(signature.members),
    contact: signature.contact ?? '',
    ...(signature.hidden ? { hideName: 'yes' } : {}),
    ...(signature.mailConsentedAt ? { mailConsent: 'yes' } : {}),
  };
}

async function form(c: HttpContext, signature: Signature, values: FormValues, problem?: Problem) {
  const locale = c.get('locale');
  const { confirm: text } = campaignText(locale);
  const title = (await declarationText(c.get('k'), signature.declarationVersion, locale))?.title ?? '';
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">
        <a href="/declaration">{text.signing(title, signature.declarationVersion)}</a>
      </p>
      <p>{text.lead}</p>
      <form method="post" action={c.req.path}>
        <ShownFields locale={locale} values={values} wrong={wrongFields(problem)} />
        {values.kind === 'organisation' && (
          <OrganisationFields locale={locale} values={values} wrong={wrongFields(problem)} />
        )}
        <Checkbox
          name="mailConsent"
          label={currentConsent().texts[locale].mail}
          checked={values.mailConsent === 'yes'}
        />
        <p>
          <button type="submit">{text.button}</button>
        </p>
      </form>
      <p class="hint">{text.not}</p>
    </>,
  );
}

/** What somebody sees who has just confirmed. */
export async function thanks(c: HttpContext, signature: Signature, accountToken: string) {
  const locale = c.get('locale');
  const { thanks: text } = campaignText(locale);
  const k = c.get('k');
  const count = await signatureCount(k);
  const held = signature.state === 'held';
  const licensesHere = (await c.get('face')()).shows === 'both';
  const waits = held && signature.heldFor.every((reason) => reason === 'embargo');
  const title = waits ? text.heldUntilTitle : held ? text.heldTitle : text.title;
  return renderPage(
    c,
    { title },
    <>
      <h1>{title}</h1>
      <p class="lead">
        {held
          ? heldText(signature, text)
          : count === 1
            ? text.first
            : text.count(formatNumber(locale, count))}
      </p>
      {licensesHere && (
        <section class="question" aria-labelledby="account">
          <h2 id="account">{text.accountTitle}</h2>
          <p>{text.accountText}</p>
          <form method="post" action="/sign/account">
            <input type="hidden" name="accountToken" value={accountToken} />
            <button type="submit">{text.accountButton}</button>
          </form>
          <p class="hint">{text.accountHint}</p>
        </section>
      )}
      <GoOn
        locale={locale}
        campaign={await campaignName(c)}
        to={await receiversFrom(c)}
        who={{ accountToken }}
        kind={signature.kind}
      />
      <h2>{text.nextTitle}</h2>
      <ul>
        {!held && !signature.hidden && (
          <li>
            <a href={`/signed/${signature.id}/share`}>{spreadText(locale).share.link}</a>
          </li>
        )}
        {!held && <li>{signature.hidden ? text.hidden : <a href="/wall">{text.shown}</a>}</li>}
        <li>{signature.mailConsentedAt ? text.mail : text.noMail}</li>
        <li>
          {text.manage} <a href={await manageUrl(k, signature.id)}>{text.manageLink}</a>. {text.manageKeep}
        </li>
      </ul>
    </>,
  );
}

function heldText(signature: Signature, text: { held: string; heldName: string; heldUntil: string }): string {
  if (signature.heldFor.includes('name')) return text.heldName;
  return signature.heldFor.includes('mail-domain') ? text.held : text.heldUntil;
}

/** Why a link does not confirm. That it has done so already is good news, not an error. */
async function notToConfirm(c: HttpContext, error: unknown) {
  if (!(error instanceof Problem)) throw error;
  const locale = c.get('locale');
  const text = campaignText(locale);
  if (error.code === 'confirmation-used') {
    const count = formatNumber(locale, await signatureCount(c.get('k')));
    return renderPage(
      c,
      { title: text.already.title },
      <>
        <h1>{text.already.title}</h1>
        <Notice tone="good">
          <p>{text.already.lead(count)}</p>
        </Notice>
        <p>{text.already.manage}</p>
        <p>
          <a href="/wall">{text.already.wall}</a>
        </p>
      </>,
    );
  }
  return renderPage(
    c,
    { title: text.confirm.title, status: error.status },
    <>
      <h1>{text.confirm.title}</h1>
      <ProblemNotice problem={error} locale={locale} />
      <p>
        <a class="button" href="/sign">
          {text.confirm.again}
        </a>
      </p>
    </>,
  );
}
