/** A part of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface StartTag {
  /** Name → the attribute with the white space before it. */
  readonly attributes: ReadonlyMap<string, Range>;
  readonly end: number;
  readonly empty: boolean;
}

/** Where an attribute of the element at an offset stands, with the white space before it. The text is well-formed. */
export function attributeRange(text: string, offset: number, name: string): Range | undefined {
  return startTag(text, offset).attributes.get(name);
}

/** What stands between the tags of an element that holds plain text only, without references; else undefined. */
export function innerRange(text: string, offset: number): Range | undefined {
  const tag = startTag(text, offset);
  if (tag.empty) return undefined;
  const end = text.indexOf('<', tag.end);
  if (end === -1 || text[end + 1] !== '/' || text.slice(tag.end, end).includes('&')) return undefined;
  return { start: tag.end, end };
}

/** The whole of such an element. */
export function outerRange(text: string, offset: number): Range | undefined {
  const inner = innerRange(text, offset);
  return inner && { start: offset, end: text.indexOf('>', inner.end) + 1 };
}

function startTag(text: string, offset: number): StartTag {
  const attributes = new Map<string, Range>();
  let at = skip(text, offset + 1, (char) => !isSpace(char) && char !== '>' && char !== '/');
  for (;;) {
    const start = at;
    at = skip(text, at, isSpace);
    if (at >= text.length || text[at] === '>') return { attributes, end: at + 1, empty: false };
    if (text[at] === '/') return { attributes, end: at + 2, empty: true };
    const nameStart = at;
    at = skip(text, at, (char) => !isSpace(char) && char !== '=');
    const name = text.slice(nameStart, at);
    at = skip(text, at, (char) => isSpace(char) || char === '=');
    const close = text.indexOf(text[at]!, at + 1);
    at = close === -1 ? text.length : close + 1;
    attributes.set(name, { start, end: at });
  }
}

function skip(text: string, from: number, over: (char: string) => boolean): number {
  let at = from;
  while (at < text.length && over(text[at]!)) at += 1;
  return at;
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}
