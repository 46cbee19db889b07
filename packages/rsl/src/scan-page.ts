import { endOf, headLimit, nameAt, readAttributes, skipRaw } from './scan-html-head.ts';

/** The part of a page a link or a script speaks of (RSL 1.0 §4.6): all of it, or one element with all below it. */
export type PageScope =
  | { readonly kind: 'document' }
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly id: string | undefined;
      /** Where its start tag begins, and where the element ends. */
      readonly start: number;
      readonly end: number;
    };

/** A `link` or a `script` of a page, with what it speaks of. */
export interface PageTag {
  readonly name: 'link' | 'script';
  readonly attributes: Readonly<Record<string, string>>;
  readonly scope: PageScope;
  readonly offset: number;
  /** Where the text of a script begins and ends. */
  readonly text: { readonly start: number; readonly end: number };
}

interface OpenTag {
  readonly name: string;
  readonly id: string | undefined;
  readonly start: number;
  end: number;
}

const empty = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' ') as readonly string[],
);
const raw = new Set([
  'title',
  'style',
  'script',
  'template',
  'textarea',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
]);
/** Start tags that end an open element of the named kinds, which authors leave unclosed. */
const closes: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  tr: ['td', 'th', 'tr'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  option: ['option'],
};
const blocks = new Set(
  'address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul'.split(
    ' ',
  ),
);
const depthLimit = 256;

/**
 * Lists the `link` and `script` elements of a page with the element they stand in. A tolerant scanner and no HTML
 * parser: it knows comments, elements whose content is text, elements without an end tag and the commonest omitted end
 * tags; it looks at 512 KiB and at 256 levels. What stands in `head`, or directly in `html` or `body`, speaks of all.
 */
export function scanPage(html: string): PageTag[] {
  const text = html.slice(0, headLimit);
  const found: { tag: PageTag; owner: OpenTag | undefined }[] = [];
  const open: OpenTag[] = [];
  function close(index: number, end: number): void {
    for (const one of open.splice(index)) one.end = end;
  }
  let at = 0;
  for (;;) {
    const start = text.indexOf('<', at);
    if (start === -1) break;
    if (text.startsWith('<!--', start)) {
      at = endOf(text, '-->', start + 4);
    } else if (text[start + 1] === '!' || text[start + 1] === '?') {
      at = endOf(text, '>', start);
    } else if (text[start + 1] === '/') {
      const name = nameAt(text, start + 2);
      at = endOf(text, '>', start);
      const index = open.findLastIndex((one) => one.name === name);
      if (index !== -1) close(index, at);
    } else {
      const name = nameAt(text, start + 1);
      const { attributes, end } =
        name === '' ? { attributes: {}, end: start + 1 } : readAttributes(text, start + 1 + name.length);
      if (end === undefined) break;
      at = end;
      if (name === '') continue;
      const last = open.at(-1);
      if (last && ((last.name === 'p' && blocks.has(name)) || closes[name]?.includes(last.name))) {
        close(open.length - 1, start);
      }
      const after = raw.has(name) ? skipRaw(text, name, end) : end;
      if (name === 'link' || name === 'script') {
        const stop = name === 'script' ? Math.max(text.lastIndexOf('</', after - 1), end) : end;
        const tag = {
          name,
          attributes,
          scope: { kind: 'document' },
          offset: start,
          text: { start: end, end: stop },
        } as const;
        // Who runs no scripts reads what stands in noscript as if it stood around it.
        found.push({ tag, owner: open.findLast((one) => one.name !== 'noscript') });
      }
      at = after;
      if (!raw.has(name) && !empty.has(name) && open.length < depthLimit) {
        open.push({ name, id: attributes.id, start, end: text.length });
      }
    }
  }
  return found.map(({ tag, owner }) => {
    if (!owner || ['html', 'head', 'body'].includes(owner.name)) return tag;
    return { ...tag, scope: { kind: 'element', ...owner } };
  });
}
