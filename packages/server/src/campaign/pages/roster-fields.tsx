import type { Locale } from '../../kernel/index.ts';
import { CRAFTS, countryOptions, craftName } from '../../parties/index.ts';
import { Checkbox, Choices, Field, Select } from '../../web/index.ts';
import { AUTHORITIES, ROLES } from '../roster/model.ts';
import { rosterText } from '../roster/roster-messages.ts';
import type { FormValues } from '../signing/read-sign-form.ts';

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

/** One person of the form; the fields of the nth end with its number. */
export function PersonFields({ locale, values, n }: { locale: Locale; values: FormValues; n: number }) {
  const { form } = rosterText(locale);
  const value = (name: string) => String(values[`${name}${n}`] ?? '');
  const required = n === 1;
  return (
    <>
      <Field name={`name${n}`} label={form.name} value={value('name')} maxLength={200} required={required} />
      <Select
        name={`craft${n}`}
        label={form.craft}
        value={value('craft')}
        required={required}
        empty={form.choose}
        options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
      />
      <Select
        name={`country${n}`}
        label={form.country}
        value={value('country')}
        required={required}
        empty={form.choose}
        options={countryOptions(locale)}
      />
      <Field name={`town${n}`} label={form.town} value={value('town')} maxLength={100} />
      <Field name={`affiliation${n}`} label={form.affiliation} value={value('affiliation')} maxLength={150} />
      <Field name={`email${n}`} type="email" label={form.email} value={value('email')} maxLength={300} />
      <Checkbox name={`hide${n}`} label={form.hide} checked={value('hide') === 'yes'} />
    </>
  );
}
