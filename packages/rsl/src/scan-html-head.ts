/** One start tag of a document's head. Names are in lower case; of a repeated attribute the first counts. */
export interface HeadTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the tag begins. */
  readonly offset: number;
  readonly raw: string;
}

/** How much of a page is looked at: the head of an honest page ends long before. */
export const headLimit = 512 * 1024;

const headElements = new Set([
  'html',
  'head',
  'title',
  'base',
  'link',
  'meta',
  'style',
  'script',
  'noscript',
  'template',
]);
const rawElements = new Set(['title', 'style', 'script', 'template']);

/**
 * Lists the start tags of the head of an HTML page, in order. A small tolerant scanner and no HTML parser: it knows
 * comments, quoted attributes, the common character references and the elements whose content is text, and it stops at
 * `</head>`, at `<body>`, at the first element that cannot be in a head, or after 512 KiB. Links further down, or
 * written by a script, are not seen; nor does a bot that runs no scripts see them.
 *
 * @example
 * ```ts
 * import { scanHtmlHead } from '@clearway/rsl';
 *
 * scanHtmlHead('<head><meta name=robots content=noai></head>')[1].attributes.content // => 'noai'
 * ```
 */
export function scanHtmlHead(html: string): HeadTag[] {
  const text = html.slice(0, headLimit);
  const tags: HeadTag[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open === -1) return tags;
    if (text.startsWith('<!--', open)) {
      const close = text.indexOf('-->', open + 4);
      if (close === -1) return tags;
      at = close + 3;
    } else if (text[open + 1] === '!' || text[open + 1] === '?') {
      at = endOf(text, '>', open);
    } else if (text[open + 1] === '/') {
      if (nameAt(text, open + 2) === 'head') return tags;
      at = endOf(text, '>', open);
    } else {
      const name = nameAt(text, open + 1);
      if (name === '') {
        at = open + 1;
        continue;
      }
      if (!headElements.has(name)) return tags;
      const { attributes, end } = readAttributes(text, open + 1 + name.length);
      if (end === undefined) return tags;
      tags.push({ name, attributes, offset: open, raw: text.slice(open, end) });
      at = rawElements.has(name) ? skipRaw(text, name, end) : end;
    }
  }
}

export function endOf(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found + what.length;
}

export function skipRaw(text: string, name: string, from: number): number {
  for (let at = text.indexOf('</', from); at !== -1; at = text.indexOf('</', at + 2)) {
    if (nameAt(text, at + 2) === name) return endOf(text, '>', at);
  }
  return text.length;
}

export function nameAt(text: string, from: number): string {
  const first = text.charCodeAt(from) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return '';
  let end = from;
  while (end < text.length && !isSpace(text[end]!) && text[end] !== '>' && text[end] !== '/') end += 1;
  return text.slice(from, end).toLowerCase();
}

export function readAttributes(
  text: string,
  from: number,
): { readonly attributes: Readonly<Record<string, string>>; readonly end: number | undefined } {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = from;
  while (at < text.length) {
    while (at < text.length && (isSpace(text[at]!) || text[at] === '/')) at += 1;
    if (text[at] === '>') return { attributes, end: at + 1 };
    const nameStart = at;
    // A leading "=" is part of the name in HTML; taking one character at least also guarantees progress.
    at += 1;
    while (at < text.length && !isSpace(text[at]!) && !'=>/'.includes(text[at]!)) at += 1;
    const name = text.slice(nameStart, at).toLowerCase();
    let next = at;
    while (next < text.length && isSpace(text[next]!)) next += 1;
    let value = '';
    if (text[next] === '=') {
      at = next + 1;
      while (at < text.length && isSpace(text[at]!)) at += 1;
      const quote = text[at];
      if (quote === '"' || quote === "'") {
        const close = text.indexOf(quote, at + 1);
        if (close === -1) break;
        value = text.slice(at + 1, close);
        at = close + 1;
      } else {
        const valueStart = at;
        while (at < text.length && !isSpace(text[at]!) && text[at] !== '>') at += 1;
        value = text.slice(valueStart, at);
      }
    }
    if (!(name in attributes)) attributes[name] = decodeReferences(value);
  }
  return { attributes, end: undefined };
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Knows the five XML references, nbsp and numbers; any other stays as it is written. */
function decodeReferences(text: string): string {
  let out = '';
  let at = 0;
  for (let and = text.indexOf('&'); and !== -1; and = text.indexOf('&', at)) {
    const semicolon = text.indexOf(';', and);
    const body = semicolon === -1 || semicolon - and > 12 ? '' : text.slice(and + 1, semicolon);
    const decoded = Object.hasOwn(named, body) ? named[body] : numeric(body);
    out += text.slice(at, and) + (decoded ?? '&');
    at = decoded === undefined ? and + 1 : semicolon + 1;
  }
  return out + text.slice(at);
}

function numeric(body: string): string | undefined {
  const hex = body.startsWith('#x') || body.startsWith('#X');
  const digits = body.slice(hex ? 2 : 1);
  if (!body.startsWith('#') || !(hex ? /^[0-9a-fA-F]{1,6}$/ : /^[0-9]{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, hex ? 16 : 10);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\f';
}
