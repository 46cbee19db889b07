import { scanHtmlHead } from '@clearway/rsl';
import type { Exclusion } from './store-statements.ts';

/** Where JSON-LD of schema.org names who made or supplied something. */
const CREATORS = ['author', 'creator', 'copyrightHolder', 'sourceOrganization', 'provider', 'creditText'];
const TAG_KEYS = ['keywords', 'articleSection'];
const TAG_METAS = new Set(['article:tag', 'article:section', 'keywords', 'news_keywords']);
const MAX_NODES = 20_000;

/** What a page shows of who made it, read once for all marks. */
export type PageMarks = {
  readonly text: string;
  /** In lower case. */
  readonly creators: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
};

/** Reads a page: its words, the creators its JSON-LD names, and the tags of its CMS. */
export function readMarks(html: string): PageMarks {
  const [creators, tags] = [new Set<string>(), new Set<string>()];
  for (const { name, attributes } of scanHtmlHead(html)) {
    const about = (attributes.property ?? attributes.name ?? '').trim().toLowerCase();
    if (name !== 'meta' || attributes.content === undefined) continue;
    if (about === 'author' || about === 'copyright') creators.add(plain(attributes.content));
    if (TAG_METAS.has(about)) for (const one of attributes.content.split(',')) tags.add(plain(one));
  }
  for (const [key, value] of jsonLdPairs(html)) {
    if (CREATORS.includes(key)) for (const one of namesIn(value)) creators.add(plain(one));
    if (TAG_KEYS.includes(key))
      for (const one of namesIn(value)) for (const part of one.split(',')) tags.add(plain(part));
  }
  // Blog software writes the tags of a post as classes of its element.
  for (const [, list = ''] of html.matchAll(/\sclass\s*=\s*["']([^"']{1,4000})["']/gi))
    for (const word of list.split(/\s+/))
      if (/^(?:tag|category)-./.test(word))
        tags.add(plain(word.slice(word.indexOf('-') + 1).replaceAll('-', ' ')));
  return { text: textOf(html), creators, tags };
}

/** Whether a page has a mark. In doubt it has: what is taken for somebody else's is only not offered. */
export function hasMark({ text, creators, tags }: PageMarks, { kind, pattern }: Exclusion): boolean {
  const value = plain(pattern);
  if (kind === 'creator') return [...creators].some((one) => hasWord(one, value));
  if (kind === 'tag') return tags.has(value) || tags.has(plain(pattern.replaceAll('-', ' ')));
  return (
    kind === 'credit' && (hasWord(text, pattern.trim()) || [...creators].some((one) => hasWord(one, value)))
  );
}

/** As a word of its own: "dpa" stands in "(dpa)" and in "Foto: dpa/Ana", not in "sandpaper". */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.slice(0, at).slice(-2), text.slice(at + word.length).slice(0, 2)];
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

/** What people see, roughly; every step goes forward, so no page is slow. */
function textOf(html: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...rawBlocks(html, 'script'), ...rawBlocks(html, 'style')].sort(
    (a, b) => a.start - b.start,
  )) {
    if (start < at) continue;
    parts.push(html.slice(at, start));
    at = end;
  }
  return [...parts, html.slice(at)]
    .join(' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ');
}

type Block = { readonly start: number; readonly end: number; readonly tag: string; readonly text: string };

function rawBlocks(html: string, name: 'script' | 'style'): Block[] {
  const lower = html.toLowerCase();
  const found: Block[] = [];
  for (let start = lower.indexOf(`<${name}`); start !== -1; ) {
    const open = html.indexOf('>', start);
    const close = open === -1 ? -1 : lower.indexOf(`</${name}`, open);
    if (close === -1) break;
    found.push({ start, end: close, tag: html.slice(start, open), text: html.slice(open + 1, close) });
    start = lower.indexOf(`<${name}`, close);
  }
  return found;
}

function jsonLdPairs(html: string): [key: string, value: unknown][] {
  const out: [string, unknown][] = [];
  for (const { tag, text } of rawBlocks(html, 'script')) {
    if (!tag.includes('application/ld+json')) continue;
    const waiting: unknown[] = [jsonOf(text)];
    for (let seen = 0; waiting.length > 0 && seen < MAX_NODES; seen += 1) {
      const node = waiting.pop();
      if (typeof node !== 'object' || node === null) continue;
      out.push(...Object.entries(node));
      waiting.push(...Object.values(node));
    }
  }
  return out;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function namesIn(value: unknown): string[] {
  return [value].flat().flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    const name = typeof one === 'object' && one !== null ? (one as Record<string, unknown>).name : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
