export type Attributes = Readonly<Record<string, string | undefined>>;

/** An element to write: with children, or with text, or with both on one line, or empty. */
export interface Line {
  /** Empty in `mixed`, where it stands for mere text. */
  readonly name: string;
  readonly attributes?: Attributes;
  readonly children?: readonly Line[];
  readonly text?: string;
  /** Text that is easier to read unescaped: JSON. */
  readonly data?: string;
  readonly mixed?: readonly Line[];
}

/** Writes a tree with two spaces a level, LF, and a final LF. Throws RangeError on a character XML 1.0 cannot hold. */
export function renderXml(root: Line): string {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>'];
  render(root, '', out);
  return `${out.join('\n')}\n`;
}

function render(line: Line, indent: string, out: string[]): void {
  if (!line.children || line.children.length === 0) {
    out.push(`${indent}${inline(line)}`);
    return;
  }
  out.push(`${indent}${startTag(line)}>`);
  for (const child of line.children) render(child, `${indent}  `, out);
  out.push(`${indent}</${line.name}>`);
}

function inline({ text, data, mixed, ...line }: Line): string {
  if (line.name === '') return escapeText(text ?? '');
  const inside =
    text !== undefined
      ? escapeText(text)
      : data !== undefined
        ? `<![CDATA[${checked(data).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
        : mixed?.map(inline).join('');
  return inside === undefined ? `${startTag(line)}/>` : `${startTag(line)}>${inside}</${line.name}>`;
}

function startTag({ name, attributes = {} }: Line): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) head += ` ${key}="${escapeAttribute(value)}"`;
  }
  return head;
}

/** Escapes character data. Throws RangeError on a character XML 1.0 cannot hold (§2.2). */
export function escapeText(text: string): string {
  let out = '';
  for (const char of checked(text)) out += replacements.get(char) ?? char;
  return out;
}

function checked(text: string): string {
  for (const char of text) {
    if (!isXmlCharacter(char.codePointAt(0)!)) throw new RangeError('A character is not allowed in XML 1.0.');
  }
  return text;
}

/** As {@link escapeText}; line breaks and tabs are kept as references, else readers turn them into spaces. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

const replacements = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#13;'],
]);

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || code > 0xffff;
}
