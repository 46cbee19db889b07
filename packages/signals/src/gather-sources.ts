import type { IgnoredLicense } from '@clearway/rsl';
import type { ReviewIssue } from '@clearway/rsl/find';
import { findLicenses } from './find-licenses.ts';
import { policyAddresses, type Seen, sourceOf, sourcesOf } from './named-sources.ts';
import { wellKnown } from './read-har.ts';
import type { SignalSource, SourceKind } from './source.ts';
import { splitJoined } from './split-joined.ts';

/** What a fetch answered, as far as it is needed here. */
export interface SignalAnswer {
  /** The address that answered in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The headers line by line, where they are known so: an `X-Robots-Tag` for one agent must not swallow the next. */
  readonly lines?: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly redirects?: readonly { readonly url: string }[];
}

/** Fetches one address. Where nobody answers, or may be asked, it says so by a code and does not throw. */
export type SignalFetch = (
  url: string,
  about: { readonly kind: SourceKind; readonly maxBytes: number },
) => Promise<SignalAnswer | { readonly error: string }>;

/** Everything that could be had about one address. */
export interface Gathered {
  /** Where the page was found in the end. */
  readonly url: string;
  readonly sources: readonly SignalSource[];
  /** What was asked for, in order; `status` is missing where nobody answered. */
  readonly asked: readonly {
    readonly kind: SourceKind;
    readonly url: string;
    readonly status?: number;
    readonly error?: string;
  }[];
  /** Pointers to licences that count for nobody. */
  readonly ignored: readonly IgnoredLicense[];
  /** What is to be mended in how licences are named and served. */
  readonly review: readonly ReviewIssue[];
}

const maxSmall = 1024 * 1024;
/** Of a long robots.txt the first 500 KiB are read (RFC 9309 §2.5); it must be had for that. */
const most: Partial<Record<SourceKind, number>> = { headers: 5 * maxSmall, robots: 16 * maxSmall };

/**
 * Asks for everything about one address that can carry a sign, as a bot may: the page with its headers (also a PDF, an
 * EPUB or a picture), robots.txt, the TDMRep file, `ai.txt`, and the RSL documents (at most ten for an agent) and
 * TDMRep policies (at most three) they name. Documents come over https, or over http from a site that has no https itself. No page beyond the one. Throws TypeError for no absolute address.
 *
 * @example
 * ```ts
 * import { gatherSources } from '@clearway/signals';
 *
 * const { asked } = await gatherSources(async () => ({ error: 'offline' }), 'https://a.example/', '2026-11-22T00:00:00Z');
 * asked.map((one) => one.kind) // => ['headers', 'robots', 'tdmrep', 'ai-txt']
 * ```
 */
export async function gatherSources(fetch: SignalFetch, url: string, at: string): Promise<Gathered> {
  const asked: Gathered['asked'][number][] = [];
  const answer = await get('headers', new URL(url).href);
  const page = 'error' in answer ? undefined : answer;
  const final = page?.url ?? new URL(url).href;
  const sources: SignalSource[] = page
    ? await sourcesOf(page)
    : [{ kind: 'headers', url: final, at, status: 0, body: '' }];
  const { origin } = new URL(final);
  sources.push(...(await Promise.all(wellKnown.map(([kind, path]) => source(kind, `${origin}${path}`)))));
  const licenses = await findLicenses(final, { page, sources, at, get: (address) => get('rsl', address) });
  for (const { url: address, problem } of licenses.unasked)
    asked.push({ kind: 'rsl', url: address, error: problem });
  sources.push(...licenses.sources.filter((one) => !sources.some((known) => isSame(known, one))));
  const policies = policyAddresses(page, sources);
  sources.push(...(await Promise.all(policies.map((address) => source('tdm-policy', address)))));
  return { url: final, sources, asked, ignored: licenses.ignored, review: licenses.review };

  async function source(kind: SourceKind, address: string): Promise<SignalSource> {
    const found = await get(kind, address);
    return sourceOf(kind, address, at, 'error' in found ? undefined : found);
  }

  async function get(kind: SourceKind, address: string): Promise<Seen | { readonly error: string }> {
    const place = asked.push({ kind, url: address }) - 1;
    const answer = await fetch(address, { kind, maxBytes: most[kind] ?? maxSmall });
    if ('error' in answer) {
      asked[place] = { kind, url: address, error: answer.error };
      return answer;
    }
    asked[place] = { kind, url: address, status: answer.status };
    const redirects = answer.redirects?.map((one) => one.url) ?? [];
    return { ...answer, at, headers: linesOf(answer), redirects };
  }
}

function linesOf({ lines, headers }: SignalAnswer): [string, string][] {
  if (lines) return lines.map(([name, value]) => [name, value]);
  return [...headers].flatMap(([name, value]) => splitJoined(name, value));
}

function isSame(one: SignalSource, other: SignalSource): boolean {
  return one.kind === other.kind && one.url === other.url;
}
