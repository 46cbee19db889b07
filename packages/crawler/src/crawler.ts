import { type KeyLookup, sha256, toHex, utf8 } from '@clearway/protocol';
import type { UsageToken } from '@clearway/rsl';
import { evaluateFound, type FoundDocument } from '@clearway/rsl/find';
import { openBudget } from './budget.ts';
import { createTokenDesk, type Wanted } from './buy-token.ts';
import { type Choice, chooseOption, type Standing } from './choose-option.ts';
import { type CrawlLine, usageOf } from './crawl-line.ts';
import { type Decision, decideTerms } from './decide-terms.ts';
import { createLearner, type Learned, redirectOf } from './learn-terms.ts';
import { licenseTextOf } from './license-element.ts';
import { formatAmount } from './money.ts';
import { badStatus, dropBody, type Net, readBody, send } from './net.ts';
import { type CrawlerOptions, checkOptions, checkUse, isLoopback, webAddressOf } from './options.ts';
import { createSiteReader, type Kept } from './read-site.ts';
import { type RemovalResult, readRemovals } from './removals.ts';
import { type CrawlResult, Stop } from './result.ts';

/** The AI company's side of a license. */
export type Crawler = {
  /**
   * Fetches one address for one use if it is licensed for it: robots.txt, terms, price, token, content, record. Never
   * throws for what sites do; throws what the store throws, because content without a record is not handed out.
   */
  fetch(url: string, about: { readonly use: UsageToken }): Promise<CrawlResult>;
  /**
   * What was withdrawn after a position of an instance's removal feed, to its end. `keys` are the instance's public keys,
   * got from elsewhere. Copies of what is listed are to be dropped where no agreement that runs covers them.
   */
  removals(
    feedUrl: string,
    about: { readonly since?: number; readonly keys: KeyLookup },
  ): Promise<RemovalResult>;
  /** What was spent so far, in the currency of the budget. */
  spent(): string;
};

const MOST_REDIRECTS = 5;
const DAY_MS = 86_400_000;

/**
 * Makes a crawler that takes no for an answer: where terms are missing, unclear or dearer than agreed, nothing is
 * fetched. Works with any site that speaks RSL 1.0 and any license server that speaks OLP. Throws TypeError for options
 * that make no sense.
 *
 * @example
 * ```ts
 * import { createCrawler } from '@clearway/crawler';
 *
 * const site = { '/robots.txt': 'License: https://a.example/l.xml', '/poem': 'Roses' };
 * site['/l.xml'] = `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <permits type="usage">search</permits><payment type="free"/></license></content></rsl>`;
 * const crawler = createCrawler({
 *   fetch: async (url) => new Response(site[new URL(url).pathname]),
 *   now: () => 0,
 *   agent: { token: 'ExampleBot', userAgent: 'ExampleBot/1.0 (+https://example.org/bot)' },
 *   uses: ['search', 'ai-train'],
 *   budget: { currency: 'EUR', total: '10', ceilings: { crawl: '0.001' } },
 *   store: { append: async () => {} },
 * });
 * (await crawler.fetch('https://a.example/poem', { use: 'search' })).state // => 'fetched'
 * (await crawler.fetch('https://a.example/poem', { use: 'ai-train' })).state // => 'not-licensed'
 * crawler.spent() // => '0'
 * ```
 */
export function createCrawler(options: CrawlerOptions): Crawler {
  checkOptions(options);
  const { now, agent, uses, store, clients = [], obligations = [], standards = [] } = options;
  const { timeoutMs = 30_000, maxBytes = 50_000_000, keepMs = 3_600_000 } = options;
  const { userClass, reportingProfiles } = options;
  const who = {
    ...(userClass !== undefined && { userClass }),
    ...(reportingProfiles !== undefined && { reportingProfiles }),
  };
  const net: Net = { fetch: options.fetch, userAgent: agent.userAgent, timeoutMs };
  const purse = openBudget(options.budget);
  const standing: Standing = { purse, clients, obligations, standards };
  const learner = createLearner(net, createSiteReader(net, now, Math.min(keepMs, DAY_MS)), now);
  const tokens = createTokenDesk(net, now);

  return {
    fetch: fetchFollowing,
    removals: (feedUrl, about) => readRemovals(net, feedUrl, about),
    spent: () => formatAmount(purse.spent()),
  };

  async function fetchFollowing(asked: string, { use }: { use: UsageToken }): Promise<CrawlResult> {
    let address = asked;
    try {
      checkUse(use, uses, agent.token);
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const url = webAddressOf(address);
        const found = await fetchOne(url, use);
        if (!('redirect' in found)) return found;
        address = found.redirect;
      }
      throw new Stop({ state: 'unreachable', reason: 'redirects', detail: `${asked} redirects too often.` });
    } catch (error) {
      if (error instanceof Stop) return { ...error.result, url: address };
      throw error;
    }
  }

  async function fetchOne(url: URL, use: UsageToken): Promise<CrawlResult | { redirect: string }> {
    let learned = await learner.learn(url, agent.token, { fresh: false });
    for (let round = 0; ; round += 1) {
      if (learned.redirect !== undefined) return { redirect: learned.redirect };
      const decision = decide(url, use, learned);
      const choice = decision.kind === 'against' ? choose(decision) : undefined;
      const answer = await ask(url, choice);
      if (!('challenge' in answer)) {
        const redirect = redirectOf(answer.response, url.href);
        if (redirect === undefined) return finish(url, use, learned, decision, choice, answer);
        await dropBody(answer.response);
        purse.giveBack(choice?.cost ?? 0n);
        return { redirect };
      }
      if (round > 0) throw stillRefused(url, answer.status, choice);
      learned = await learner.learn(url, agent.token, { fresh: true, challenge: answer.challenge });
    }
  }

  function choose({ options, refusal }: Extract<Decision, { kind: 'against' }>): Choice {
    const choice = chooseOption(options, standing);
    if (choice.client || refusal === undefined) return choice;
    throw new Stop({ state: 'not-licensed', reason: 'signal', detail: refusal });
  }

  function isFreeFor(found: FoundDocument, url: URL, usage: UsageToken): boolean {
    return evaluateFound(found, url.href, { usage, ...who })?.outcome === 'licensed-free';
  }

  function decide(url: URL, use: UsageToken, learned: Learned): Exclude<Decision, { kind: 'no' }> {
    const decision = decideTerms(
      { url: url.href, use, ...who },
      learned.documents,
      learned.unreadable,
      learned.signals,
    );
    if (decision.kind === 'no') {
      throw new Stop({ state: 'not-licensed', reason: decision.reason, detail: decision.detail });
    }
    return decision;
  }

  /** Asks for the content, with a token where one is needed; the cost is reserved before and given back when nothing came. */
  async function ask(url: URL, choice: Choice | undefined): Promise<Asked> {
    const cost = choice?.cost ?? 0n;
    if (!purse.reserve(cost)) {
      const price = `${formatAmount(cost)} ${purse.currency}`;
      throw new Stop({
        state: 'over-budget',
        reason: 'total',
        detail: `${price} is more than is left.`,
        price,
      });
    }
    const bought = await buy(url, choice).catch((error: unknown) => {
      purse.giveBack(cost);
      throw error;
    });
    const headers = bought && { Authorization: `License ${bought.token}` };
    // A request that breaks off may have arrived and been counted: what is unsure stays spent.
    const response = await send(net, url.href, headers && { headers });
    const { status } = response;
    if (response.ok || (status >= 300 && status < 400)) return { response, wanted: bought?.wanted };
    purse.giveBack(cost);
    if (status !== 401 && status !== 402) {
      await dropBody(response);
      if (status !== 403) throw badStatus(response, url.href);
      const detail = `${url.href}: the license does not cover this (403).`;
      throw new Stop({ state: 'refused', reason: 'scope', detail });
    }
    const body = await readBody(response, 1024 * 1024);
    if (bought) await tokens.drop(bought.wanted, bought.token);
    return { status, challenge: { status, headers: response.headers, bytes: body ?? new Uint8Array() } };
  }

  async function buy(url: URL, choice: Choice | undefined) {
    if (!choice?.client) return undefined;
    if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
      const detail = `${url.origin} has no TLS, so no token is sent there.`;
      throw new Stop({ state: 'refused', reason: 'address', detail });
    }
    const wanted = wantedOf(choice);
    return { wanted, token: await tokens.get(choice.client, wanted) };
  }

  async function finish(
    url: URL,
    use: UsageToken,
    learned: Learned,
    decision: Exclude<Decision, { kind: 'no' }>,
    choice: Choice | undefined,
    { response, wanted }: Content,
  ): Promise<CrawlResult> {
    const { status, headers } = response;
    const read = await readBody(response, maxBytes).catch((error: unknown) => {
      if (error instanceof Stop) return error;
      throw error;
    });
    const body = read instanceof Stop ? undefined : read;
    const said =
      read instanceof Stop
        ? read
        : body && (await pageSays(url, use, learned, choice, { status, headers, bytes: body }));
    const line: CrawlLine = {
      format: 'clearway-crawl-1',
      at: new Date(now()).toISOString(),
      outcome: body && !said ? 'fetched' : 'discarded',
      url: url.href,
      agent: agent.token,
      use,
      status,
      bytes: body?.byteLength ?? 0,
      sha256: toHex(await sha256(body ?? new Uint8Array())),
      terms: decision.terms.map((terms) => ({ url: terms.url, sha256: terms.sha256 })),
      payment: choice?.option.payment.type ?? 'free',
      ...(wanted && { license: await licenseOf(wanted) }),
      ...(choice && priceOf(choice)),
      charged: formatAmount(choice?.cost ?? 0n),
      ...usageOf(headers.get('License-Usage')),
    };
    await store.append(JSON.stringify(line));
    if (said) throw said;
    if (!body) {
      const detail = `${url.href} is longer than ${maxBytes} bytes.`;
      throw new Stop({ state: 'unreachable', reason: 'too-large', detail });
    }
    return { state: 'fetched', url: url.href, status, headers, body, line };
  }

  /** Signs that stand only in the page can take away what the site gave; the copy is then not handed out. */
  async function pageSays(
    url: URL,
    use: UsageToken,
    learned: Learned,
    choice: Choice | undefined,
    page: Kept,
  ): Promise<Stop | undefined> {
    const no = (detail: string) => new Stop({ state: 'not-licensed', reason: 'page-terms', detail });
    try {
      const said = await learner.learnFromPage(learned, url, agent.token, page);
      // The copy holds every element of the page, so each must be free for the use.
      const closed = said.elements.find((one) => !isFreeFor(one, url, use));
      if (closed) return no('An element of the page has terms of its own that do not license this.');
      const decision = decide(url, use, said);
      if (decision.kind === 'against' && !choice) return no('The page asks for a license of its own.');
      if (decision.kind === 'against' && !choice?.client && decision.refusal !== undefined)
        return no(decision.refusal);
      return undefined;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      // The licensor's own gate took the token for this address.
      if (choice?.client && error.result.reason === 'terms-conflict') return undefined;
      return no(error.result.detail);
    }
  }
}

type Content = { readonly response: Response; readonly wanted: Wanted | undefined };
type Asked = Content | { readonly status: number; readonly challenge: Kept };

function wantedOf({ option: { terms, payment, content } }: Choice): Wanted {
  const license = licenseTextOf(terms, payment.position.offset);
  return { server: payment.server!, license, resource: content.url ?? '' };
}

async function licenseOf({ server, license, resource }: Wanted) {
  return { server, resource, sha256: toHex(await sha256(utf8(license))) };
}

function priceOf({ option }: Choice): Pick<CrawlLine, 'price'> {
  const { payment, price } = option;
  if (!payment.amount) return {};
  const { decimal, currency = '' } = payment.amount;
  const unit = price?.unit ?? (payment.type === 'crawl' ? 'fetch' : payment.type);
  return { price: { amount: decimal, currency, per: price?.per ?? 1, unit } };
}

function stillRefused(url: URL, status: number, choice: Choice | undefined): Stop {
  const what = choice?.client ? 'the token was not taken' : 'a license is wanted that the terms do not name';
  const detail = `${url.href}: ${what} (${status}).`;
  if (status === 401) return new Stop({ state: 'refused', reason: 'token', detail });
  return new Stop({ state: 'needs-quote', reason: 'agreement', detail });
}
