/** How long an answer of a server may be kept, as its headers tell, and what to ask with the next time. */
export interface Validators {
  /** For `If-None-Match`. */
  readonly etag?: string;
  /** For `If-Modified-Since`, as sent. */
  readonly lastModified?: string;
  /** Milliseconds for which HTTP itself calls the answer fresh (RFC 9111 §4.2); undefined when it does not say. */
  readonly keepMs?: number;
}

/** What {@link freshnessOf} wants to know; all times in milliseconds since 1970. */
export interface FreshnessInput {
  /** When the document was fetched. */
  readonly at: number;
  readonly now: number;
  /** Of the document, see `maxAgeDays`. */
  readonly maxAgeDays: number;
  /** Of its answer. */
  readonly keepMs?: number | undefined;
  /** When its site said last that it changed: `lastmod` in a sitemap, or a time the site told otherwise. */
  readonly changedAt?: number | undefined;
}

/**
 * `fresh`: rely on it. `revalidate`: ask again, with the validators, before relying on it; while that cannot be done it
 * may still be trusted. `stale`: not to be relied upon before it was asked for again.
 */
export interface Freshness {
  readonly state: 'fresh' | 'revalidate' | 'stale';
  /** When `fresh` ends: the shorter of `max-age` and what HTTP says. */
  readonly freshUntil: number;
  /** When `stale` begins: `max-age` days after the fetch, RSL 1.0 §3.2.1. */
  readonly trustUntil: number;
}

const dayMs = 86_400_000;

/**
 * How far an answer can be trusted, RSL 1.0 §3.2 and §3.2.1 with RFC 9111. RSL does not say how the two go together: the
 * shorter one ends the time in which nothing has to be asked, `max-age` alone ends the trust. A clock that runs
 * backwards is no reason for trust.
 *
 * @example
 * ```ts
 * import { freshnessOf } from '@clearway/rsl/find';
 *
 * const day = 86_400_000;
 * freshnessOf({ at: 0, now: 2 * day, maxAgeDays: 7, keepMs: day }).state // => 'revalidate'
 * freshnessOf({ at: 0, now: 7 * day, maxAgeDays: 7 }).state // => 'stale'
 * ```
 */
export function freshnessOf({ at, now, maxAgeDays, keepMs, changedAt }: FreshnessInput): Freshness {
  const trustUntil = at + maxAgeDays * dayMs;
  const freshUntil = Math.min(trustUntil, at + Math.max(keepMs ?? Infinity, 0));
  const changed = changedAt !== undefined && changedAt > at;
  const state =
    now < at || now >= trustUntil ? 'stale' : now >= freshUntil || changed ? 'revalidate' : 'fresh';
  return { state, freshUntil, trustUntil };
}

/**
 * Reads ETag, Last-Modified, Cache-Control, Expires, Date and Age of an answer (RFC 9111 §4.2). What cannot be read counts
 * as no time at all; where two values contradict each other the shorter one counts.
 *
 * @example
 * ```ts
 * import { readValidators } from '@clearway/rsl/find';
 *
 * readValidators(new Headers({ 'Cache-Control': 'max-age=60', Age: '20' }), 0).keepMs // => 40000
 * ```
 */
export function readValidators(headers: Headers, at: number): Validators {
  const etag = headers.get('ETag') ?? undefined;
  const lastModified = headers.get('Last-Modified') ?? undefined;
  const keepMs = keepOf(headers, at);
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(keepMs !== undefined && { keepMs }),
  };
}

function keepOf(headers: Headers, at: number): number | undefined {
  const directives = (headers.get('Cache-Control') ?? '').toLowerCase().split(',');
  const words = directives.map((one) => one.trim()).filter((one) => one !== '');
  if (words.includes('no-store') || words.includes('no-cache')) return 0;
  const ages = words.filter((one) => one.startsWith('max-age')).map(secondsOf);
  const age = digits(headers.get('Age') ?? '0') ?? 0;
  if (ages.length > 0) return Math.max(Math.min(...ages) - age, 0) * 1000;
  const expires = headers.get('Expires');
  if (expires === null) return undefined;
  const end = Date.parse(expires);
  const begin = Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(end) ? 0 : Math.max(end - (Number.isNaN(begin) ? at : begin) - age * 1000, 0);
}

function secondsOf(directive: string): number {
  return digits(directive.slice('max-age'.length).replace(/^=/, '').replaceAll('"', '')) ?? 0;
}

function digits(text: string): number | undefined {
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}
