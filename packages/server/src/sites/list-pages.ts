import { NetError } from '@clearway/net';
import { parseRobots, readXml, type XmlElement, XmlError } from '@clearway/rsl';
import type { Kernel } from '../kernel/index.ts';
import { decodeText } from './read-text.ts';

const MAX_FILES = 20;
const MAX_FILE = 10 * 1024 * 1024;
const LIMITS = { maxBytes: MAX_FILE, maxElements: 200_000, maxTextBytes: MAX_FILE };
const TIMEOUT_MS = 10_000;

/** Addresses that were found, and whether nothing was left out. */
export type Listed = { readonly urls: readonly string[]; readonly whole: boolean };

/** The text at an address; undefined when it is not to be had. */
export async function textAt(k: Kernel, url: string, maxBytes = MAX_FILE): Promise<string | undefined> {
  try {
    const answer = await k.fetch(url, { maxBytes, timeoutMs: TIMEOUT_MS });
    return answer.status === 200 ? decodeText(answer.body, { lenient: true }) : undefined;
  } catch (error) {
    if (error instanceof NetError) return undefined;
    throw error;
  }
}

/** The pages a site names in its sitemaps: those of robots.txt, else /sitemap.xml (sitemaps.org 0.9). */
export async function pagesInSitemaps(k: Kernel, origin: string): Promise<Listed> {
  const robots = parseRobots((await textAt(k, `${origin}/robots.txt`)) ?? '');
  const named = robots.records.filter((one) => one.field === 'sitemap').map((one) => one.value);
  const waiting = named.length > 0 ? named : [`${origin}/sitemap.xml`];
  const [urls, seen] = [new Set<string>(), new Set<string>()];
  let whole = true;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    if (seen.size >= MAX_FILES) return { urls: [...urls], whole: false };
    seen.add(next);
    const root = rootOf(await textAt(k, next));
    if (root?.local !== 'urlset' && root?.local !== 'sitemapindex') whole = false;
    for (const entry of root ? childrenOf(root) : []) {
      const place = childrenOf(entry).find((one) => one.local === 'loc');
      const url = place && textOf(place);
      if (url === undefined || !URL.canParse(url)) continue;
      if (root!.local === 'sitemapindex') waiting.push(url);
      else urls.add(url);
    }
  }
  return { urls: [...urls], whole };
}

/** The addresses of the items of a feed (RSS 2.0, Atom). */
export async function pagesInFeed(k: Kernel, url: string): Promise<Listed> {
  const root = rootOf(await textAt(k, url));
  if (!root) return { urls: [], whole: false };
  const urls: string[] = [];
  const waiting = [root];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const children = childrenOf(element);
    waiting.push(...children);
    if (element.local !== 'item' && element.local !== 'entry') continue;
    for (const link of children.filter((one) => one.local === 'link')) {
      const href = link.attributes.find((one) => one.local === 'href')?.value ?? textOf(link);
      if (URL.canParse(href, url)) urls.push(new URL(href, url).href);
    }
  }
  return { urls, whole: true };
}

function rootOf(text: string | undefined): XmlElement | undefined {
  if (text === undefined) return undefined;
  try {
    return readXml(text, LIMITS);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function childrenOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

function textOf(element: XmlElement): string {
  return element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
}
