import { linkHeader, parseRobots } from '@clearway/rsl';
import { contentUsage } from './aipref.ts';
import { contentSignalNotice } from './content-signal.ts';
import { feedSnippet, headSnippet, xmpSidecar } from './file-snippets.ts';
import type { HeaderSet } from './header-set.ts';
import { noai } from './noai.ts';
import { type GoverningPart, orderParts, type PublicationPart, strictest } from './order-parts.ts';
import { leafUsages, type Permissions, stanceFor } from './permissions.ts';
import { serverConfigs } from './server-configs.ts';
import { tdmHeaders, tdmReservation, tdmrepJson } from './tdmrep.ts';
import { withoutPaths } from './without-paths.ts';
import { robotsSection } from './write-robots-section.ts';
import { tdmPolicyJson } from './write-tdm-policy.ts';

/** One choice, to be said everywhere. */
export interface Publication {
  /** Where the RSL document will be found. */
  readonly licenseUrl: string;
  /** The RSL document; leave it out where it is served elsewhere. */
  readonly rsl?: string;
  readonly permissions: Permissions;
  /** Where people read the terms. */
  readonly termsUrl?: string;
  /** A TDMRep policy that is served elsewhere; without it one is written for `/tdm-policy.json` beside the document. */
  readonly policyUrl?: string;
  readonly parts?: readonly PublicationPart[];
  /** The robots.txt there is; it is kept, and what is said is repeated in every named group. */
  readonly robots?: string;
  /** Whom to ask. */
  readonly holder?: { readonly name: string; readonly contact?: string };
  /**
   * `link-header`: only the `Link` header points to the RSL document and robots.txt stays untouched, for sites that some
   * checkers mark down for lines they do not know.
   */
  readonly mode?: 'all' | 'link-header';
}

/** A text for one place. */
export interface PublishedText {
  /** Where it belongs in a folder of such texts. */
  readonly path: string;
  /** Whether it is a whole file to serve at that path, or lines for a file that is there already. */
  readonly form: 'file' | 'lines';
  readonly content: string;
}

/**
 * Everything that says one choice in every channel: robots.txt, RSL, TDMRep with its policy, headers for nginx, Caddy, Apache and
 * Cloudflare, HTML, RSS, and an XMP sidecar for own pictures and files. A channel without paths does not give what a part
 * of the site refuses: never more is given than was chosen. Throws TypeError or RslWriteError for addresses and patterns that are none.
 *
 * @example
 * ```ts
 * import { publishChannels } from '@clearway/signals';
 *
 * const choice = { licenseUrl: 'https://a.example/license.xml', permissions: { search: 'allow', 'ai-all': 'disallow' } };
 * publishChannels(choice).find((one) => one.path === 'robots.txt').content.startsWith('License: ') // => true
 * ```
 */
export function publishChannels(publication: Publication): PublishedText[] {
  const { licenseUrl, rsl, permissions, termsUrl, mode = 'all' } = publication;
  const link = linkHeader(licenseUrl);
  const file = (path: string, content: string): PublishedText => ({ path, form: 'file', content });
  const lines = (path: string, content: string): PublishedText => ({ path, form: 'lines', content });
  const document = rsl === undefined ? [] : [file('license.xml', rsl)];
  if (mode === 'link-header') {
    const configs = serverConfigs({ whole: [['Link', link]], parts: [] });
    return [...document, ...configs.map(({ path, content }) => lines(path, content))];
  }
  const ownPolicy = publication.policyUrl ?? new URL('/tdm-policy.json', licenseUrl).href;
  const reserved = tdmReservation(permissions) === 1;
  const parts = orderParts(publication.parts ?? []).map((one) => withTerms(one, ownPolicy));
  const all = parts.reduce((before, one) => strictest(before, one.permissions), permissions);
  const headers: HeaderSet = {
    whole: headersOf(permissions, link, ownPolicy),
    // The last one that matches counts there.
    parts: parts.toReversed().map(({ pattern, permissions: own, policyUrl, excluded }) => ({
      pattern,
      excluded,
      headers: headersOf(own, link, policyUrl),
    })),
    // Without terms: the address may be somebody else's.
    careful: headersOf(all, link, undefined),
    common: headersOf(
      withoutPaths(
        permissions,
        parts.map((one) => one.permissions),
      ),
      link,
      undefined,
    ),
  };
  // A part of which nothing can be said must not get what the next entry that matches gives.
  const silent = parts.map((one) => one.permissions).filter((one) => tdmReservation(one) === undefined);
  const rules = [
    ...parts.map(({ pattern: location, ...rest }) => ({ location, ...rest })),
    { location: '/', permissions, policyUrl: ownPolicy },
  ].map((one) => ({ ...one, permissions: withoutPaths(one.permissions, silent) }));
  const item = rsl === undefined ? undefined : feedSnippet(rsl);
  return [
    file('robots.txt', robotsText(publication)),
    ...document,
    file('.well-known/tdmrep.json', tdmrepJson(rules)),
    ...(publication.policyUrl === undefined &&
    [{ policyUrl: reserved ? ownPolicy : '' }, ...parts].some((one) => one.policyUrl === ownPolicy)
      ? [file('tdm-policy.json', policyOf(publication, ownPolicy))]
      : []),
    ...serverConfigs(headers).map(({ path, content }) => lines(path, content)),
    lines('head.html', headSnippet({ licenseUrl, permissions, policyUrl: ownPolicy })),
    ...(item === undefined ? [] : [lines('feed-item.xml', item)]),
    file('picture.xmp', xmpSidecar({ permissions, termsUrl: termsUrl ?? licenseUrl, licenseUrl })),
  ];
}

/** Terms are named only where there are some: what is not the publisher's is plainly refused. */
function withTerms({ policyUrl, ...part }: GoverningPart, ownPolicy: string) {
  const priced = leafUsages.some((usage) => stanceFor(part.permissions, usage) === 'conditional');
  return { ...part, ...(priced && { policyUrl: policyUrl ?? ownPolicy }) };
}

function headersOf(
  permissions: Permissions,
  link: string,
  policyUrl: string | undefined,
): [name: string, value: string][] {
  const usage = contentUsage(permissions);
  const tag = noai(permissions);
  return [
    ['Link', link],
    ...Object.entries(tdmHeaders(permissions, policyUrl)),
    ...(usage === undefined ? [] : [['Content-Usage', usage] as [string, string]]),
    ...(tag === undefined ? [] : [['X-Robots-Tag', tag] as [string, string]]),
  ];
}

/**
 * A robots.txt that says the choice: new, or the present one with it. Whoever has a group of its own never sees what is
 * said to everybody, so it is repeated there. The rules of the present one stay as they are, its other words on the matter go.
 *
 * @example
 * ```ts
 * import { robotsText } from '@clearway/signals';
 *
 * const robots = 'User-agent: GPTBot\nDisallow: /private/';
 * const text = robotsText({ licenseUrl: 'https://a.example/l.xml', permissions: { 'ai-train': 'disallow' }, robots });
 * text.split('Content-Usage: train-ai=n').length // => 3
 * ```
 */
export function robotsText(publication: Publication): string {
  const { licenseUrl, permissions, robots = '' } = publication;
  const input = { licenseUrl, permissions, parts: publication.parts ?? [] };
  const parsed = parseRobots(robots);
  const star = parsed.groups.some((group) => group.agents.includes('*'));
  const said = robotsSection(input);
  if (robots.trim() === '') return said;
  const words = signalLines(input);
  const replaced = new Set(
    parsed.records
      .filter((one) => ['license', 'content-usage', 'content-signal'].includes(one.field))
      .map((one) => one.line),
  );
  const out: string[] = [];
  let inNames = false;
  const notice = contentSignalNotice.split('\n');
  for (const [index, line] of robots
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const body = line.split('#', 1)[0]!.trim();
    const isName = /^user-agent\s*:/i.test(body);
    // Where it was merged before, the notice is there already.
    if (replaced.has(index + 1) || notice.includes(line)) continue;
    if (inNames && body !== '' && !isName) {
      out.push(...words);
      inNames = false;
    }
    if (isName) inNames = true;
    out.push(line);
  }
  if (inNames) out.push(...words, 'Disallow:');
  const license = said.split('\n', 1)[0]!;
  // Without a group for everybody of its own the file needs ours.
  const top = star ? [license, ...(words.length > 0 ? ['', ...notice] : [])].join('\n') : said;
  return `${top.trimEnd()}\n\n${out.join('\n').trim()}\n`;
}

/** The lines of one group: what holds for the whole site, and for parts as far as the carrier can say so. */
export function signalLines(input: Pick<Publication, 'permissions' | 'parts'>): string[] {
  return robotsSection({ ...input, licenseUrl: 'https://site.invalid/' })
    .split('\n')
    .filter((line) => /^content-/i.test(line));
}

function policyOf(
  { holder, termsUrl, licenseUrl, permissions, parts = [] }: Publication,
  uid: string,
): string {
  const all = [permissions, ...parts.map((one) => one.permissions)];
  const priced = all.some((one) => leafUsages.some((usage) => stanceFor(one, usage) === 'conditional'));
  const contact = holder?.contact;
  const url = termsUrl ?? licenseUrl;
  const assigner = {
    uid: new URL('/', licenseUrl).href,
    ...(holder && { name: holder.name }),
    ...(contact?.includes('@') && { email: contact }),
    url,
  };
  return tdmPolicyJson({ uid, assigner, target: url, priced });
}
