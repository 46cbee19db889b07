import { webAddress } from './addresses.ts';
import { discoverLicenses, type FoundLicense, type IgnoredLicense, licensesFor } from './discover.ts';
import type { Validators } from './freshness.ts';
import { readAsTerms } from './read-as-terms.ts';
import { readPageBody } from './read-page-body.ts';
import { type Asked, type RequestProblem, requestText, type TermsClient } from './request-text.ts';
import { isAllowed, parseRobots, type Robots, robotsLimitBytes } from './robots.ts';
import type { FoundDocument, FoundTerms, Point, TermsSearch } from './terms.ts';
import { rslMediaType } from './vocabulary.ts';
import { defaultXmlLimits } from './xml.ts';

/** More documents than this are not asked for: an honest address has one or two. */
const documentLimit = 10;

/**
 * Looks for the terms of one address as RSL 1.0 §4 lays it out: robots.txt of its host, the answer to the address itself
 * (`Link`, the body of a 401 or 402, and with `look: 'page'` what stands in the page or the file), and every document
 * these name. Nothing is thrown: whatever goes wrong with an answer is its `state`. What was found before can be handed in as
 * `before`: then the same questions are asked with its validators, and what has not changed is kept.
 *
 * The address itself is asked for with HEAD, because its terms have to be met before its content is fetched (§4.3), where
 * that is refused with GET whose body is let go; not at all where robots.txt keeps the agent away. Documents are fetched over https only (§8).
 *
 * @example
 * ```ts
 * import { answerTerms, findTerms } from '@clearway/rsl/find';
 *
 * const site = {
 *   'https://example.org/robots.txt': 'License: https://example.org/license.xml',
 *   'https://example.org/license.xml': `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *     <permits type="usage">search</permits></license></content></rsl>`,
 * };
 * const fetch = async (url) => new Response(site[url] ?? '', { status: url in site ? 200 : 404 });
 * const found = await findTerms({ url: 'https://example.org/a', agent: 'ABot', fetch, now: () => 0 });
 * found.documents[0].state // => 'other-type'
 * answerTerms(found, { usage: 'search' }).outcome // => 'licensed-free'
 * ```
 */
export async function findTerms(search: TermsSearch): Promise<FoundTerms> {
  const { url, agent, look = 'headers', anyway = false, before } = search;
  const address = webAddress(url);
  if (!address) throw new TypeError('The address must be absolute, http or https.');
  const robotsPoint = await askRobots(search, `${address.origin}/robots.txt`, before?.robots);
  const { robots } = robotsPoint;
  const allowed = robotsPoint.rules !== 'deny' && isAllowed(robots, agent, address.pathname + address.search);
  const page = allowed || anyway ? await askPage(search, look) : skipped(url);
  const found = [...licensesFor(robots, agent).found, ...page.found];
  const ignored = [...licensesFor(robots, agent).ignored, ...page.ignored];
  const documents: FoundDocument[] = [...page.documents];
  const known = new Map(before?.documents.map((one) => [one.url, one]));
  // All at once, so that a slow one does not hold up the others.
  const asked = new Map<string, Promise<FoundDocument>>();
  for (const pointer of found) {
    if (asked.has(pointer.url)) continue;
    const tooMany = { ...emptyDocument(pointer), state: 'not-asked' as const, at: search.now() };
    const isOneTooMany = asked.size >= documentLimit;
    asked.set(
      pointer.url,
      isOneTooMany ? Promise.resolve(tooMany) : askDocument(search, pointer, known.get(pointer.url)),
    );
  }
  for (const pointer of found) {
    const one = { ...withoutScope(await asked.get(pointer.url)!), ...placeOf(pointer) };
    // Named twice for the same it is one document.
    const twice = (other: FoundDocument) =>
      other.url === one.url && other.level === one.level && other.scope?.kind === one.scope?.kind;
    if (one.scope?.kind === 'element' || !documents.some(twice)) documents.push(one);
  }
  return { url, agent, at: search.now(), allowed, robots: robotsPoint, page: page.point, documents, ignored };
}

function levelOf({ channel }: FoundLicense): FoundDocument['level'] {
  return channel === 'robots-group' || channel === 'robots-global' ? 'site' : 'page';
}

function placeOf(pointer: FoundLicense) {
  const { channel, scope } = pointer;
  return { channel, level: levelOf(pointer), ...(scope && { scope }) };
}

function withoutScope({ scope: _, ...rest }: FoundDocument): FoundDocument {
  return rest;
}

function emptyDocument(pointer: FoundLicense) {
  const { url } = pointer;
  return { url, ...placeOf(pointer), redirects: [], finalUrl: url, issues: [], validators: {} };
}

/** RFC 9309 §2.3.1: what is not there forbids nothing; what cannot be reached forbids everything. */
async function askRobots(
  client: TermsClient,
  url: string,
  before: FoundTerms['robots'] | undefined,
): Promise<FoundTerms['robots']> {
  const validators = before?.state === 'read' ? before.validators : undefined;
  // One byte more than is read, so that a file that is longer can be told from one that is not.
  const maxBytes = robotsLimitBytes + 1;
  const secure = url.startsWith('https:');
  const asked = await requestText(client, url, { maxBytes, secure, follow: true, validators });
  const point = pointOf(asked);
  const { status = 0, problem } = asked;
  if (status === 304 && before) {
    return { ...before, ...point, state: 'read', validators: renewed(before, asked) };
  }
  const text = new TextDecoder().decode(asked.bytes);
  const isPage = text.trimStart().startsWith('<');
  const robots = parseRobots(isPage ? '' : text);
  if (problem) {
    // A chain that leads nowhere is like a file that is not there (RFC 9309 §2.3.1.2); silence is not.
    const silent = problem === 'no-answer' || problem === 'too-slow';
    return { ...point, state: problem, rules: silent ? 'deny' : 'none', robots: noRules };
  }
  if (status >= 200 && status < 300) {
    const state = isPage ? 'not-robots' : robots.truncated || !asked.complete ? 'read-in-part' : 'read';
    return { ...point, state, rules: 'follow', robots };
  }
  // Some servers answer everybody with an error and the real file: its rules do not hold, what it declares does.
  const speaks = robots.records.some((one) => one.field === 'license');
  const rules = status === 429 || status >= 500 ? 'deny' : 'none';
  if (speaks) return { ...point, state: 'error-with-body', rules, robots: withoutRules(robots) };
  return { ...point, state: rules === 'deny' ? 'error' : 'missing', rules, robots: noRules };
}

const noRules: Robots = { groups: [], records: [], truncated: false };

function withoutRules(robots: Robots): Robots {
  return { ...robots, groups: robots.groups.map((group) => ({ ...group, rules: [] })) };
}

interface LookedAt {
  readonly point: Point;
  readonly found: readonly FoundLicense[];
  readonly ignored: readonly IgnoredLicense[];
  readonly documents: readonly FoundDocument[];
}

function skipped(url: string): LookedAt {
  return { point: { url, state: 'disallowed', redirects: [] }, found: [], ignored: [], documents: [] };
}

async function askPage(search: TermsSearch, look: 'headers' | 'page'): Promise<LookedAt> {
  const { url, agent } = search;
  const maxBytes = 512 * 1024;
  const options = { maxBytes, secure: false, follow: false };
  const headers =
    look === 'page' ? undefined : await requestText(search, url, { ...options, method: 'HEAD' });
  // The answer to HEAD has no body; that of a closed door holds no content, so it can be asked for where the headers name
  // no terms. Where a server knows no HEAD, its headers come with GET, and of the body only that of a closed door is taken.
  const unnamed =
    isClosed(headers?.status) &&
    discoverLicenses({ link: headers?.link ?? '', url }, agent).found.length === 0;
  const again = !headers || unnamed || headers.status === 405 || headers.status === 501;
  const wanted = headers ? { wantsBody: isClosed } : {};
  const asked = again ? await requestText(search, url, { ...options, ...wanted }) : headers;
  const { status = 0 } = asked;
  const point = { ...pointOf(asked), state: stateOfPage(asked) };
  const { found, ignored } = discoverLicenses(
    asked.link === undefined ? {} : { link: asked.link, url },
    agent,
  );
  if (asked.bytes.length === 0 || (status >= 300 && !isClosed(status))) {
    return { point, found, ignored, documents: [] };
  }
  const body = readPageBody(asked, isClosed(status) ? 'challenge' : 'page');
  return {
    point,
    found: [...found, ...body.found],
    ignored: [...ignored, ...body.ignored],
    documents: body.documents,
  };
}

/** A door that a licence opens (RSL 1.0 §4.10). */
function isClosed(status: number | undefined): boolean {
  return status === 401 || status === 402;
}

function stateOfPage({ status = 0, problem }: Asked): Point['state'] {
  if (problem) return problem;
  if (isClosed(status)) return 'challenge';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 404 || status === 410) return 'missing';
  if (status === 403 || status === 451) return 'closed';
  return status < 300 ? 'read' : 'error';
}

function pointOf({ url, redirects, finalUrl, at, status, mediaType, validators, problem }: Asked) {
  const said = { ...(status !== undefined && { status }), ...(mediaType !== undefined && { mediaType }) };
  return { url, redirects, finalUrl, at, ...said, ...(problem && { problem }), validators };
}

async function askDocument(
  client: TermsClient,
  pointer: FoundLicense,
  before: FoundDocument | undefined,
): Promise<FoundDocument> {
  const { maxBytes } = defaultXmlLimits;
  const asked = await requestText(client, pointer.url, {
    maxBytes,
    secure: true,
    follow: true,
    accept: `${rslMediaType}, application/xml;q=0.5, */*;q=0.1`,
    validators: before?.document ? before.validators : undefined,
  });
  const { problem, ...point } = pointOf(asked);
  const away = asked.redirects.length > 0 && new URL(asked.finalUrl).host !== new URL(pointer.url).host;
  const base = { ...emptyDocument(pointer), ...point, ...(away && { redirectedAway: true as const }) };
  const { status = 0 } = asked;
  if (problem) return { ...base, state: problem satisfies RequestProblem };
  if (status === 304 && before?.document) {
    const { issues, state } = before;
    return { ...before, ...base, issues, state, validators: renewed(before, asked) };
  }
  if (status < 200 || status >= 300) {
    const state = [401, 402, 403, 407, 451].includes(status)
      ? 'closed'
      : status === 404 || status === 410
        ? 'missing'
        : 'error';
    return { ...base, state };
  }
  return { ...base, ...readAsTerms(asked, maxBytes) };
}

/** RFC 9111 §4.3.4: what the answer does not say again still holds. */
function renewed(before: { readonly validators?: Validators }, { validators }: Asked): Validators {
  return { ...before.validators, ...validators };
}
