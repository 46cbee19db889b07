import { answerTerms } from './answer-terms.ts';
import { plainUsages } from './grants-of.ts';
import { requestText, type TermsClient } from './request-text.ts';
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
 * Looks at what {@link findTerms} found as its publisher should, RSL 1.0 §2.2, §3.8, §4.4 and §4.9: media types, pointers
 * that do not count, documents that cannot be read, channels that contradict each other for this address, a `License` line
 * at the bottom of robots.txt, and frameworks whose address leads nowhere, which are asked for here.
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
  const issues: ReviewIssue[] = [];
  function say(code: ReviewIssue['code'], message: string, url: string): void {
    issues.push({ code, message, cure: cures[code], url });
  }
  for (const { value, channel, reason } of found.ignored) {
    say('R63-pointer', `"${value.slice(0, 80)}" in ${channel} does not count (${reason}).`, found.url);
  }
  for (const { url, state, mediaType } of found.documents) {
    if (state === 'other-type') {
      say('R5-media-type', `The document is served as ${mediaType ?? 'nothing in particular'}.`, url);
    } else if (state !== 'read') say('A16-unreadable', `The document cannot be read (${state}).`, url);
  }
  const trailing = trailingLicense(found);
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
  const standards = found.documents.flatMap(({ document }) =>
    (document?.contents ?? []).flatMap((one) =>
      one.licenses.flatMap(({ payment }) => payment?.standard ?? []),
    ),
  );
  for (const url of new Set(standards.slice(0, 10))) {
    const options = { maxBytes: 64 * 1024, secure: true, follow: true };
    const { status = 0, problem, mediaType = '', bytes } = await requestText(client, url, options);
    const readable = /^(text\/|application\/(pdf|xhtml\+xml|json|ld\+json|xml)$)/.test(mediaType);
    if (problem || status !== 200 || !readable || bytes.length === 0) {
      say(
        'R47-standard',
        `The framework does not lead to terms (${problem ?? `${status} ${mediaType}`}).`,
        url,
      );
    }
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

/** The line of the first `License` below the rules of the last group, where the file names terms nowhere else. */
function trailingLicense({ robots: { robots } }: FoundTerms): number | undefined {
  const licenses = robots.records.filter((one) => one.field === 'license');
  const [first] = licenses;
  const last = robots.groups.at(-1);
  const lastRule = last?.rules.at(-1);
  const below = licenses.every((one) => one.group === robots.groups.length - 1);
  return first && last && lastRule && below && !last.agents.includes('*') && first.line > lastRule.line
    ? first.line
    : undefined;
}
