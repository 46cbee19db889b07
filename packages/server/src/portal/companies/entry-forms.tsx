import type { EntryHistory, EntryKind } from '../../campaign/index.ts';
import { formatDate, LOCALES, type Locale } from '../../kernel/index.ts';
import { Checkbox, Field, Select } from '../../web/index.ts';
import { EntryBody } from './company-page.tsx';
import { companyDeskText } from './desk-messages.ts';

export type Typed = { readonly [name: string]: string | string[] };

type FieldsProps = {
  readonly locale: Locale;
  readonly kind: EntryKind;
  /** Tells the fields of several forms of a page apart. */
  readonly at: string;
  readonly values: Typed;
};

function EntryFields({ locale, kind, at, values }: FieldsProps) {
  const text = companyDeskText(locale).page;
  const value = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
  return (
    <>
      <Field
        name="happenedOn"
        id={`f-${at}-on`}
        label={text.happenedOn}
        type="date"
        required
        value={value('happenedOn')}
      />
      {kind === 'request' && (
        <Field
          name="answeredOn"
          id={`f-${at}-answered`}
          label={text.answeredOn}
          type="date"
          value={value('answeredOn')}
        />
      )}
      <Field
        name="words"
        id={`f-${at}-words`}
        label={text.words}
        rows={3}
        required
        maxLength={1_000}
        value={value('words')}
      />
      <Field
        name="source"
        id={`f-${at}-source`}
        label={text.source}
        type="url"
        required
        maxLength={2_000}
        value={value('source')}
      />
      <Select
        name="locale"
        id={`f-${at}-locale`}
        label={text.locale}
        value={value('locale') ?? locale}
        options={LOCALES.map((each) => ({ value: each, label: companyDeskText(locale).locales[each] }))}
      />
    </>
  );
}

type NewProps = { locale: Locale; kind: EntryKind; action: string; title: string; typed: Typed };

/** The form for a new entry; what was typed stays where something is wrong. */
export function NewEntry({ locale, kind, action, title, typed }: NewProps) {
  const mine = typed.action === 'write' && typed.kind === kind;
  return (
    <section>
      <h2>{title}</h2>
      <form method="post" action={action}>
        <input type="hidden" name="kind" value={kind} />
        <EntryFields locale={locale} kind={kind} at={kind} values={mine ? typed : {}} />
        <button type="submit" name="action" value="write">
          {companyDeskText(locale).page.add}
        </button>
      </form>
    </section>
  );
}

type ListProps = {
  locale: Locale;
  entries: readonly EntryHistory[];
  action: string;
  typed: Typed;
  zone: string;
};

/** Entries, each with the form that corrects it. */
export function EntryList({ locale, entries, action, typed, zone }: ListProps) {
  const text = companyDeskText(locale).page;
  if (entries.length === 0) return <p>{text.none}</p>;
  return (
    <ul>
      {entries.map((entry) => {
        const mine = typed.action === 'correct' && typed.id === entry.id;
        const values: Typed = mine ? typed : ({ ...entry, answeredOn: entry.answeredOn ?? '' } as never);
        return (
          <li>
            <EntryBody locale={locale} zone={zone} entry={entry} />
            <details open={mine}>
              <summary>
                {text.correct}: {formatDate(locale, new Date(`${entry.happenedOn}T00:00:00Z`))}
              </summary>
              <form method="post" action={action}>
                <input type="hidden" name="id" value={entry.id} />
                <input type="hidden" name="version" value={entry.version.toString()} />
                <EntryFields locale={locale} kind={entry.kind} at={entry.id} values={values} />
                <Field
                  name="reason"
                  id={`f-${entry.id}-reason`}
                  label={text.reason}
                  required
                  maxLength={300}
                  value={mine ? String(typed.reason ?? '') : undefined}
                />
                <Checkbox name="retracted" label={text.retract} checked={entry.retracted} />
                <button type="submit" name="action" value="correct">
                  {text.keep}
                </button>
              </form>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
