import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Locale, Problem } from '../kernel/index.ts';
import { detailText } from './detail-text.ts';
import { issueText } from './issue-text.ts';
import { commonText } from './messages.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'ask-first': { 'data-cancel': string; children?: Child };
    }
  }
}

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
  readonly inputMode?: 'decimal' | 'numeric' | 'url';
  readonly lang?: string;
  readonly accept?: string;
  /** More than one file. */
  readonly multiple?: boolean;
  /** The id of a `datalist`: words to choose from, or something else is typed. */
  readonly list?: string;
  /** The cursor stands here when the page opens; of one field only. */
  readonly autofocus?: boolean;
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
      <ErrorLine id={id} error={error} />
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
  error?: string | undefined;
}) {
  const id = props.id ?? `f-${props.name}`;
  const { error } = props;
  const described =
    [props.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
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
        aria-describedby={described}
        aria-invalid={error ? 'true' : undefined}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.options.map((o) => (
          <option value={o.value} selected={o.value === props.value}>
            {o.label}
          </option>
        ))}
      </select>
      <ErrorLine id={id} error={error} />
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
  error?: string | undefined;
}) {
  const { error } = props;
  const id = `f-${props.name}`;
  return (
    <fieldset class="choices" aria-describedby={error ? `${id}-error` : undefined}>
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
            aria-invalid={error ? 'true' : undefined}
          />
          <span>
            <strong>{o.label}</strong>
            {o.hint && <small>{o.hint}</small>}
          </span>
        </label>
      ))}
      <ErrorLine id={id} error={error} />
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
  error?: string | undefined;
}) {
  const { error } = props;
  const id = `f-${props.name}`;
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          name={props.name}
          value={props.value ?? 'yes'}
          checked={props.checked}
          required={props.required}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={error ? 'true' : undefined}
        />
        <span>{props.label}</span>
      </label>
      <ErrorLine id={id} error={error} />
    </>
  );
}

/** What is wrong with a field, tied to it by its id. */
function ErrorLine({ id, error }: { id: string; error: string | undefined }) {
  return error ? (
    <p class="error" id={`${id}-error`}>
      {error}
    </p>
  ) : null;
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
        {problem.detail && fields.length === 0 && <> ({detailText(locale, problem)})</>}
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

/** From so many columns on, a table is a list of cards on a narrow screen. */
const STACK_FROM = 4;

/** A table with a caption and column heads. On narrow screens four and more columns become a list of cards. */
export function Table(props: {
  caption: string;
  /** True right below a heading that says the same. */
  captionHidden?: boolean;
  head: readonly Child[];
  rows: readonly (readonly Child[])[];
  /** Columns of amounts and counts, from 0: set to the right. */
  numbers?: readonly number[];
}) {
  const { head, numbers = [] } = props;
  const stack = head.length >= STACK_FROM;
  const tone = (i: number) => (numbers.includes(i) ? 'number' : undefined);
  // A card repeats the head before each value.
  const label = (i: number) => (stack && typeof head[i] === 'string' ? head[i] || undefined : undefined);
  return (
    <section class={stack ? 'table stack' : 'table'} tabindex={0} aria-label={props.caption}>
      <table>
        <caption class={props.captionHidden ? 'hidden' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {head.map((h, i) =>
              // A column of buttons has no name, and an empty header would announce nothing.
              h === '' ? (
                <td />
              ) : (
                <th scope="col" class={tone(i)}>
                  {h}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th scope="row">{cell}</th>
                ) : (
                  <td class={tone(i)} data-head={label(i)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where one is in a task of several steps. `current` is the step's index, from 0. */
export function Steps(props: { label: string; steps: readonly Child[]; current: number }) {
  return (
    <ol class="steps" aria-label={props.label}>
      {props.steps.map((step, i) => (
        <li
          class={i < props.current ? 'done' : undefined}
          aria-current={i === props.current ? 'step' : undefined}
        >
          {step}
        </li>
      ))}
    </ol>
  );
}

/** What happened, one after the other. */
export function Timeline(props: {
  events: readonly {
    readonly at: Child;
    readonly title: Child;
    readonly detail?: Child;
    readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  }[];
}) {
  return (
    <ol class="timeline">
      {props.events.map(({ at, title, detail, tone }) => (
        <li class={tone}>
          <p class="at">{at}</p>
          <p>
            <strong>{title}</strong>
          </p>
          {detail && <div>{detail}</div>}
        </li>
      ))}
    </ol>
  );
}

/** Asks before something that cannot be taken back: a dialog, and where no script runs a part that unfolds. */
export function AskFirst(
  props: PropsWithChildren<{ label: string; title: string; cancel: string; tone?: 'quiet' | 'danger' }>,
) {
  const { label, title, cancel, tone = 'quiet', children } = props;
  return (
    <ask-first data-cancel={cancel}>
      <details class={`ask ${tone}`}>
        <summary>{label}</summary>
        <div class="asked">
          <h2>{title}</h2>
          {children}
        </div>
      </details>
      <script type="module" src="/static/ask-first.js" />
    </ask-first>
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
