import type { Locale } from '../../kernel/index.ts';
import { Checkbox, Choices } from '../../web/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { campaignText } from '../messages.ts';
import type { FormValues } from '../signatory/form-values.ts';

/** Age and the two consents, as when signing directly. */
export function AgeAndConsent(props: { locale: Locale; values: FormValues; wrong: ReadonlySet<string> }) {
  const { locale, values, wrong } = props;
  const text = campaignText(locale).sign;
  const consent = currentConsent();
  return (
    <>
      <Choices
        name="age"
        legend={text.age}
        value={String(values.age ?? '')}
        required
        options={[
          { value: 'sixteen', label: text.sixteen },
          { value: 'guardian', label: text.guardian },
        ]}
        error={wrong.has('age') ? text.errors.age : undefined}
      />
      <fieldset>
        <legend>{text.consent}</legend>
        <Checkbox
          name="consent"
          label={consent.texts[locale].sign}
          checked={values.consent === 'yes'}
          required
          error={wrong.has('consent') ? text.errors.consent : undefined}
        />
      </fieldset>
      <fieldset>
        <legend>{text.mailTitle}</legend>
        <Checkbox
          name="mailConsent"
          label={consent.texts[locale].mail}
          checked={values.mailConsent === 'yes'}
        />
      </fieldset>
    </>
  );
}
