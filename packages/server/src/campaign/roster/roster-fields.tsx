import type { Locale } from '../../kernel/index.ts';
import { CRAFTS, countryOptions, craftName } from '../../parties/index.ts';
import { Checkbox, Choices, Field, Select } from '../../web/index.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { AUTHORITIES, ROLES } from './model.ts';
import { rosterText } from './roster-messages.ts';

/** What holds for the whole list: who signs, on what. */
export function DefaultsFields({ locale, values }: { locale: Locale; values: FormValues }) {
  const text = rosterText(locale);
  const { form } = text;
  const value = (name: string) => String(values[name] ?? '');
  return (
    <>
      <Select
        name="role"
        label={form.role}
        value={value('role')}
        required
        empty={form.choose}
        options={ROLES.map((role) => ({ value: role, label: text.roles[role] }))}
      />
      <Choices
        name="basis"
        legend={form.basis}
        hint={form.override}
        value={value('basis')}
        required
        options={[
          { value: 'authority', label: form.byAuthority, hint: form.byAuthorityHint },
          { value: 'confirm', label: form.byConfirm, hint: form.byConfirmHint },
        ]}
      />
      <Select
        name="authority"
        label={form.authority}
        value={value('authority')}
        empty={form.choose}
        options={AUTHORITIES.map((one) => ({ value: one, label: text.authorities[one] }))}
      />
      <Field name="on" type="date" label={form.on} value={value('on')} />
      <Field
        name="reference"
        label={form.reference}
        hint={form.referenceHint}
        value={value('reference')}
        maxLength={300}
      />
    </>
  );
}

/** The fields of a person in the form, each sent with the number of her row. */
export const PERSON_FIELDS = ['name', 'craft', 'country', 'town', 'affiliation', 'email', 'hide'] as const;

/** Crafts and countries to choose from, once for all rows: with a list in each row the page would weigh too much. */
export function ChoiceLists({ locale }: { locale: Locale }) {
  return (
    <>
      <datalist id="crafts">
        {CRAFTS.map((craft) => (
          <option>{craftName(locale, craft)}</option>
        ))}
      </datalist>
      <datalist id="countries">
        {countryOptions(locale).map(({ label }) => (
          <option>{label}</option>
        ))}
      </datalist>
    </>
  );
}

/** One person of the form; the fields of the nth end with its number. */
export function PersonFields(props: {
  locale: Locale;
  values: FormValues;
  n: number;
  required: boolean;
  /** The cursor stands here when the page opens. */
  focus: boolean;
  errors: ReadonlyMap<string, string>;
}) {
  const { locale, values, n, required, focus, errors } = props;
  const { form } = rosterText(locale);
  const at = (name: (typeof PERSON_FIELDS)[number]) => ({
    name: `${name}${n}`,
    value: String(values[`${name}${n}`] ?? '') || undefined,
    error: errors.get(name),
  });
  const hide = at('hide');
  return (
    <>
      <Field {...at('name')} label={form.name} maxLength={200} required={required} autofocus={focus} />
      <Field {...at('craft')} label={form.craft} list="crafts" required={required} />
      <Field {...at('country')} label={form.country} list="countries" required={required} />
      <Field {...at('town')} label={form.town} maxLength={100} />
      <Field {...at('affiliation')} label={form.affiliation} maxLength={150} />
      <Field {...at('email')} type="email" label={form.email} maxLength={300} />
      <Checkbox name={hide.name} label={form.hide} checked={hide.value === 'yes'} error={hide.error} />
    </>
  );
}
