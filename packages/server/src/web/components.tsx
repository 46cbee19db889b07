import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Locale, Problem } from '../kernel/index.ts';
import { issueText } from './issue-text.ts';
import { commonText } from './messages.ts';

type Option = { readonly value: string; readonly label: string };

type FieldProps = {
  readonly name: string;
  /** Where two forms of a page have a field of one name. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'url' | 'number' | 'date' | 'file';
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly inputMode?: 'decimal' | 'numeric';
  readonly lang?: string;
  readonly accept?: string;
  /** More than one line. */
  readonly rows?: number;
  readonly error?: string | undefined;
};

/** A labelled input with its hint and error tied to it. */
export function Field(props: FieldProps) {
  const {
    name,
    label,
    hint,
    value,
    type = 'text',
    required,
    rows,
    error,
    maxLength,
    inputMode,
    ...rest
  } = props;
  const id = props.id ?? `f-${name.replace(/[^a-z0-9]+/gi, '-')}`;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const common = {
    ...rest,
    id,
    name,
    required,
    maxlength: maxLength,
    'aria-describedby': described,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {rows ? (
        <textarea rows={rows} {...common}>
          {value}
        </textarea>
      ) : (
        <input type={type} value={value} inputmode={inputMode} {...common} />
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A labelled choice from a list. */
export function Select(props: {
  name: string;
  /** Where two forms of a page have a field of one name. */
  id?: string;
  label: string;
  hint?: string;
  options: readonly Option[];
  value?: string | undefined;
  required?: boolean;
  empty?: string;
}) {
  const id = props.id ?? `f-${props.name}`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <select
        id={id}
        name={props.name}
        required={props.required}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.options.map((o) => (
          <option value={o.value} selected={o.value === props.value}>
            {o.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A group of radio buttons, each with an explanation. */
export function Choices(props: {
  name: string;
  legend: string;
  hint?: string;
  value?: string | undefined;
  required?: boolean;
  options: readonly (Option & { readonly hint?: string })[];
}) {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.hint && <p class="hint">{props.hint}</p>}
      {props.options.map((o) => (
        <label class="choice">
          <input
            type="radio"
            name={props.name}
            value={o.value}
            checked={o.value === props.value}
            required={props.required}
          />
          <span>
            <strong>{o.label}</strong>
            {o.hint && <small>{o.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** One box to tick. */
export function Checkbox(props: {
  name: string;
  label: Child;
  checked?: boolean;
  required?: boolean;
  value?: string;
}) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        name={props.name}
        value={props.value ?? 'yes'}
        checked={props.checked}
        required={props.required}
      />
      <span>{props.label}</span>
    </label>
  );
}

/** A message with a tone; errors and results of an action are announced. */
export function Notice({
  tone = 'info',
  children,
}: PropsWithChildren<{ tone?: 'info' | 'good' | 'warn' | 'bad' }>) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** A problem as people read it: what is wrong, the case, the cure. */
export function ProblemNotice(props: {
  problem: Problem | undefined;
  locale: Locale;
  /** True where each field says itself what is wrong with it. */
  beside?: boolean;
}) {
  const { problem, locale, beside } = props;
  if (!problem) return null;
  const text = problem.definition[locale];
  const fields = (problem.fields.errors ?? []) as readonly { path: string; message: string }[];
  return (
    <Notice tone="bad">
      <p>
        <strong>{text.title}</strong>
        {problem.detail && fields.length === 0 && <> ({problem.detail})</>}
      </p>
      {fields.length > 0 && !beside && (
        <ul>
          {fields.map(({ path, message }) => (
            <li>
              {path && `${path}: `}
              {issueText(locale, message)}
            </li>
          ))}
        </ul>
      )}
      <p>
        {commonText(locale).problem.cure}: {text.cure}
      </p>
      <p class="code">
        <code>{problem.code}</code>
      </p>
    </Notice>
  );
}

/** What stands where nothing is yet: says what will be here and the next step. */
export function Empty({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <section class="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A short mark of a state; the words carry the meaning, the tone only helps. */
export function Badge({
  tone = 'info',
  children,
}: PropsWithChildren<{ tone?: 'info' | 'good' | 'warn' | 'bad' }>) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** Names and values. */
export function Facts({ rows }: { rows: readonly (readonly [Child, Child])[] }) {
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A table with a caption and column heads; scrolls inside itself on narrow screens. */
export function Table(props: {
  caption: string;
  /** True right below a heading that says the same. */
  captionHidden?: boolean;
  head: readonly Child[];
  rows: readonly (readonly Child[])[];
}) {
  return (
    <section class="table" tabindex={0} aria-label={props.caption}>
      <table>
        <caption class={props.captionHidden ? 'hidden' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {props.head.map((h) => (
              <th scope="col">{h}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>{row.map((cell, i) => (i === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A form that posts one action with one button. */
export function ActionForm(
  props: PropsWithChildren<{ action: string; label: string; tone?: 'main' | 'quiet' | 'danger' }>,
) {
  return (
    <form method="post" action={props.action} class="inline">
      {props.children}
      <button type="submit" class={props.tone ?? 'quiet'}>
        {props.label}
      </button>
    </form>
  );
}
