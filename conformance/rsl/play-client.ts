import { refusedAddressReason } from '@clearway/net';
import type { UsageToken } from '@clearway/rsl';
import {
  answerTerms,
  findTerms,
  isPublicHost,
  reviewTerms,
  type TermsFreshness,
  termsFreshness,
} from '@clearway/rsl/find';
import { createTokenDesk } from '../../packages/crawler/src/buy-token.ts';
import { Stop } from '../../packages/crawler/src/result.ts';
import { type PlayedNetwork, type PlayedResponse, playNetwork } from './play-network.ts';

/** What a case of `exchanges/*.json` has besides what every case has. */
export interface Exchange {
  readonly responses?: readonly PlayedResponse[];
  /** The same network at a later look. */
  readonly later?: readonly PlayedResponse[];
  /** What the names of some hosts resolve to; all others have public addresses. */
  readonly addresses?: Readonly<Record<string, string>>;
  readonly ask: ClientAsk;
  readonly expect: object;
}

export type ClientAsk =
  | {
      readonly do: 'terms';
      readonly url: string;
      readonly agent: string;
      readonly usage: UsageToken;
      readonly look?: 'headers' | 'page';
      readonly strict?: boolean;
      readonly deadlineMs?: number;
      /** A second look, or a look at the clock, so long after the first. */
      readonly afterS?: number;
      /** What a sitemap says of the last change, in seconds after the first look. */
      readonly changedAfterS?: number;
      /** Of these addresses, those that were asked are in the answer. */
      readonly watch?: readonly string[];
    }
  | { readonly do: 'review'; readonly url: string; readonly agent: string }
  | {
      readonly do: 'token';
      readonly client: { readonly id: string; readonly secret: string };
      readonly server: string;
      readonly license: string;
      readonly resource: string;
      readonly times?: number;
      readonly afterS?: number;
    };

const T0 = Date.parse('2026-06-01T00:00:00Z');

/** Plays one exchange through this implementation; the answer has the members that `expect` names. */
export async function playClient({ ask, expect, ...world }: Exchange): Promise<unknown> {
  const network = playNetwork(world.responses ?? []);
  if (ask.do === 'token') return askForToken(network, ask, expect);
  const clock = { ms: T0 };
  const client = { now: () => clock.ms, mayFetch: guard(world.addresses ?? {}) };
  if (ask.do === 'review') {
    const search = { ...client, fetch: network.fetch };
    const found = await findTerms({ url: ask.url, agent: ask.agent, ...search });
    const issues = await reviewTerms(found, search);
    return { codes: [...new Set(issues.map((one) => one.code))].sort() };
  }
  const { url, agent, usage, look, strict, deadlineMs, afterS, changedAfterS, watch = [] } = ask;
  const search = {
    ...client,
    url,
    agent,
    ...(look && { look }),
    ...(deadlineMs !== undefined && { signal: AbortSignal.timeout(deadlineMs) }),
  };
  let found = await findTerms({ ...search, fetch: network.fetch });
  const changedAt = changedAfterS === undefined ? undefined : T0 + changedAfterS * 1000;
  let freshness: TermsFreshness = termsFreshness(found, T0 + (afterS ?? 0) * 1000, changedAt);
  let seen = network;
  if (world.later) {
    clock.ms = T0 + (afterS ?? 0) * 1000;
    seen = playNetwork(world.later);
    found = await findTerms({ ...search, fetch: seen.fetch, before: found });
    freshness = termsFreshness(found, clock.ms);
  }
  const question = { usage, ...(strict !== undefined && { strict }) };
  const { outcome, elements } = answerTerms(found, question);
  const broad = answerTerms(found, { ...question, prohibitions: 'anywhere' }).outcome;
  const all = {
    outcome,
    readings: { narrower: outcome, anywhere: broad },
    allowed: found.allowed,
    robots: found.robots.state,
    page: found.page.state,
    documents: found.documents.map((one) => ({ url: one.url, state: one.state })),
    redirects: found.documents.flatMap((one) => one.redirects.map((step) => step.url)),
    ignored: found.ignored.map((one) => one.value),
    elements: elements.map(({ scope, evaluation }) => ({
      id: scope.kind === 'element' ? scope.id : undefined,
      outcome: evaluation?.outcome,
    })),
    asked: watch.filter((one) => seen.asked.some((request) => request.url === one)),
    takenAtMost: Math.max(0, ...network.sent.values()) <= 1_100_000,
    freshness: {
      state: freshness.state,
      freshS: (freshness.freshUntil - T0) / 1000,
      trustS: (freshness.trustUntil - T0) / 1000,
    },
  };
  return Object.fromEntries(Object.keys(expect).map((name) => [name, all[name as keyof typeof all]]));
}

/** Names are judged by themselves, and by the address they have. */
function guard(addresses: Readonly<Record<string, string>>): (url: URL) => boolean {
  return (url) => {
    const address = addresses[url.hostname];
    return isPublicHost(url) && (address === undefined || refusedAddressReason(address) === undefined);
  };
}

async function askForToken(
  network: PlayedNetwork,
  ask: Extract<ClientAsk, { do: 'token' }>,
  expect: object,
): Promise<unknown> {
  const { client, server, license, resource, times = 1, afterS = 0 } = ask;
  let now = T0;
  const net = { fetch: network.fetch, userAgent: 'ABot/1.0', timeoutMs: 1_000 };
  const desk = createTokenDesk(net, () => now);
  let result: object = {};
  for (let time = 0; time < times; time += 1) {
    try {
      result = { token: await desk.get({ server, ...client }, { server, license, resource }) };
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const { state, reason } = error.result as { state: string; reason?: string };
      result = { state, ...(reason !== undefined && { reason }) };
    }
    now += afterS * 1000;
  }
  const [request] = network.asked;
  const headers = new Headers(request?.init.headers);
  const all = {
    result,
    requests: network.asked.length,
    url: request?.url,
    method: request?.method,
    authorization: headers.get('Authorization') ?? undefined,
    type: headers.get('Content-Type') ?? undefined,
    form: Object.fromEntries(new URLSearchParams(String(request?.init.body ?? ''))),
  };
  return Object.fromEntries(Object.keys(expect).map((name) => [name, all[name as keyof typeof all]]));
}
