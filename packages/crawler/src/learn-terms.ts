import { type FoundDocument, type FoundTerms, findTerms, isPublicHost } from '@clearway/rsl/find';
import { readSignals, type SignalSource, type SignalsReport, splitJoined } from '@clearway/signals';
import { badStatus, type Net, readBody, send } from './net.ts';
import { isLoopback } from './options.ts';
import { asResponse, type Kept, type SiteReader } from './read-site.ts';
import { Stop } from './result.ts';
import { asPointed, type Pointed } from './terms-document.ts';

/** What was found out about one address before its content is asked for. */
export type Learned = {
  readonly documents: readonly Pointed[];
  /** Addresses of documents that could not be had. */
  readonly unreadable: readonly string[];
  /** Terms of elements of the page, of which alone they speak. */
  readonly elements: readonly FoundDocument[];
  /** What robots.txt, headers and page say beside RSL, and what follows for the agent. */
  readonly signals: SignalsReport;
  readonly sources: readonly SignalSource[];
  /** The headers of the address. */
  readonly headers: Headers;
  /** Where the address leads instead. */
  readonly redirect?: string;
};

export type Learner = {
  /** Asks robots.txt, then the headers of the address; all pointers to terms are followed (RSL 1.0 §4.2). `challenge` is a 401 or 402. */
  learn(url: URL, agent: string, about: { fresh: boolean; challenge?: Kept }): Promise<Learned>;
  /** The same with what the page or the file itself says. */
  learnFromPage(before: Learned, url: URL, agent: string, page: Kept): Promise<Learned>;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_CHALLENGE = 1024 * 1024;

export function createLearner(net: Net, site: SiteReader, now: () => number): Learner {
  return { learn, learnFromPage };

  async function learn(url: URL, agent: string, { fresh, challenge }: { fresh: boolean; challenge?: Kept }) {
    let page: Kept | undefined;
    const { found, answers, failures } = await look(url, agent, 'headers', fresh, async (method) => {
      if (page && challenge) return page;
      page = await askForPage(url.href, method);
      if (challenge) page = joined(page, challenge);
      return page;
    });
    const robots = robotsOf(found, answers, failures);
    if (!found.allowed) {
      const detail = `${url.origin}/robots.txt keeps ${agent} away from ${url.pathname + url.search}`;
      throw new Stop({ state: 'refused', reason: 'robots', detail: detail.slice(0, 500) });
    }
    if (!page) throw failures.get(url.href) ?? noAnswer(url.href);
    const answer = asResponse(page);
    const redirect = redirectOf(answer, url.href);
    const { headers } = page;
    if (redirect !== undefined) {
      const nothing = { documents: [], unreadable: [], elements: [], headers, redirect };
      return { ...nothing, ...(await judge(url, agent, [])) };
    }
    checkStatus(answer, url.href);
    const sources = [robotsSource(url, robots, now()), headerSource(url, headers, now())];
    return { ...(await read(found, answers, page.bytes)), headers, ...(await judge(url, agent, sources)) };
  }

  async function learnFromPage(before: Learned, url: URL, agent: string, page: Kept) {
    const { found, answers } = await look(url, agent, 'page', false, async () => page);
    const { documents, unreadable, elements } = await read(found, answers, page.bytes);
    const known = new Set(documents.map((one) => one.terms.url));
    const isHtml = /^(text\/html|application\/xhtml\+xml)\b/i.test(page.headers.get('Content-Type') ?? '');
    const body = new TextDecoder().decode(page.bytes);
    const at = new Date(now()).toISOString();
    const sources: SignalSource[] = [
      ...before.sources.filter((one) => one.kind !== 'headers'),
      headerSource(url, page.headers, now()),
      ...(isHtml ? [{ kind: 'html', url: url.href, at, body } as const] : []),
    ];
    return {
      // What was said before stays said.
      documents: [...before.documents.filter((one) => !known.has(one.terms.url)), ...documents],
      unreadable: [...new Set([...before.unreadable, ...unreadable])],
      elements,
      headers: page.headers,
      ...(await judge(url, agent, sources)),
    };
  }

  /** Looks for terms; `ask` answers for the address itself, robots.txt and documents are kept for a while. */
  async function look(
    url: URL,
    agent: string,
    what: 'headers' | 'page',
    fresh: boolean,
    ask: (method: 'GET' | 'HEAD') => Promise<Kept>,
  ) {
    const answers = new Map<string, Kept>();
    const failures = new Map<string, Stop>();
    const found = await findTerms({
      url: url.href,
      agent,
      look: what,
      now,
      // A document at a stranger's private address is none of ours; a machine of one's own is tried out over http.
      mayFetch: (one) => one.origin === url.origin || isLoopback(one.hostname) || isPublicHost(one),
      allowHttp: (one) => isLoopback(one.hostname),
      async fetch(address, { method, headers }) {
        try {
          const answer = address === url.href ? await ask(method) : await site(address, headers, fresh);
          answers.set(address, answer);
          return asResponse(method === 'HEAD' ? { ...answer, bytes: new Uint8Array() } : answer);
        } catch (error) {
          if (error instanceof Stop) failures.set(address, error);
          throw error;
        }
      },
    });
    return { found, answers, failures };
  }

  async function judge(url: URL, agent: string, sources: readonly SignalSource[]) {
    const at = new Date(now()).toISOString();
    return { sources, signals: await readSignals({ url: url.href, at, sources, agents: [agent] }) };
  }

  /** The answer without the content; of a closed door its body as well. */
  async function askForPage(url: string, method: 'GET' | 'HEAD'): Promise<Kept> {
    const response = await send(net, url, { method });
    const { status, headers } = response;
    const closed = method === 'GET' && (status === 401 || status === 402);
    if (!closed) await response.body?.cancel().catch(() => undefined);
    const bytes = closed ? await readBody(response, MOST_CHALLENGE) : undefined;
    return { status, headers, bytes: bytes ?? new Uint8Array() };
  }
}

async function read({ documents }: FoundTerms, answers: ReadonlyMap<string, Kept>, page: Uint8Array) {
  const pointed: Pointed[] = [];
  const unreadable: string[] = [];
  for (const one of documents.filter(({ scope }) => scope?.kind !== 'element')) {
    const inPage = !['robots-group', 'robots-global', 'link-header', 'html-link'].includes(one.channel);
    const bytes = inPage ? page : answers.get(one.finalUrl)?.bytes;
    const terms = bytes && (await asPointed(one, bytes));
    if (terms) pointed.push(terms);
    else unreadable.push(one.url);
  }
  const elements = documents.filter(({ scope }) => scope?.kind === 'element');
  return { documents: pointed, unreadable, elements };
}

/** The text of robots.txt, as far as its rules hold. Throws Stop where it cannot be reached. */
function robotsOf(
  { robots }: FoundTerms,
  answers: ReadonlyMap<string, Kept>,
  failures: ReadonlyMap<string, Stop>,
): string {
  const address = robots.finalUrl ?? robots.url;
  const answer = answers.get(address);
  if (robots.rules === 'deny')
    throw (
      failures.get(address) ?? (answer ? badStatus(asResponse(answer), robots.url) : noAnswer(robots.url))
    );
  return robots.rules === 'follow' && answer ? new TextDecoder().decode(answer.bytes) : '';
}

/** What was said with the content refused counts beside what its headers said. */
function joined({ headers }: Kept, challenge: Kept): Kept {
  const all = new Headers(challenge.headers);
  const link = headers.get('Link');
  if (link !== null) all.append('Link', link);
  return { ...challenge, headers: all };
}

function noAnswer(url: string): Stop {
  return new Stop({ state: 'unreachable', reason: 'network', detail: `${url}: no answer.`.slice(0, 500) });
}

/** A challenge is an answer too. Throws Stop for what no license would change. */
function checkStatus(answer: Response, url: string): void {
  const { ok, status } = answer;
  if (ok || status === 401 || status === 402) return;
  if (status === 403)
    throw new Stop({ state: 'refused', reason: 'scope', detail: `${url} is closed to this agent (403).` });
  throw badStatus(answer, url);
}

function robotsSource(url: URL, body: string, now: number): SignalSource {
  return { kind: 'robots', url: `${url.origin}/robots.txt`, at: new Date(now).toISOString(), body };
}

function headerSource(url: URL, headers: Headers, now: number): SignalSource {
  const lines = [...headers].flatMap(([name, value]) => splitJoined(name, value));
  const body = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { kind: 'headers', url: url.href, at: new Date(now).toISOString(), body };
}

/** Where a redirect leads; undefined when the answer is none. Throws Stop for one that leads nowhere. */
export function redirectOf(response: Response, url: string): string | undefined {
  if (!REDIRECTS.has(response.status)) return undefined;
  const location = response.headers.get('Location');
  if (location === null || !URL.canParse(location, url)) throw badStatus(response, url);
  return new URL(location, url).href;
}
