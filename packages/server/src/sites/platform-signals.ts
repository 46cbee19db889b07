import { type FetchResult, NetError } from '@clearway/net';
import { discoverLicenses, parse, robotsLimitBytes } from '@clearway/rsl';
import { type LeafUsage, leafUsages, readChannels, type SignalRecord, type Stance } from '@clearway/signals';
import type { Kernel } from '../kernel/index.ts';
import { readPlace } from './model.ts';
import { decodeText } from './read-text.ts';
import { portsAllowed } from './register-site.ts';

/** How the look at one address went: an HTTP status, or the code of the network error. */
export type Looked = { readonly url: string; readonly status?: number; readonly error?: string };

/** What the place where a work stands says to bots. Facts about somebody else's site: nothing here is to be mended by the creator. */
export type PlatformSignals = {
  readonly url: string;
  readonly host: string;
  /** Name of the platform when it is a known one. */
  readonly platform: string | undefined;
  readonly looked: readonly Looked[];
  readonly records: readonly SignalRecord[];
  /** What is said about each usage; `mixed` when two signs differ, `nothing` when there is none. */
  readonly usages: Readonly<Record<LeafUsage, Stance | 'mixed' | 'nothing'>>;
};

const MAX_PAGE = 2 * 1024 * 1024;
const MAX_SMALL = 512 * 1024;
const MAX_LICENSES = 3;

/**
 * Reads what a site signals to bots about one page: robots.txt, response headers, the page's head, TDMRep and RSL
 * documents it names. A refusal to be read is a fact like any other. Call it outside a transaction.
 * @throws as `registerSite`, for an address that cannot be a public one
 */
export async function platformSignals(k: Kernel, url: string): Promise<PlatformSignals> {
  const place = readPlace(url, { allowPorts: portsAllowed(k) });
  const page = place.href;
  const { origin } = new URL(page);
  const looked: Looked[] = [];
  const look = async (address: string, maxBytes: number, accept: string) => {
    const { answer, ...seen } = await lookOnce(k, address, maxBytes, accept);
    looked.push(seen);
    return answer?.status === 200 ? answer : undefined;
  };
  const robots = textOf(await look(`${origin}/robots.txt`, robotsLimitBytes, 'text/plain'));
  const tdmrep = textOf(await look(`${origin}/.well-known/tdmrep.json`, MAX_SMALL, 'application/json'));
  const shown = await look(page, MAX_PAGE, 'text/html');
  const html = textOf(shown);
  const link = shown?.headers.get('link') ?? undefined;
  const sources = { ...opt('robots', robots), ...opt('link', link), ...opt('html', html) };
  const rsl: { url: string; document: NonNullable<ReturnType<typeof parse>['document']> }[] = [];
  for (const found of discoverLicenses(sources, '*').found.slice(0, MAX_LICENSES)) {
    const xml = textOf(await look(found.url, MAX_SMALL, 'application/rsl+xml'));
    const document = xml === undefined ? undefined : parse(xml).document;
    if (document !== undefined) rsl.push({ url: found.url, document });
  }
  const records = readChannels({
    url: page,
    headers: shown ? Object.fromEntries(shown.headers) : {},
    rsl,
    ...opt('robots', robots),
    ...opt('html', html),
    ...opt('tdmrep', tdmrep),
  });
  const usages = Object.fromEntries(leafUsages.map((usage) => [usage, summary(records, usage)]));
  return {
    url: page,
    host: place.host,
    platform: place.platform?.name,
    looked,
    records,
    usages: usages as PlatformSignals['usages'],
  };
}

async function lookOnce(
  k: Kernel,
  url: string,
  maxBytes: number,
  accept: string,
): Promise<Looked & { answer?: FetchResult }> {
  try {
    const answer = await k.fetch(url, { maxBytes, accept, timeoutMs: 10_000 });
    return { url, status: answer.status, answer };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return { url, error: error.code };
  }
}

function textOf(answer: FetchResult | undefined): string | undefined {
  return answer && decodeText(answer.body, { lenient: true });
}

function opt<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: string };
}

function summary(records: readonly SignalRecord[], usage: LeafUsage): Stance | 'mixed' | 'nothing' {
  const stances = new Set(
    records
      .filter((record) => record.agent === undefined && about(record, usage))
      .map(({ stance }) => stance),
  );
  if (stances.size === 0) return 'nothing';
  return stances.size === 1 ? [...stances][0]! : 'mixed';
}

function about(record: SignalRecord, usage: LeafUsage): boolean {
  if (record.usage === usage || record.usage === 'all') return true;
  return record.usage === 'ai-all' && usage !== 'search';
}
