import { discoverLicenses, parseRobots, rslMediaType, scanHtmlHead } from '@clearway/rsl';
import { readTermsInside } from '@clearway/rsl/find';
import { openEpub, openPdf } from './open-file.ts';
import type { SignalSource, SourceKind } from './source.ts';

/** One answer over HTTP. */
export interface Seen {
  readonly url: string;
  readonly at: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly redirects?: readonly string[];
}

const maxDocuments = 8;
const maxPolicies = 3;
/** They speak of the connection or of one visitor, never of rights. */
const noSign = new Set(['set-cookie', 'date', 'age', 'connection', 'transfer-encoding']);

/** What was had from an address; status 0 where nobody answered. */
export function sourceOf(kind: SourceKind, url: string, at: string, seen: Seen | undefined): SignalSource {
  const redirects = seen?.redirects ?? [];
  const how = { at, status: seen?.status ?? 0, ...(redirects.length > 0 && { redirects }) };
  return { kind, url, ...how, body: seen?.body ?? '' };
}

/** The page itself as sources: its headers, and its body or the marks inside it. */
export async function sourcesOf(page: Seen): Promise<SignalSource[]> {
  const { url, at, status, redirects } = page;
  const lines = page.headers.filter(([name]) => !noSign.has(name.toLowerCase()));
  const head = { url, at, status, ...(redirects && redirects.length > 0 && { redirects }) };
  const headers = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const sources: SignalSource[] = [{ ...head, kind: 'headers', body: headers }];
  // The terms of a 401 or 402 may stand in its body (RSL 1.0 §4.10), as those of a file, under any type (§2.2).
  const challenge = status === 401 || status === 402;
  const inside =
    status < 300 || challenge ? readTermsInside(page.body, { url, mediaType: typeOf(page) }) : [];
  const isOwn = inside.some((one) => one.association === 'site' || one.association === 'feed');
  if (isOwn || (inside.length > 0 && isMediaType(page, rslMediaType)))
    return [...sources, { kind: 'rsl', url, at, body: page.body }];
  if (status >= 300 && !(challenge && inside.length > 0)) return sources;
  if (isMediaType(page, 'text/html') || isMediaType(page, 'application/xhtml+xml'))
    return [...sources, { ...head, kind: 'html', body: page.body }];
  if (isMediaType(page, 'application/epub+zip')) return [...sources, ...(await openEpub(page.body, head))];
  if (isMediaType(page, 'application/pdf')) return [...sources, ...(await openPdf(page.body, head))];
  return [...sources, { ...head, kind: 'xmp', body: page.body }];
}

/** Whether an answer says it is of a media type; one that says nothing is read as HTML. */
export function isMediaType(page: Seen, type: string): boolean {
  return typeOf(page) === type;
}

function typeOf({ headers }: Seen): string {
  const said = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'text/html';
  return said.split(';', 1)[0]!.trim().toLowerCase();
}

/** The RSL documents and TDMRep policies that page, headers and files name; of all agents, as the report decides for whom which counts. */
export function licenseAddresses(
  page: Seen | undefined,
  sources: readonly SignalSource[],
): { readonly kind: 'rsl' | 'tdm-policy'; readonly url: string }[] {
  const robots = textOf(sources.find((one) => one.kind === 'robots' && one.status === 200));
  const lines = parseRobots(robots ?? '').records.filter((one) => one.field === 'license');
  // What an element of the page links to is not said of the page.
  const own = discovered(page, sources).found.flatMap((one) => (one.scope ? [] : [one.url]));
  const licenses = unique([...own, ...lines.map((one) => one.value)]).slice(0, maxDocuments);
  const policies = policyAddresses(page, sources);
  return [
    ...licenses.map((url) => ({ kind: 'rsl' as const, url })),
    ...policies.map((url) => ({ kind: 'tdm-policy' as const, url })),
  ];
}

/** The TDMRep policies that page, headers and files name. */
export function policyAddresses(page: Seen | undefined, sources: readonly SignalSource[]): string[] {
  return unique(policiesOf(page, sources)).slice(0, maxPolicies);
}

function discovered(page: Seen | undefined, sources: readonly SignalSource[]) {
  const html = textOf(sources.find((one) => one.kind === 'html'));
  const link =
    page?.headers.filter(([name]) => name.toLowerCase() === 'link').map(([, value]) => value) ?? [];
  const texts = { ...(link.length > 0 && { link }), ...(html !== undefined && { html }) };
  return discoverLicenses({ ...texts, ...(page && { url: page.url }) }, '*');
}

function policiesOf(page: Seen | undefined, sources: readonly SignalSource[]): string[] {
  const html = textOf(sources.find((one) => one.kind === 'html'));
  const file = textOf(sources.find((one) => one.kind === 'tdmrep' && one.status === 200));
  const header = page?.headers
    .filter(([name]) => name.toLowerCase() === 'tdm-policy')
    .map(([, value]) => value);
  const metas = html === undefined ? [] : scanHtmlHead(html).filter((tag) => tag.name === 'meta');
  const meta = metas.filter((tag) => tag.attributes.name?.trim().toLowerCase() === 'tdm-policy');
  return [
    ...(header ?? []),
    ...meta.flatMap((tag) => tag.attributes.content?.trim() ?? []),
    ...[...(file ?? '').matchAll(/"tdm-policy"\s*:\s*"([^"\\]{1,2000})"/g)].map(([, url]) => url!),
  ];
}

function unique(urls: readonly string[]): string[] {
  return [...new Set(urls)].filter((one) => /^https?:/i.test(one) && URL.canParse(one));
}

function textOf(source: SignalSource | undefined): string | undefined {
  if (!source) return undefined;
  return typeof source.body === 'string' ? source.body : new TextDecoder().decode(source.body);
}
