import type { IgnoredLicense, Robots } from '@clearway/rsl';
import {
  type FoundTerms,
  findTerms,
  type RequestProblem,
  type ReviewIssue,
  reviewFound,
  type TermsClient,
} from '@clearway/rsl/find';
import { type Seen, sourceOf } from './named-sources.ts';
import type { SignalSource } from './source.ts';

/** What was had before the terms are looked for, and how more is had. */
export interface Looked {
  readonly page: Seen | undefined;
  readonly sources: readonly SignalSource[];
  readonly at: string;
  readonly get: (address: string) => Promise<Seen | { readonly error: string }>;
}

/** The RSL documents of an address, for every agent that robots.txt speaks to. */
export interface Licenses {
  readonly sources: readonly SignalSource[];
  /** Documents that may not be asked for. */
  readonly unasked: readonly { readonly url: string; readonly problem: string }[];
  readonly ignored: readonly IgnoredLicense[];
  readonly review: readonly ReviewIssue[];
}

/** More groups with licences of their own than this are not followed. */
const maxAgents = 8;
const problems: Readonly<Record<string, RequestProblem>> = {
  'net-address-refused': 'guarded',
  'net-port-refused': 'guarded',
  'net-userinfo-refused': 'guarded',
  'net-timeout': 'too-slow',
  'net-too-many-redirects': 'too-many-redirects',
  'net-downgrade-refused': 'insecure',
};

/** Looks for the terms of an address (RSL 1.0 §4) with what was fetched already, and asks for the documents it names. */
export async function findLicenses(url: string, looked: Looked): Promise<Licenses> {
  const { at } = looked;
  const web = replay(url, looked);
  const found = [await find('*')];
  const { robots } = found[0]!.robots;
  found.push(...(await Promise.all(otherAgents(robots).map(find))));
  const documents = found.flatMap((one) => one.documents);
  // What stands in the page is a source already, and what an element of it names is not said of the page.
  const named = documents.filter(
    ({ channel, scope }) =>
      (channel.startsWith('robots') || channel === 'link-header' || channel === 'html-link') &&
      scope?.kind !== 'element',
  );
  const unique = [...new Map(named.map((one) => [one.url, one])).values()];
  return {
    sources: unique.map((one) => sourceOf('rsl', one.url, at, web.seen.get(one.url))),
    unasked: unique.flatMap(({ url: address, state }) =>
      web.seen.has(address) || web.failed.has(address) ? [] : [{ url: address, problem: state }],
    ),
    ignored: distinct(found.flatMap((one) => one.ignored)),
    review: distinct(found.flatMap(reviewFound)),
  };

  function find(agent: string): Promise<FoundTerms> {
    return findTerms({ ...web.client, url, agent, look: 'page', anyway: true });
  }
}

/** Of every group with licences that nobody before it reads, one agent. */
function otherAgents({ groups, records }: Robots): string[] {
  const licenses = records.filter((one) => one.field === 'license');
  const known = new Set<string>();
  const names: string[] = [];
  for (const { value, group } of licenses) {
    const name = group === undefined ? undefined : groups[group]?.agents[0];
    if (name !== undefined && name !== '*' && !known.has(value) && names.length < maxAgents) names.push(name);
    known.add(value);
  }
  // Lines outside the groups are read by nobody whose group has some of its own.
  const silent = groups.findIndex((_, index) => !licenses.some((one) => one.group === index));
  const silentName = silent === -1 ? undefined : groups[silent]!.agents[0];
  return silentName === undefined || silentName === '*' ? names : [...names, silentName];
}

/** A client that is given what was fetched already, and redirects one after the other. */
function replay(url: string, { page, sources, at, get }: Looked) {
  const answers = new Map<string, () => Response>();
  const seen = new Map<string, Seen>();
  const failed = new Map<string, string>();
  const waiting = new Map<string, Promise<void>>();
  const { origin, protocol } = new URL(url);
  if (page) answers.set(url, () => responseOf(page));
  else failed.set(url, 'no-answer');
  for (const { kind, url: address, status = 200, body } of sources) {
    if (kind !== 'robots') continue;
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    if (status === 0) failed.set(address, 'no-answer');
    else answers.set(address, () => responseOf({ status, headers: [], body: bytes }));
  }
  const client: TermsClient = {
    now: () => Date.parse(at),
    // The fetch that was given refuses what may not be asked, at every step.
    mayFetch: () => true,
    allowHttp: (one) => protocol === 'http:' && one.origin === origin,
    problemOf: (error) => (error instanceof Error ? problems[error.message] : undefined),
    async fetch(address) {
      if (!answers.has(address) && !failed.has(address)) {
        const asked = waiting.get(address) ?? ask(address);
        waiting.set(address, asked);
        await asked;
      }
      const answer = answers.get(address);
      if (!answer) throw new Error(failed.get(address));
      return answer();
    },
  };
  return { client, seen, failed };

  async function ask(address: string): Promise<void> {
    const answer = await get(address);
    if ('error' in answer) {
      failed.set(address, answer.error);
      return;
    }
    seen.set(address, answer);
    const steps = answer.redirects?.length ? [address, ...answer.redirects.slice(1), answer.url] : [address];
    for (const [index, next] of steps.slice(1).entries())
      answers.set(steps[index]!, () => Response.redirect(next, 302));
    answers.set(steps.at(-1)!, () => responseOf(answer));
  }
}

function responseOf({ status, headers, body }: Pick<Seen, 'status' | 'headers' | 'body'>): Response {
  const isEmpty = status === 204 || status === 205 || status === 304;
  const said = headers.map(([name, value]) => [name, value] as [string, string]);
  return new Response(isEmpty ? null : Uint8Array.from(body), { status, headers: said });
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
