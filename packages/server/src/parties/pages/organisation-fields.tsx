import { z } from 'zod';
import { MEMBER_ROLES, organisationText } from '../../identity/index.ts';
import type { Locale } from '../../kernel/index.ts';
import { Choices, Field, Select } from '../../web/index.ts';
import { countryOptions } from '../countries.ts';
import { organisationWords } from '../organisation-messages.ts';

export type Typed = { readonly [field: string]: string | string[] | undefined };

/** A typed field as one short text, to be shown again. */
export function typedText(typed: Typed, name: string): string {
  return String(typed[name] ?? '').slice(0, 2_500);
}

/** Name, country and web address of an organisation. */
export function OrganisationFields({ locale, typed }: { locale: Locale; typed: Typed }) {
  const words = organisationWords(locale).list;
  return (
    <>
      <Field name="name" label={words.name} value={typedText(typed, 'name')} required maxLength={200} />
      <Select
        name="country"
        label={words.country}
        value={typedText(typed, 'country')}
        empty={words.notSaid}
        options={countryOptions(locale)}
      />
      <Field
        name="url"
        type="url"
        label={words.url}
        hint={words.urlHint}
        value={typedText(typed, 'url')}
        maxLength={2_000}
      />
    </>
  );
}

/** Which role somebody is to have; nothing is chosen beforehand. */
export function RoleChoices({ locale, typed }: { locale: Locale; typed: Typed }) {
  const { roles, roleMeaning } = organisationText(locale);
  return (
    <Choices
      name="role"
      legend={organisationWords(locale).one.roleChoice}
      value={typedText(typed, 'role')}
      required
      options={MEMBER_ROLES.map((value) => ({ value, label: roles[value], hint: roleMeaning[value] }))}
    />
  );
}

export const inviteForm = z.object({ email: z.string().max(1_000), role: z.enum(MEMBER_ROLES) });
export const roleForm = z.object({ role: z.enum(MEMBER_ROLES) });
