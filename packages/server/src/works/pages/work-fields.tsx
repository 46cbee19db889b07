import type { PropsWithChildren } from 'hono/jsx';
import type { Locale } from '../../kernel/index.ts';
import type { Party } from '../../parties/index.ts';
import { Checkbox, Choices, commonText, Field, Select } from '../../web/index.ts';
import { authorityQuestion } from '../authority-questions.ts';
import { SCHEMES } from '../identifiers.ts';
import { worksText } from '../messages.ts';
import { ANSWERS, MAKINGS, ROLES, WORK_TYPES } from '../model.ts';
import { pageText } from './messages.ts';
import { IDENTIFIER_ROWS, one, type Typed } from './work-form.ts';

type Props = { readonly locale: Locale; readonly typed: Typed };

const options = <T extends string>(values: readonly T[], words: { readonly [K in T]: string }) =>
  values.map((value) => ({ value, label: words[value] }));

/** Title, kind and all other facts. */
export function FactFields({ locale, typed }: Props) {
  const text = pageText(locale).new;
  const words = worksText(locale);
  const value = (name: string) => one(typed, name);
  const schemes = SCHEMES.map((scheme) => ({ value: scheme, label: scheme.toUpperCase() }));
  const rows = Array.from({ length: IDENTIFIER_ROWS }, (_, i) => i + 1);
  const opened = ['createdYear', 'createdPlace', 'firstPublished', 'making', 'value1'].some((name) =>
    value(name),
  );
  return (
    <>
      <Field name="title" label={text.workTitle} value={value('title')} required maxLength={300} />
      <Select
        name="type"
        label={text.type}
        options={options(WORK_TYPES, words.type)}
        value={value('type')}
        required
        empty={commonText(locale).choose}
      />
      <Field
        name="language"
        label={text.language}
        hint={text.languageHint}
        value={value('language')}
        maxLength={20}
      />
      <details open={opened}>
        <summary>{text.more}</summary>
        <Field
          name="createdYear"
          label={text.createdYear}
          value={value('createdYear')}
          inputMode="numeric"
          maxLength={4}
        />
        <Field name="createdPlace" label={text.createdPlace} value={value('createdPlace')} maxLength={200} />
        <Field
          name="firstPublished"
          label={text.firstPublished}
          hint={text.firstPublishedHint}
          value={value('firstPublished')}
          maxLength={10}
        />
        <Select
          name="making"
          label={text.making}
          options={options(MAKINGS, words.making)}
          value={value('making')}
          empty={text.making0}
        />
        {rows.map((n) => (
          <>
            <Select
              name={`scheme${n}`}
              label={text.identifier(n)}
              options={schemes}
              value={value(`scheme${n}`)}
              empty={text.none}
            />
            <Field
              name={`value${n}`}
              label={text.identifierValue(n)}
              hint={n === 1 ? text.identifierHint : undefined}
              value={value(`value${n}`)}
              maxLength={300}
            />
          </>
        ))}
      </details>
    </>
  );
}

function RoleSelect({ locale, typed, name, label }: Props & { name: string; label: string }) {
  const roles = options(ROLES, worksText(locale).role);
  return <Select name={name} label={label} options={roles} value={one(typed, name) || 'author'} />;
}

/** A new co-owner: name, mailbox, role, share. */
export function HolderRow({ locale, typed, n }: Props & { n: number }) {
  const text = pageText(locale).new;
  const value = (name: string) => one(typed, `${name}${n}`);
  return (
    <fieldset class="row">
      <legend>{text.other(n)}</legend>
      <Field name={`name${n}`} label={text.name} value={value('name')} maxLength={200} />
      <Field name={`email${n}`} label={text.email} type="email" value={value('email')} maxLength={254} />
      <RoleSelect locale={locale} typed={typed} name={`role${n}`} label={text.role} />
      <Field
        name={`share${n}`}
        label={text.share}
        value={value('share')}
        inputMode="decimal"
        maxLength={12}
      />
    </fieldset>
  );
}

/** The registrant's share and rows for co-owners. */
export function HolderFields({ locale, typed, rows, children }: PropsWithChildren<Props & { rows: number }>) {
  const text = pageText(locale).new;
  const named = one(typed, 'name1') !== '' || one(typed, 'email1') !== '';
  return (
    <>
      <p>{text.holdersHint}</p>
      <Field
        name="myShare"
        label={text.myShare}
        hint={text.shareHint}
        value={typed.myShare === undefined ? '100' : one(typed, 'myShare')}
        inputMode="decimal"
        maxLength={12}
      />
      <RoleSelect locale={locale} typed={typed} name="myRole" label={text.myRole} />
      <details open={rows > 3 || named}>
        <summary>{text.others}</summary>
        {Array.from({ length: rows }, (_, i) => (
          <HolderRow locale={locale} typed={typed} n={i + 1} />
        ))}
        <Checkbox name="even" label={text.even} checked={one(typed, 'even') !== ''} />
        {children}
      </details>
    </>
  );
}

/** Who may say yes: the answers, and whom *theirs* may mean for this person. */
export function AuthorityFields(
  props: Props & { party: Pick<Party, 'craft' | 'country'>; legend: string; required?: boolean },
) {
  const { locale, typed, party } = props;
  const text = pageText(locale).rights;
  const words = worksText(locale);
  const question = authorityQuestion(locale, party.craft, party.country);
  const hints = { mine: text.mineHint, theirs: text.theirsHint, unsure: text.unsureHint };
  const answers = ANSWERS.map((value) => ({ value, label: words.answer[value], hint: hints[value] }));
  const society = question.societies === undefined ? undefined : text.example(question.societies);
  return (
    <>
      <Choices
        name="answer"
        legend={props.legend}
        hint={question.usual}
        options={answers}
        value={one(typed, 'answer')}
        required={props.required ?? true}
      />
      <Select
        name="holderKind"
        label={text.kind}
        options={options(question.kinds, words.holderKind)}
        value={one(typed, 'holderKind')}
        empty={text.kindNone}
        {...(society === undefined ? {} : { hint: society })}
      />
      <Field
        name="holderName"
        label={text.name}
        hint={text.nameHint}
        value={one(typed, 'holderName')}
        maxLength={200}
      />
    </>
  );
}
