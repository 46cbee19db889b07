export type Attributes = Readonly<Record<string, string | undefined>>;

/** An element to write: with children, or with text, or empty. */
export interface Line {
  readonly name: string;
  readonly attributes?: Attributes;
  readonly children?: readonly Line[];
  readonly text?: string;
}

/** Writes a tree with two spaces a level, LF, and a final LF. Throws RangeError on a character XML 1.0 cannot hold. */
export function renderXml(root: Line): string {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>'];
  render(root, '', out);
  return `${out.join('\n')}\n`;
}

function render(line: Line, indent: string, out: string[]): void {
  let head = `${indent}<${line.name}`;
  for (const [name, value] of Object.entries(line.attributes ?? {})) {
    if (value !== undefined) head += ` ${name}="${escapeAttribute(value)}"`;
  }
  if (line.text !== undefined) {
    out.push(`${head}>${escapeText(line.text)}</${line.name}>`);
  } else if (line.children && line.children.length > 0) {
    out.push(`${head}>`);
    for (const child of line.children) render(child, `${indent}  `, out);
    out.push(`${indent}</${line.name}>`);
  } else {
    out.push(`${head}/>`);
  }
}

/** Escapes character data. Throws RangeError on a character XML 1.0 cannot hold (§2.2). */
export function escapeText(text: string): string {
  let out = '';
  for (const char of text) {
    if (!isXmlCharacter(char.codePointAt(0)!)) throw new RangeError('A character is not allowed in XML 1.0.');
    out += replacements.get(char) ?? char;
  }
  return out;
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
