import { z } from 'zod';
import { MEMBER_ROLES, organisationText } from '../../identity/index.ts';
import type { Locale, Problem } from '../../kernel/index.ts';
import { Choices, Field, issueText, Select } from '../../web/index.ts';
import { countryOptions } from '../countries.ts';
import { organisationWords } from '../organisation-messages.ts';

export type Typed = { readonly [field: string]: string | string[] | undefined };

/** A typed field as one short text, to be shown again. */
export function typedText(typed: Typed, name: string): string {
  return String(typed[name] ?? '').slice(0, 2_500);
}

type Fields = { locale: Locale; typed: Typed; problem?: Problem | undefined };

/** What is wrong with one field, to stand beside it. */
export function errorOf({ locale, problem }: Fields, name: string): string | undefined {
  const errors = (problem?.fields.errors ?? []) as readonly { path: string; message: string }[];
  const found = errors.find(({ path }) => path === name);
  return found && issueText(locale, found.message);
}

/** Name, country and web address of an organisation. */
export function OrganisationFields(props: Fields) {
  const { locale, typed } = props;
  const words = organisationWords(locale).list;
  return (
    <>
      <Field
        name="name"
        label={words.name}
        value={typedText(typed, 'name')}
        required
        maxLength={200}
        error={errorOf(props, 'name')}
      />
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
        error={errorOf(props, 'url')}
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
