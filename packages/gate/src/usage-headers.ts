import type { KnownToken } from './check-token.ts';
import type { UsageSink } from './usage-sink.ts';

/**
 * Headers of a licensed answer: not for shared caches, and how many fetches are counted and how many of those are durable
 * (`License-Usage`, as `parseLicenseUsage` of the protocol reads it).
 */
export function usageHeaders({ claims }: KnownToken, usage: UsageSink): Record<string, string> {
  const headers = { 'cache-control': 'private', vary: 'Authorization' };
  // An id with these marks has no spelling in the header.
  if (/["\\]/.test(claims.lic)) return headers;
  const { count, durable } = usage.counts(claims.lic);
  return { ...headers, 'license-usage': `agreement="${claims.lic}", count=${count}, durable=${durable}` };
}
