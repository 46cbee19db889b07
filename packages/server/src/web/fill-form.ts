import { escapeHtml } from '../kernel/index.ts';

/** A form that was sent before: where it goes, and its fields in order. */
export type Typed = {
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

const FORM = /(<form\b[^>]*>)([\s\S]*?)<\/form>/g;
const CONTROL = /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/g;
/** Everything the browser sends by itself: buttons are pressed anew, files chosen anew. */
const NOT_TYPED = new Set(['file', 'submit', 'button', 'image', 'reset', 'password']);

/** Adds fields of the frame to every form that changes something: for whom the page was opened, what it answers. */
export function signForms(
  html: string,
  frame: { readonly [name: `_${string}`]: string | undefined },
): string {
  const fields = Object.entries(frame).flatMap(([name, value]) =>
    value === undefined ? [] : [`<input type="hidden" name="${name}" value="${escapeHtml(value)}"/>`],
  );
  if (fields.length === 0) return html;
  return html.replace(/<form method="post"[^>]*>/g, (tag) => `${tag}${fields.join('')}`);
}

/**
 * Writes what was typed before into the form of the page that goes to the same address; of several the one whose hidden
 * fields agree most. Works on pages of our own JSX, where attributes are quoted and text is escaped. Answers the page and what
 * found no place in it.
 */
export function fillForm(
  html: string,
  { action, fields }: Typed,
): { html: string; left: readonly (readonly [string, string])[] } {
  const forms = [...html.matchAll(FORM)].filter(([, tag = '']) => attribute(tag, 'action') === action);
  const best = forms
    .map((match) => ({ match, score: agreement(match[2] ?? '', fields) }))
    .sort((a, b) => b.score - a.score)[0]?.match;
  if (!best) return { html, left: fields };
  const waiting = fields.map(([name, value]) => ({ name, value, used: false }));
  const take = (name: string, value?: string) => {
    const found = waiting.find(
      (one) => !one.used && one.name === name && (value === undefined || one.value === value),
    );
    if (found) found.used = true;
    return found?.value;
  };
  const [whole, tag = '', inner = ''] = best;
  const filled = inner.replace(CONTROL, (control) => fillControl(control, take));
  const start = best.index;
  return {
    html: `${html.slice(0, start)}${tag}${filled}</form>${html.slice(start + whole.length)}`,
    left: waiting.filter(({ used }) => !used).map(({ name, value }) => [name, value] as const),
  };
}

type Take = (name: string, value?: string) => string | undefined;

function fillControl(control: string, take: Take): string {
  const tag = /^<[^>]*>/.exec(control)?.[0] ?? '';
  const name = attribute(tag, 'name');
  if (name === undefined || name.startsWith('_')) return control;
  if (tag.startsWith('<select')) return fillSelect(control, take(name));
  if (tag.startsWith('<textarea')) {
    const value = take(name);
    // The first line end after the tag is not part of the text (HTML §13.1.2.5).
    return value === undefined ? control : `${tag}\n${escapeHtml(value)}</textarea>`;
  }
  const type = attribute(tag, 'type') ?? 'text';
  if (NOT_TYPED.has(type)) return control;
  if (type === 'checkbox' || type === 'radio') {
    const on = take(name, attribute(tag, 'value') ?? 'on') !== undefined;
    const off = without(tag, 'checked');
    return on ? withAttribute(off, 'checked', '') : off;
  }
  const value = take(name);
  return value === undefined ? control : withAttribute(without(tag, 'value'), 'value', value);
}

function fillSelect(control: string, value: string | undefined): string {
  if (value === undefined) return control;
  return control.replace(/<option\b[^>]*>/g, (option) => {
    const off = without(option, 'selected');
    return attribute(option, 'value') === value ? withAttribute(off, 'selected', '') : off;
  });
}

/** How many of the form's hidden fields have the values that were sent. */
function agreement(inner: string, fields: Typed['fields']): number {
  const hidden = [...inner.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
  const same = hidden.filter((tag) =>
    fields.some(([name, value]) => name === attribute(tag, 'name') && value === attribute(tag, 'value')),
  );
  return same.length;
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found?.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: { readonly [entity: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function without(tag: string, name: string): string {
  return tag.replace(new RegExp(`\\s${name}(?:="[^"]*")?(?=[\\s/>])`), '');
}

function withAttribute(tag: string, name: string, value: string): string {
  const end = tag.endsWith('/>') ? '/>' : '>';
  return `${tag.slice(0, -end.length)} ${name}="${escapeHtml(value)}"${end}`;
}
