import type { Locale, Problem } from '../../kernel/index.ts';
import { Field, Select } from '../../web/index.ts';
import { countryOptions } from '../countries.ts';
import { payoutText } from '../payout-messages.ts';
import { errorOf, type Typed, typedText } from './organisation-fields.tsx';

/** Holder, account number and address in parts; `ibanEnd` is the end of a stored number that may be kept. */
export function PayoutProfileFields(props: {
  readonly locale: Locale;
  readonly typed: Typed;
  readonly problem?: Problem | undefined;
  readonly ibanEnd: string | undefined;
}) {
  const { locale, typed, ibanEnd } = props;
  const words = payoutText(locale);
  const field = (name: string, maxLength: number) => ({
    name,
    value: typedText(typed, name),
    maxLength,
    error: errorOf(props, name),
  });
  return (
    <>
      <Field {...field('name', 70)} label={words.name} hint={words.nameHint} required autocomplete="name" />
      <Field
        {...field('iban', 42)}
        label={words.iban}
        hint={ibanEnd === undefined ? undefined : words.ibanKeep(ibanEnd)}
        required={ibanEnd === undefined}
        autocomplete="off"
      />
      <Field {...field('bic', 20)} label={words.bic} hint={words.bicHint} autocomplete="off" />
      <fieldset>
        <legend>{words.address}</legend>
        <p class="hint">{words.addressHint}</p>
        <Field {...field('streetName', 70)} label={words.streetName} required />
        <Field {...field('buildingNumber', 16)} label={words.buildingNumber} required />
        <Field {...field('postCode', 16)} label={words.postCode} required autocomplete="postal-code" />
        <Field {...field('townName', 35)} label={words.townName} required />
        <Select
          name="country"
          label={words.country}
          value={typedText(typed, 'country')}
          empty={words.choose}
          required
          options={countryOptions(locale)}
        />
      </fieldset>
    </>
  );
}
