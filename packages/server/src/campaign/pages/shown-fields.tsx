import type { Locale } from '../../kernel/index.ts';
import { CRAFTS, countryOptions, craftName } from '../../parties/index.ts';
import { Checkbox, Field, Select } from '../../web/index.ts';
import { campaignText } from '../messages.ts';
import type { FormValues } from '../read-sign-form.ts';

type Props = {
  readonly locale: Locale;
  readonly values: FormValues;
  readonly wrong: ReadonlySet<string>;
};

/** The fields of what is shown in public: name, craft, country. */
export function ShownFields({ locale, values, wrong }: Props) {
  const text = campaignText(locale).sign;
  const value = (name: string) => String(values[name] ?? '');
  return (
    <>
      <Field
        name="name"
        label={text.name}
        hint={text.nameHint}
        value={value('name')}
        required
        autocomplete="name"
        maxLength={200}
        error={wrong.has('name') ? text.errors.name : undefined}
      />
      <Select
        name="craft"
        label={text.craft}
        value={value('craft')}
        required
        empty={text.choose}
        options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
      />
      <FieldError show={wrong.has('craft')} words={text.errors.craft} />
      <Select
        name="country"
        label={text.country}
        value={value('country')}
        required
        empty={text.choose}
        options={countryOptions(locale)}
      />
      <FieldError show={wrong.has('country')} words={text.errors.country} />
      <Checkbox name="hideName" label={text.hide} checked={values.hideName === 'yes'} />
    </>
  );
}

/** An error below a choice. */
export function FieldError({ show, words }: { show: boolean; words: string }) {
  return show ? <p class="error">{words}</p> : null;
}
