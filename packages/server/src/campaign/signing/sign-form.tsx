import type { Locale, Problem } from '../../kernel/index.ts';
import { Field } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { campaignText } from '../messages.ts';
import type { Partner } from '../partners/store-partners.ts';
import { type FormValues, wrongFields } from '../signatory/form-values.ts';
import { AgeAndConsent } from './age-and-consent.tsx';
import { PartnerConsent } from './partner-consent.tsx';
import { OrganisationFields, ShownFields } from './shown-fields.tsx';

/** Programs fill every field; people do not see this one. */
export const TRAP = 'leave-empty';

/** The form people sign with, on the page and in the frames of partners. */
export function SignForm(props: {
  locale: Locale;
  /** Where it is sent to. */
  action: string;
  declarationVersion: number;
  values: FormValues;
  problem: Problem | undefined;
  /** Leads to a text that is not public yet. */
  collectKey?: string | undefined;
  partner?: Partner | undefined;
}) {
  const { locale, action, declarationVersion, values, problem, collectKey, partner } = props;
  const text = campaignText(locale).sign;
  const organisation = values.kind === 'organisation';
  const consent = currentConsent();
  const wrong = wrongFields(problem);
  // Agreeing to a text that has changed is not agreeing to the new one.
  const outdated = problem?.code === 'declaration-outdated';
  return (
    <form method="post" action={action}>
      <input type="hidden" name="declarationVersion" value={String(declarationVersion)} />
      <input type="hidden" name="consentVersion" value={String(consent.version)} />
      <input type="hidden" name="kind" value={organisation ? 'organisation' : 'person'} />
      {collectKey && <input type="hidden" name="collectKey" value={collectKey} />}
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
      <AgeAndConsent locale={locale} values={outdated ? { ...values, consent: '' } : values} wrong={wrong} />
      {partner && (
        <PartnerConsent
          locale={locale}
          partner={partner}
          checked={values.partnerConsent === 'yes' && !outdated}
        />
      )}
      <button type="submit">{text.button}</button>
    </form>
  );
}
