import type { Locale } from '../../kernel/index.ts';
import { CRAFTS, countryOptions, craftName } from '../../parties/index.ts';
import { Checkbox, Field, Select } from '../../web/index.ts';
import { campaignText } from '../messages.ts';
import type { FormValues } from '../signatory/form-values.ts';

type Props = {
  readonly locale: Locale;
  readonly values: FormValues;
  readonly wrong: ReadonlySet<string>;
};

/** The fields of what is shown in public: name, craft, country. */
export function ShownFields({ locale, values, wrong }: Props) {
  const text = campaignText(locale).sign;
  const value = (name: string) => String(values[name] ?? '');
  const organisation = values.kind === 'organisation';
  return (
    <>
      <Field
        name="name"
        label={organisation ? text.organisation : text.name}
        hint={organisation ? text.organisationHint : text.nameHint}
        value={value('name')}
        required
        autocomplete={organisation ? 'organization' : 'name'}
        maxLength={200}
        error={wrong.has('name') ? text.errors.name : undefined}
      />
      <Select
        name="craft"
        label={organisation ? text.field : text.craft}
        value={value('craft')}
        required
        empty={text.choose}
        options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
        error={wrong.has('craft') ? text.errors.craft : undefined}
      />
      <Select
        name="country"
        label={organisation ? text.seat : text.country}
        value={value('country')}
        required
        empty={text.choose}
        options={countryOptions(locale)}
        error={wrong.has('country') ? text.errors.country : undefined}
      />
      <fieldset>
        <legend>{text.more}</legend>
        <Field
          name="town"
          label={text.town}
          value={value('town')}
          maxLength={100}
          error={wrong.has('town') ? text.errors.line : undefined}
        />
        {!organisation && (
          <Field
            name="affiliation"
            label={text.affiliation}
            hint={text.affiliationHint}
            value={value('affiliation')}
            maxLength={150}
            error={wrong.has('affiliation') ? text.errors.line : undefined}
          />
        )}
        <Field
          name="note"
          label={text.note}
          hint={text.noteHint}
          value={value('note')}
          maxLength={200}
          error={wrong.has('note') ? text.errors.line : undefined}
        />
      </fieldset>
      <Checkbox name="hideName" label={text.hide} checked={values.hideName === 'yes'} />
    </>
  );
}

/** What an organisation says about itself; the contact is not shown. */
export function OrganisationFields({ locale, values, wrong }: Props) {
  const text = campaignText(locale).sign;
  return (
    <>
      <Field
        name="members"
        type="number"
        label={text.members}
        hint={text.membersHint}
        value={String(values.members ?? '')}
        error={wrong.has('members') ? text.errors.members : undefined}
      />
      <Field
        name="contact"
        label={text.contact}
        hint={text.contactHint}
        value={String(values.contact ?? '')}
        maxLength={200}
        autocomplete="name"
        error={wrong.has('contact') ? text.errors.line : undefined}
      />
    </>
  );
}
