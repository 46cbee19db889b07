import { discoverLicenses, isAllowed, licensesFor, rslMediaType } from '@clearway/rsl';
import { readSignals, type SignalSource, type SignalsReport } from '@clearway/signals';
import { badStatus, dropBody, type Net, send } from './net.ts';
import { asTerms, type SiteReader, type SiteRobots, type TermsDocument } from './read-site.ts';
import { Stop } from './result.ts';

/** A document, and whether the address itself points to it, not only the site. */
export type Pointed = { readonly terms: TermsDocument; readonly own: boolean };

/** What was found out about one address before its content is asked for. */
export type Learned = {
  readonly robots: SiteRobots;
  readonly documents: readonly Pointed[];
  /** Addresses of documents that could not be had. */
  readonly unreadable: readonly string[];
  /** What robots.txt, headers and page say beside RSL, and what follows for the agent. */
  readonly signals: SignalsReport;
  readonly sources: readonly SignalSource[];
  /** Where the address leads instead. */
  readonly redirect?: string;
};

/** What a 401 or 402 said. */
export type Challenge = { readonly link: string | null; readonly inline: TermsDocument | undefined };

/** A page as it came, for the signs that stand only there. */
export type Page = { readonly headers: Headers; readonly html: string | undefined };

export type Learner = {
  /** Asks robots.txt, then the headers of the address; all pointers to terms are followed (RSL 1.0 §4.2). */
  learn(url: URL, agent: string, about: { fresh: boolean; challenge?: Challenge }): Promise<Learned>;
  /** The same with what the page itself says. */
  learnFromPage(before: Learned, url: URL, agent: string, page: Page): Promise<Learned>;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function createLearner(net: Net, site: SiteReader, now: () => number): Learner {
  return { learn, learnFromPage };

  async function learn(url: URL, agent: string, about: { fresh: boolean; challenge?: Challenge }) {
    const { fresh, challenge } = about;
    const robots = await site.robotsOf(url.origin, fresh);
    const path = url.pathname + url.search;
    if (!isAllowed(robots.robots, agent, path)) {
      const detail = `${url.origin}/robots.txt keeps ${agent} away from ${path}`.slice(0, 500);
      throw new Stop({ state: 'refused', reason: 'robots', detail });
    }
    const head = await askForHeaders(url.href);
    if (head?.redirect !== undefined) {
      const nothing = await judge(url, agent, []);
      return { robots, documents: [], unreadable: [], ...nothing, redirect: head.redirect };
    }
    const links = [head?.headers.get('Link'), challenge?.link].filter((one) => typeof one === 'string');
    const own = discoverLicenses({ link: links, url: url.href }, agent).found.map((one) => one.url);
    const all = [...licensesFor(robots.robots, agent).found.map((one) => one.url), ...own];
    const { documents, unreadable } = await readAll(all, new Set(own), fresh);
    const place = { at: new Date(now()).toISOString() };
    const sources: SignalSource[] = [
      { kind: 'robots', url: `${url.origin}/robots.txt`, ...place, body: robots.text },
      ...(head ? [headerSource(url, head.headers, place.at)] : []),
    ];
    return {
      robots,
      ...(await judge(url, agent, sources)),
      documents: challenge?.inline ? [...documents, { terms: challenge.inline, own: true }] : documents,
      unreadable,
    };
  }

  async function learnFromPage(before: Learned, url: URL, agent: string, { headers, html }: Page) {
    const link = headers.get('Link');
    const { found } = discoverLicenses(
      { url: url.href, ...(link !== null && { link }), ...(html !== undefined && { html }) },
      agent,
    );
    const known = new Set(before.documents.map((one) => one.terms.url));
    const fresh = found.map((one) => one.url).filter((one) => !known.has(one));
    const { documents, unreadable } = await readAll(fresh, new Set(fresh), false);
    const at = new Date(now()).toISOString();
    const sources: SignalSource[] = [
      ...before.sources.filter((one) => one.kind !== 'headers'),
      headerSource(url, headers, at),
      ...(html === undefined ? [] : [{ kind: 'html', url: url.href, at, body: html } as const]),
    ];
    return {
      ...before,
      documents: [...before.documents, ...documents],
      unreadable: [...before.unreadable, ...unreadable],
      ...(await judge(url, agent, sources)),
    };
  }

  async function judge(url: URL, agent: string, sources: readonly SignalSource[]) {
    const at = new Date(now()).toISOString();
    return { sources, signals: await readSignals({ url: url.href, at, sources, agents: [agent] }) };
  }

  async function readAll(urls: readonly string[], own: ReadonlySet<string>, fresh: boolean) {
    const documents: Pointed[] = [];
    const unreadable: string[] = [];
    for (const url of new Set(urls)) {
      const found = await site.documentAt(url, fresh);
      if (found) documents.push({ terms: found, own: own.has(url) });
      else unreadable.push(url);
    }
    return { documents, unreadable };
  }

  /**
   * The headers without the content. A challenge is an answer too, and a server that knows no HEAD says nothing. Throws
   * Stop for what no license would change.
   */
  async function askForHeaders(url: string): Promise<{ headers: Headers; redirect?: string } | undefined> {
    const response = await send(net, url, { method: 'HEAD' });
    await dropBody(response);
    const { status, headers } = response;
    const redirect = redirectOf(response, url);
    if (redirect !== undefined) return { headers, redirect };
    if (status === 405 || status === 501) return undefined;
    if (response.ok || status === 401 || status === 402) return { headers };
    if (status === 403) {
      throw new Stop({ state: 'refused', reason: 'scope', detail: `${url} is closed to this agent (403).` });
    }
    throw badStatus(response, url);
  }
}

function headerSource(url: URL, headers: Headers, at: string): SignalSource {
  const body = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { kind: 'headers', url: url.href, at, body };
}

/** Where a redirect leads; undefined when the answer is none. Throws Stop for one that leads nowhere. */
export function redirectOf(response: Response, url: string): string | undefined {
  if (!REDIRECTS.has(response.status)) return undefined;
  const location = response.headers.get('Location');
  if (location === null || !URL.canParse(location, url)) throw badStatus(response, url);
  return new URL(location, url).href;
}

/** What a 401 or 402 says about where the terms are (RSL 1.0 §4.10). */
export async function readChallenge(
  response: Response,
  url: string,
  body: Uint8Array | undefined,
): Promise<Challenge> {
  const type = (response.headers.get('Content-Type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const inline = type === rslMediaType && body ? await asTerms(url, body) : undefined;
  return { link: response.headers.get('Link'), inline };
}
