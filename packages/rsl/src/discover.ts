import { webAddress } from './addresses.ts';
import { readLinkHeader } from './read-link-header.ts';
import { parseRobots, type Robots, recordsFor } from './robots.ts';
import { type PageScope, scanPage } from './scan-page.ts';
import { rslMediaType } from './vocabulary.ts';

/** Where a pointer to an RSL document was found. */
export type DiscoveryChannel = 'robots-group' | 'robots-global' | 'link-header' | 'html-link';

/** A pointer that counts. */
export interface FoundLicense {
  readonly url: string;
  readonly channel: DiscoveryChannel;
  readonly raw: string;
  /** Set where it stands in an element of a page, of which alone it speaks. */
  readonly scope?: PageScope;
}

/** A pointer that does not count, and why: shown to the publisher, never followed. */
export interface IgnoredLicense {
  readonly value: string;
  readonly channel: DiscoveryChannel;
  readonly reason: 'relative' | 'no-type' | 'other-type' | 'other-place';
}

/** What {@link discoverLicenses} found. */
export interface Discovery {
  readonly found: readonly FoundLicense[];
  readonly ignored: readonly IgnoredLicense[];
}

/** Texts that somebody else has fetched. */
export interface DiscoverySources {
  readonly robots?: string | Robots;
  readonly link?: string | readonly string[];
  readonly html?: string;
  /** The absolute address they came with, to which the `anchor` of a link may lead back. */
  readonly url?: string;
}

/**
 * The RSL documents that robots.txt names for an agent, RSL 1.0 §4.4: if the group that speaks to it has any
 * `License` line, only those, else the lines outside any group. All lines count; a relative address is ignored.
 *
 * @example
 * ```ts
 * import { licensesFor, parseRobots } from '@clearway/rsl';
 *
 * licensesFor(parseRobots('License: /l.xml'), 'GPTBot').ignored[0].reason // => 'relative'
 * ```
 */
export function licensesFor(robots: Robots, agentToken: string): Discovery {
  const { scope, records } = recordsFor(robots, agentToken, 'license');
  const channel = scope === 'group' ? 'robots-group' : 'robots-global';
  return sort(records.map(({ value, raw }) => ({ value, raw, channel, type: rslMediaType })));
}

/**
 * All pointers to RSL documents in what was fetched: robots.txt, `Link` headers, HTML. A client must look at all of them
 * (RSL 1.0 §4.2). Links need `rel` with the word `license`, the RSL media type and an absolute address (§4.5, §4.6.1); a
 * link to some other licence, such as a Creative Commons page, is listed as ignored, and so is one of a header whose
 * `anchor` (RFC 8288 §3.2) is not the page. A link in an element of a page has a `scope`: it speaks of that element alone.
 *
 * @example
 * ```ts
 * import { discoverLicenses } from '@clearway/rsl';
 *
 * const { found } = discoverLicenses({ robots: 'License: https://example.org/license.xml' }, 'GPTBot');
 * found[0].url // => 'https://example.org/license.xml'
 * found[0].channel // => 'robots-global'
 * ```
 */
export function discoverLicenses(sources: DiscoverySources, agentToken: string): Discovery {
  const { robots, link, html, url } = sources;
  const parts: Discovery[] = [];
  if (robots !== undefined) {
    parts.push(licensesFor(typeof robots === 'string' ? parseRobots(robots) : robots, agentToken));
  }
  if (link !== undefined) {
    const links = readLinkHeader(link).filter((one) => hasWord(one.parameters.rel, 'license'));
    parts.push(
      sort(
        links.map((one) => ({
          value: one.target,
          raw: linkText(one.target, one.parameters),
          channel: 'link-header',
          type: one.parameters.type,
          elsewhere: !isOf(url, one.parameters.anchor),
        })),
      ),
    );
  }
  if (html !== undefined) {
    const links = scanPage(html).filter(
      (tag) =>
        tag.name === 'link' && hasWord(tag.attributes.rel, 'license') && tag.attributes.href !== undefined,
    );
    parts.push(
      sort(
        links.map((tag) => ({
          value: tag.attributes.href!.trim(),
          raw: html.slice(tag.offset, tag.text.start),
          channel: 'html-link',
          type: tag.attributes.type,
          ...(tag.scope.kind === 'element' && { scope: tag.scope }),
        })),
      ),
    );
  }
  return { found: parts.flatMap((part) => part.found), ignored: parts.flatMap((part) => part.ignored) };
}

interface Candidate {
  readonly value: string;
  readonly raw: string;
  readonly channel: DiscoveryChannel;
  readonly type: string | undefined;
  readonly elsewhere?: boolean;
  readonly scope?: PageScope;
}

function sort(candidates: readonly Candidate[]): Discovery {
  const found: FoundLicense[] = [];
  const ignored: IgnoredLicense[] = [];
  for (const { value, raw, channel, type, elsewhere, scope } of candidates) {
    const reason = reasonToIgnore(value, type) ?? (elsewhere ? 'other-place' : undefined);
    if (reason) ignored.push({ value, channel, reason });
    else found.push({ url: value, channel, raw, ...(scope && { scope }) });
  }
  return { found, ignored };
}

function reasonToIgnore(value: string, type: string | undefined): IgnoredLicense['reason'] | undefined {
  if (type === undefined) return 'no-type';
  const essence = (type.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (essence !== rslMediaType) return 'other-type';
  return webAddress(value) ? undefined : 'relative';
}

/** Whether the context of a link is the page it came with: without `anchor`, or where that leads back to it. */
function isOf(url: string | undefined, anchor = ''): boolean {
  if (anchor === '') return true;
  const [page, target] = [
    webAddress(url ?? ''),
    URL.canParse(anchor, url) ? new URL(anchor, url) : undefined,
  ];
  // A part of a page is not the page.
  return page !== undefined && target?.hash === '' && target.href === page.href.split('#', 1)[0];
}

function hasWord(list: string | undefined, word: string): boolean {
  return (list ?? '').toLowerCase().split(/\s/).includes(word);
}

function linkText(target: string, parameters: Readonly<Record<string, string>>): string {
  return [`<${target}>`, ...Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)].join(
    '; ',
  );
}
