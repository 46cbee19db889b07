import { agentByToken, usagesOf } from '@clearway/agents';
import { covers, isUsageToken, type UsageToken } from '@clearway/rsl';
import type { Budget } from './budget.ts';
import type { Client } from './buy-token.ts';
import type { CrawlStore } from './crawl-line.ts';
import type { CrawlerFetch } from './net.ts';
import { Stop } from './result.ts';

/** How a crawler is set up. */
export type CrawlerOptions = {
  readonly fetch: CrawlerFetch;
  /** Milliseconds since 1970, for example `Date.now`. */
  readonly now: () => number;
  /** The product token that robots.txt speaks to, and the whole `User-Agent`. */
  readonly agent: { readonly token: string; readonly userAgent: string };
  /** What fetched content may be used for; `fetch` refuses every other use. */
  readonly uses: readonly UsageToken[];
  readonly budget: Budget;
  readonly store: CrawlStore;
  /** Accounts at license servers. A secret is sent to nobody else, whatever terms say. */
  readonly clients?: readonly Client[];
  /** Payment types without money that the company lives up to: `attribution`, `contribution`. */
  readonly obligations?: readonly string[];
  /** Frameworks (`payment/standard`) the company has joined. */
  readonly standards?: readonly string[];
  /** The user class of RSL 1.0 §3.4.1.2, and the reporting profiles that will be followed. */
  readonly userClass?: string;
  readonly reportingProfiles?: readonly string[];
  /** How long robots.txt and terms are trusted without asking again: an hour unless given, at most a day. */
  readonly keepMs?: number;
  readonly timeoutMs?: number;
  /** Longer content is not taken: 50 MB unless given. */
  readonly maxBytes?: number;
};

export function webAddressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url && (url.protocol === 'https:' || url.protocol === 'http:');
  if (!web || url.username !== '' || url.password !== '') {
    const detail = `${text.slice(0, 200)} is no web address.`;
    throw new Stop({ state: 'refused', reason: 'address', detail });
  }
  url.hash = '';
  return url;
}

export function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** A use this crawler was set up for, and that its agent is not known to stay away from. */
export function checkUse(use: UsageToken, uses: readonly UsageToken[], token: string): void {
  const no = (detail: string) => new Stop({ state: 'refused', reason: 'use', detail });
  if (!uses.some((one) => covers(one, use))) throw no(`This crawler is not set up for ${use}.`);
  const known = agentByToken(token);
  const purposes: readonly UsageToken[] = known ? usagesOf(known) : [];
  if (purposes.length > 0 && !purposes.includes(use)) {
    throw no(`${token} is known to come for ${purposes.join(', ')}, not for ${use}.`);
  }
}

export function checkOptions({ agent, uses, clients = [] }: CrawlerOptions): void {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(agent.token)) throw new TypeError(`agent.token: ${agent.token}`);
  if (!agent.userAgent.toLowerCase().includes(agent.token.toLowerCase())) {
    throw new TypeError('agent.userAgent has to contain agent.token');
  }
  if (uses.length === 0 || !uses.every(isUsageToken)) throw new TypeError('uses: give tokens of RSL 1.0');
  for (const { server, id } of clients) {
    const { protocol, hostname } = new URL(server);
    if (protocol !== 'https:' && !isLoopback(hostname))
      throw new TypeError(`clients.server is not https: ${server}`);
    if (id === '') throw new TypeError('clients.id is empty');
  }
}
