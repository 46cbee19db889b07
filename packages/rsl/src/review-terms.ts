import { webAddress } from './addresses.ts';
import { answerTerms } from './answer-terms.ts';
import { plainUsages } from './grants-of.ts';
import type { RslDocument } from './model.ts';
import { requestText, type TermsClient } from './request-text.ts';
import type { Robots } from './robots.ts';
import type { FoundTerms } from './terms.ts';

const cures = {
  'R5-media-type': 'Serve the document with Content-Type: application/rsl+xml.',
  'R47-standard': 'Let the address of the framework lead to terms that people can read.',
  'R63-pointer':
    'Write the absolute address, the type application/rsl+xml in a link, and no anchor that is another page.',
  'R78-channels-differ':
    'Say the same in every channel, or make the narrower one say more precisely what differs.',
  'A13-trailing-line':
    'Move the License line to the top of robots.txt: down there it belongs to the last group only.',
  'A15-redirected-away': 'Name the address at which the document really lies, or keep it on your own host.',
  'A16-unreadable': 'Let every client read the document, and answer it with status 200.',
} as const;

/** What a publisher should mend in how the terms are served, which no document by itself can show. */
export interface ReviewIssue {
  readonly code: keyof typeof cures;
  readonly message: string;
  readonly cure: string;
  readonly url: string;
}

/**
 * {@link reviewFound}, and frameworks whose address leads nowhere (RSL 1.0 §3.8), which are asked for here: at most ten.
 *
 * @example
 * ```ts
 * import { findTerms, reviewTerms } from '@clearway/rsl/find';
 *
 * const fetch = async (url) => new Response('License: /license.xml', { status: url.endsWith('.txt') ? 200 : 404 });
 * const client = { fetch, now: () => 0 };
 * const found = await findTerms({ url: 'https://example.org/a', agent: 'ABot', ...client });
 * (await reviewTerms(found, client)).map((one) => one.code) // => ['R63-pointer']
 * ```
 */
export async function reviewTerms(found: FoundTerms, client: TermsClient): Promise<ReviewIssue[]> {
  const documents = found.documents.flatMap((one) => one.document ?? []);
  return [...reviewFound(found), ...(await reviewStandards(documents, client))];
}

/**
 * The frameworks that documents name and whose addresses do not lead to terms that people can read (RSL 1.0 §3.8, rule R47). Each
 * address is asked for, the first ten of them.
 *
 * @example
 * ```ts
 * import { parse } from '@clearway/rsl';
 * import { reviewStandards } from '@clearway/rsl/find';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><payment>
 *   <standard>https://framework.example/terms</standard></payment></license></content></rsl>`);
 * const client = { fetch: async () => new Response('', { status: 404 }), now: () => 0 };
 * (await reviewStandards([document], client)).map((one) => one.code) // => ['R47-standard']
 * ```
 */
export async function reviewStandards(
  documents: readonly RslDocument[],
  client: TermsClient,
): Promise<ReviewIssue[]> {
  const licenses = documents.flatMap((one) => one.contents).flatMap((one) => one.licenses);
  const standards = new Set(licenses.flatMap(({ payment }) => payment?.standard ?? []));
  const issues: ReviewIssue[] = [];
  for (const url of [...standards].slice(0, 10)) {
    const options = { maxBytes: 64 * 1024, secure: true, follow: true };
    const { status = 0, problem, mediaType = '', bytes } = await requestText(client, url, options);
    const readable = /^(text\/|application\/(pdf|xhtml\+xml|json|ld\+json|xml)$)/.test(mediaType);
    if (problem || status !== 200 || !readable || bytes.length === 0) {
      const why = webAddress(url) ? (problem ?? `${status} ${mediaType}`) : 'no web address';
      const message = `The framework does not lead to terms (${why}).`;
      issues.push({ code: 'R47-standard', message, cure: cures['R47-standard'], url });
    }
  }
  return issues;
}

/**
 * Looks at what {@link findTerms} found as its publisher should, RSL 1.0 §2.2, §4.4 and §4.9, and asks nobody: media types,
 * pointers that do not count, documents that cannot be read or lie on another host, channels that contradict each other for
 * this address, and a `License` line at the bottom of robots.txt.
 *
 * @example
 * ```ts
 * import { findTerms, reviewFound } from '@clearway/rsl/find';
 *
 * const robots = 'User-agent: *\nAllow: /\nUser-agent: GPTBot\nDisallow: /\nLicense: https://example.org/license.xml';
 * const fetch = async (url) => new Response(robots, { status: url.endsWith('.txt') ? 200 : 404 });
 * const found = await findTerms({ url: 'https://example.org/a', agent: 'ABot', fetch, now: () => 0 });
 * reviewFound(found).map((one) => one.code) // => ['A13-trailing-line']
 * ```
 */
export function reviewFound(found: FoundTerms): ReviewIssue[] {
  const issues: ReviewIssue[] = [];
  function say(code: ReviewIssue['code'], message: string, url: string): void {
    issues.push({ code, message, cure: cures[code], url });
  }
  for (const { value, channel, reason } of found.ignored) {
    say('R63-pointer', `"${value.slice(0, 80)}" in ${channel} does not count (${reason}).`, found.url);
  }
  for (const { url, state, mediaType, redirectedAway, finalUrl } of found.documents) {
    if (redirectedAway) say('A15-redirected-away', `The document lies on ${new URL(finalUrl).host}.`, url);
    if (state === 'other-type') {
      say('R5-media-type', `The document is served as ${mediaType ?? 'nothing in particular'}.`, url);
    } else if (state !== 'read') say('A16-unreadable', `The document cannot be read (${state}).`, url);
  }
  const trailing = trailingLicense(found.robots.robots);
  if (trailing !== undefined) {
    say(
      'A13-trailing-line',
      `Line ${trailing} of robots.txt speaks to its last group only.`,
      found.robots.url,
    );
  }
  for (const usage of differing(found)) {
    say('R78-channels-differ', `The channels do not say the same of ${usage}.`, found.url);
  }
  return issues;
}

/** Usages for which two documents of this address, each by itself, give different answers. */
function differing(found: FoundTerms): string[] {
  return plainUsages.filter((usage) => {
    const { parts } = answerTerms(found, { usage });
    const said = parts.flatMap(({ evaluation }) => (evaluation ? [evaluation.outcome] : []));
    return new Set(said.filter((one) => one !== 'unknown')).size > 1;
  });
}

/**
 * The line of the first `License` below the rules of the last group, where the file names terms nowhere else: most authors mean
 * everybody, and it speaks to that group (RFC 9309 §2.2.1, reading A13). Undefined where there is none.
 *
 * @example
 * ```ts
 * import { parseRobots } from '@clearway/rsl';
 * import { trailingLicense } from '@clearway/rsl/find';
 *
 * trailingLicense(parseRobots('User-agent: GPTBot\nDisallow: /\nLicense: https://example.org/license.xml')) // => 3
 * ```
 */
export function trailingLicense(robots: Robots): number | undefined {
  const licenses = robots.records.filter((one) => one.field === 'license');
  const [first] = licenses;
  const last = robots.groups.at(-1);
  const lastRule = last?.rules.at(-1);
  const below = licenses.every((one) => one.group === robots.groups.length - 1);
  return first && last && lastRule && below && !last.agents.includes('*') && first.line > lastRule.line
    ? first.line
    : undefined;
}
