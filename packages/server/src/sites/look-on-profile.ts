import { scanHtmlHead } from '@clearway/rsl';
import type { Kernel } from '../kernel/index.ts';
import { fetchOnHost } from './fetch-on-host.ts';
import type { Look } from './look-on-host.ts';
import { covers, type Site } from './model.ts';
import { findPlatform, PLATFORMS } from './platforms.ts';
import { decodeText } from './read-text.ts';

const MAX_PAGE = 5 * 1024 * 1024;
/** Where platforms repeat a member's own text for link previews. */
const OWN_TEXT = new Set(['description', 'og:description', 'twitter:description', 'og:title', 'profile:bio']);

/**
 * Looks for the code on a public profile. It counts as proof only in the text that is the member's own: platforms repeat
 * that in the page's description, while anybody may write a comment. A code elsewhere on the page, and every refusal of
 * the platform, goes to a person.
 */
export async function lookForCode(k: Kernel, site: Site, value: string): Promise<Look> {
  const platform = PLATFORMS.find(({ id }) => id === site.platform);
  if (platform?.refusesFetch) return needsPerson({ asked: site.url }, 'platform-refuses-programs');
  const seen = await fetchOnHost(k, site.url, {
    accept: 'text/html',
    maxBytes: MAX_PAGE,
    stays: (next) => onProfile(site, next),
  });
  if ('failed' in seen) {
    return seen.failed === 'redirected'
      ? needsPerson(seen.evidence, 'platform-shows-another-page')
      : { result: seen.failed, evidence: seen.evidence };
  }
  const { answer, evidence } = seen;
  if (answer.status === 404 || answer.status === 410) return { result: 'not-found', evidence };
  if (answer.status !== 200) return needsPerson(evidence, 'platform-answers-with-error');
  const html = decodeText(answer.body, { lenient: true }) ?? '';
  const own = scanHtmlHead(html)
    .filter(({ name }) => name === 'meta')
    .filter(({ attributes }) => OWN_TEXT.has((attributes.name ?? attributes.property ?? '').toLowerCase()))
    .some(({ attributes }) => (attributes.content ?? '').includes(value));
  if (own) return { result: 'proven', evidence };
  if (html.includes(value)) return needsPerson(evidence, 'code-elsewhere-on-page');
  if (/type=["']?password/i.test(html)) return needsPerson(evidence, 'platform-shows-sign-in');
  return { result: 'not-found', evidence };
}

function needsPerson(evidence: Look['evidence'], note: string): Look {
  return { result: 'needs-moderator', evidence: { ...evidence, note } };
}

function onProfile(site: Site, next: URL): boolean {
  const place = findPlatform(next.hostname, next.pathname);
  const host = place === undefined ? next.host : `${place.host}${next.port === '' ? '' : `:${next.port}`}`;
  return covers(site, { host, path: place?.path ?? next.pathname });
}
