import { type FetchResult, type GuardedFetch, NetError } from '@clearway/net';
import { discoverLicenses, parseRobots } from '@clearway/rsl';
import type { SignalSource, SourceKind } from '@clearway/signals';

const MAX_DOCUMENTS = 8;
/** They speak of the connection or of one visitor, never of rights. */
const PRIVATE = new Set(['set-cookie', 'date', 'age', 'connection', 'transfer-encoding']);

/**
 * Everything about one address that can carry a sign: the page with its headers, robots.txt, ai.txt, the TDMRep file, and
 * the RSL documents they name. `url` is where the page was found in the end.
 */
export async function fetchSources(
  fetch: GuardedFetch,
  url: string,
  at: string,
): Promise<{ url: string; sources: SignalSource[] }> {
  const page = await get(fetch, url);
  const final = page?.url ?? new URL(url).href;
  const sources: SignalSource[] = [];
  const { origin } = new URL(final);
  const html = page && isHtml(page) ? new TextDecoder().decode(page.body) : undefined;
  const head = { url: final, at, ...redirectsOf(page), status: page?.status ?? 0 };
  sources.push({ ...head, kind: 'headers', body: page ? headerText(page) : '' });
  if (page && page.status < 300)
    sources.push({ ...head, kind: html === undefined ? 'xmp' : 'html', body: page.body });
  const places: readonly [SourceKind, string][] = [
    ['robots', '/robots.txt'],
    ['tdmrep', '/.well-known/tdmrep.json'],
    ['ai-txt', '/ai.txt'],
  ];
  // One after the other: a small site must not feel a check.
  for (const [kind, path] of places) sources.push(await source(fetch, kind, `${origin}${path}`, at));
  const robots = sources.find((one) => one.kind === 'robots');
  for (const address of licenses(page, html, robots)) sources.push(await source(fetch, 'rsl', address, at));
  return { url: final, sources };
}

/** Of all agents: the report decides for whom which document counts. */
function licenses(
  page: FetchResult | undefined,
  html: string | undefined,
  robots: SignalSource | undefined,
): string[] {
  const link = page?.headers.get('link');
  const { found } = discoverLicenses({ ...(link && { link }), ...(html !== undefined && { html }) }, '*');
  const text = robots?.status === 200 ? new TextDecoder().decode(robots.body as Uint8Array) : '';
  const lines = parseRobots(text).records.filter((one) => one.field === 'license');
  const all = [...found.map((one) => one.url), ...lines.map((one) => one.value)];
  return [...new Set(all)].filter((one) => URL.canParse(one)).slice(0, MAX_DOCUMENTS);
}

async function source(fetch: GuardedFetch, kind: SourceKind, url: string, at: string): Promise<SignalSource> {
  const found = await get(fetch, url);
  return { kind, url, at, status: found?.status ?? 0, ...redirectsOf(found), body: found?.body ?? '' };
}

/** Undefined where nobody answers, or where the guard refuses to ask. */
async function get(fetch: GuardedFetch, url: string): Promise<FetchResult | undefined> {
  try {
    return await fetch(url);
  } catch (error) {
    if (error instanceof NetError) return undefined;
    throw error;
  }
}

function redirectsOf(found: FetchResult | undefined): { redirects?: string[] } {
  return found && found.redirects.length > 0 ? { redirects: found.redirects.map((one) => one.url) } : {};
}

function headerText({ headers }: FetchResult): string {
  const lines = [...headers].filter(([name]) => !PRIVATE.has(name.toLowerCase()));
  return lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

function isHtml({ headers }: FetchResult): boolean {
  const type = (headers.get('content-type') ?? 'text/html').split(';', 1)[0]!.trim().toLowerCase();
  return type === 'text/html' || type === 'application/xhtml+xml';
}
