import type { Child } from 'hono/jsx';
import { formatDate, formatTime, type Locale, type Problem } from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { Checkbox, Facts, ProblemNotice } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { campaignText } from '../messages.ts';
import type { Signature } from '../model.ts';
import { rosterText } from '../roster/roster-messages.ts';
import { type FormValues, wrongFields } from '../signatory/form-values.ts';
import { AgeAndConsent } from '../signing/age-and-consent.tsx';
import { OrganisationFields, ShownFields } from '../signing/shown-fields.tsx';

type Props = {
  readonly locale: Locale;
  readonly signature: Signature;
  /** Where the forms go: `/s/…` or `/me/signature`. */
  readonly path: string;
  readonly signedIn: boolean;
  readonly values: FormValues;
  readonly problem: Problem | undefined;
  readonly checks: Child;
  readonly goOn: GoOnProps;
};

/** Whether an account can be opened on this host, and what leads elsewhere. */
export type GoOnProps = { readonly here: boolean; readonly elsewhere: Child };

/** A signature as its owner sees it, with everything she may do about it. */
export function SignatureView(props: Props) {
  const { locale, signature, path, problem } = props;
  const text = campaignText(locale).manage;
  const live = signature.state !== 'withdrawn' && signature.state !== 'invalidated';
  return (
    <>
      <ProblemNotice problem={problem} locale={locale} beside />
      <SignatureFacts locale={locale} signature={signature} />
      {signature.state === 'withdrawn' && (
        <p>
          <a class="button" href="/sign">
            {text.again}
          </a>
        </p>
      )}
      {live && signature.state !== 'pending' && signature.basis !== 'mailbox' && <TakeOver {...props} />}
      {signature.basis === 'mailbox' && signature.state === 'confirmed' && props.goOn.here && (
        <AccountStep {...props} />
      )}
      {props.goOn.elsewhere}
      {live && <ChangeForm {...props} />}
      {props.checks}
      <h2>{text.exportTitle}</h2>
      <p>{text.exportText}</p>
      <p>
        <a class="button quiet" href={`${path}/export`} download>
          {text.exportLink}
        </a>
      </p>
      {(signature.state === 'confirmed' || signature.state === 'held') && (
        <Act title={text.withdrawTitle} about={text.withdrawText} {...{ path }} action="withdraw">
          {text.withdrawButton}
        </Act>
      )}
      {signature.state === 'pending' && (
        <Act title={text.neverTitle} about={text.neverText} {...{ path }} action="never">
          {text.neverButton}
        </Act>
      )}
      <Act title={text.eraseTitle} about={text.eraseText} {...{ path }} action="erase">
        {text.eraseButton}
      </Act>
      <p class="hint">{text.two}</p>
    </>
  );
}

function SignatureFacts({ locale, signature }: { locale: Locale; signature: Signature }) {
  const text = campaignText(locale).manage;
  const own = rosterText(locale).mine;
  const at = (label: string, date: Date | null) =>
    date ? ([[label, formatTime(locale, date)]] as const) : [];
  return (
    <Facts
      rows={[
        [text.state, <strong>{text.states[signature.state]}</strong>],
        [
          text.name,
          <>
            <bdi>{signature.name}</bdi>
            {signature.hidden && <> ({text.notShown})</>}
          </>,
        ],
        [text.craft, craftName(locale, signature.craft)],
        [text.country, countryName(locale, signature.country)],
        [text.email, signature.email],
        [text.declaration, text.version(signature.declarationVersion)],
        [
          text.mail,
          signature.mailConsentedAt
            ? text.mailYes(formatDate(locale, signature.mailConsentedAt))
            : text.mailNo,
        ],
        ...(signature.through ? [[own.basis, own.through(signature.through)] as const] : []),
        ...(signature.source
          ? [[own.basis, own.imported(formatDate(locale, signature.consentedAt), signature.source)] as const]
          : []),
        ...at(text.signedAt, signature.consentedAt),
        ...at(signature.basis === 'mailbox' ? text.confirmedAt : own.addedAt, signature.confirmedAt),
        ...at(text.withdrawnAt, signature.withdrawnAt),
      ]}
    />
  );
}

/** A signature somebody brought becomes her own. */
function TakeOver({ locale, path, values, problem }: Props) {
  const text = rosterText(locale).mine;
  return (
    <section aria-labelledby="take-over">
      <h2 id="take-over">{text.takeOver}</h2>
      <p>{text.takeOverText}</p>
      <form method="post" action={path}>
        <input type="hidden" name="consentVersion" value={String(currentConsent().version)} />
        <AgeAndConsent locale={locale} values={values} wrong={wrongFields(problem)} />
        <button type="submit" name="action" value="take-over">
          {text.takeOverButton}
        </button>
      </form>
    </section>
  );
}

function AccountStep({ locale, path, signedIn }: Props) {
  const text = campaignText(locale).manage;
  return (
    <section aria-labelledby="account">
      <h2 id="account">{text.accountTitle}</h2>
      {signedIn ? (
        <p>
          <a class="button" href="/rights">
            {text.accountHere}
          </a>{' '}
          <a href="/account">{text.accountPage}</a>
        </p>
      ) : (
        <>
          <p>{text.accountText}</p>
          <form method="post" action={path}>
            <button type="submit" name="action" value="account">
              {text.accountButton}
            </button>
          </form>
        </>
      )}
    </section>
  );
}

function ChangeForm({ locale, path, values, problem }: Props) {
  const text = campaignText(locale).manage;
  return (
    <details open={problem !== undefined}>
      <summary>{text.changeTitle}</summary>
      <form method="post" action={path}>
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
          <button type="submit" name="action" value="correct" class="quiet">
            {text.changeButton}
          </button>
        </p>
      </form>
    </details>
  );
}

function Act(props: { title: string; about: string; path: string; action: string; children?: unknown }) {
  return (
    <>
      <h2>{props.title}</h2>
      <p>{props.about}</p>
      <form method="post" action={props.path}>
        <button type="submit" name="action" value={props.action} class="danger">
          {props.children}
        </button>
      </form>
    </>
  );
}
