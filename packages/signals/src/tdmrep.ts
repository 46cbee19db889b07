import { compilePattern, matchPath, scanHtmlHead } from '@clearway/rsl';
import { attribute, webUrl } from './escape.ts';
import { type Permissions, stanceFor } from './permissions.ts';
import type { Carrier, SignalRecord } from './record.ts';

const aiUsages = ['ai-train', 'ai-input', 'ai-index'] as const;

/** One entry of `/.well-known/tdmrep.json`. */
export interface TdmRule {
  /** RFC 9309 path pattern. */
  readonly location: string;
  readonly permissions: Permissions;
  /** Where terms are, for what is reserved. */
  readonly policyUrl?: string;
}

/**
 * Are text and data mining rights reserved? TDMRep knows one switch for all mining: it is 1 as soon as one AI use is
 * refused or given against terms, 0 only when all are given to all, and undefined when that cannot be said.
 *
 * @example
 * ```ts
 * import { tdmReservation } from '@clearway/signals';
 *
 * tdmReservation({ 'ai-train': 'conditional' }) // => 1
 * tdmReservation({ 'ai-train': 'allow' }) // => undefined
 * ```
 */
export function tdmReservation(permissions: Permissions): 0 | 1 | undefined {
  const stances = aiUsages.map((usage) => stanceFor(permissions, usage));
  if (stances.some((stance) => stance === 'disallow' || stance === 'conditional')) return 1;
  return stances.every((stance) => stance === 'allow') ? 0 : undefined;
}

/**
 * The text of `/.well-known/tdmrep.json` (TDMRep §4). The first match counts, so the rules stand in the given order:
 * put the narrower ones first. Throws TypeError on a location or policy that is none.
 *
 * @example
 * ```ts
 * import { tdmrepJson } from '@clearway/signals';
 *
 * JSON.parse(tdmrepJson([{ location: '/', permissions: { 'ai-all': 'disallow' } }])) // => [{ location: '/', 'tdm-reservation': 1 }]
 * ```
 */
export function tdmrepJson(rules: readonly TdmRule[]): string {
  const entries = rules.flatMap(({ location, permissions, policyUrl }) => {
    if (!location.startsWith('/')) throw new TypeError('A TDMRep location must begin with "/".');
    const reservation = tdmReservation(permissions);
    if (reservation === undefined) return [];
    const policy = reservation === 1 && policyUrl !== undefined ? { 'tdm-policy': webUrl(policyUrl) } : {};
    return [{ location: compilePattern(location).source, 'tdm-reservation': reservation, ...policy }];
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/**
 * The response headers of TDMRep §5; empty when there is nothing to say.
 *
 * @example
 * ```ts
 * import { tdmHeaders } from '@clearway/signals';
 *
 * tdmHeaders({ 'ai-all': 'disallow' }) // => { 'tdm-reservation': '1' }
 * ```
 */
export function tdmHeaders(permissions: Permissions, policyUrl?: string): Record<string, string> {
  const reservation = tdmReservation(permissions);
  if (reservation === undefined) return {};
  const policy = reservation === 1 && policyUrl !== undefined ? { 'tdm-policy': webUrl(policyUrl) } : {};
  return { 'tdm-reservation': String(reservation), ...policy };
}

/**
 * The `<meta>` elements of TDMRep §6, one a line; empty when there is nothing to say.
 *
 * @example
 * ```ts
 * import { tdmMeta } from '@clearway/signals';
 *
 * tdmMeta({ 'ai-all': 'disallow' }) // => '<meta name="tdm-reservation" content="1">'
 * ```
 */
export function tdmMeta(permissions: Permissions, policyUrl?: string): string {
  return Object.entries(tdmHeaders(permissions, policyUrl))
    .map(([name, content]) => `<meta name="${name}" content="${attribute(content)}">`)
    .join('\n');
}

/**
 * Reads `/.well-known/tdmrep.json` for one path: the first entry that matches. Throws nothing; unreadable says nothing.
 *
 * @example
 * ```ts
 * import { readTdmrepJson } from '@clearway/signals';
 *
 * readTdmrepJson('[{"location":"/","tdm-reservation":1}]', '/a', 'file')[0].usage // => 'ai-train'
 * ```
 */
export function readTdmrepJson(text: string, path: string, source: string): SignalRecord[] {
  for (const entry of jsonArray(text)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const one = entry as Record<string, unknown>;
    if (typeof one.location !== 'string' || !matchPath(one.location, path)) continue;
    return toRecords(one['tdm-reservation'], one['tdm-policy'], 'tdmrep-file', source, JSON.stringify(entry));
  }
  return [];
}

/**
 * Reads the TDMRep response headers; names in lower case. Of several values any 1 reserves.
 *
 * @example
 * ```ts
 * import { readTdmHeaders } from '@clearway/signals';
 *
 * readTdmHeaders({ 'tdm-reservation': '1' }, 'page')[0].stance // => 'disallow'
 * ```
 */
export function readTdmHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  source: string,
): SignalRecord[] {
  const values = [headers['tdm-reservation'] ?? []]
    .flat()
    .flatMap((value) => value.split(',').map((one) => one.trim()));
  const policy = [headers['tdm-policy'] ?? []].flat()[0];
  if (values.length === 0) return [];
  const value = values.includes('1') ? '1' : values[0];
  return toRecords(value, policy, 'tdmrep-header', source, `tdm-reservation: ${values.join(', ')}`);
}

/**
 * Reads the TDMRep `<meta>` elements in the head of a page.
 *
 * @example
 * ```ts
 * import { readTdmMeta } from '@clearway/signals';
 *
 * readTdmMeta('<meta name=tdm-reservation content=1>', 'page').length // => 3
 * ```
 */
export function readTdmMeta(html: string, source: string): SignalRecord[] {
  const metas = scanHtmlHead(html).filter((tag) => tag.name === 'meta');
  function named(name: string): typeof metas {
    return metas.filter((tag) => tag.attributes.name?.trim().toLowerCase() === name);
  }
  const tags = named('tdm-reservation');
  const tag = tags.find((one) => one.attributes.content?.trim() === '1') ?? tags[0];
  if (!tag) return [];
  const policy = named('tdm-policy')[0]?.attributes.content;
  return toRecords(tag.attributes.content?.trim(), policy, 'tdmrep-meta', source, tag.raw).map((one) => ({
    ...one,
    offset: tag.offset,
  }));
}

/** A reservation with a policy is an offer of terms; without one it is a no. Values other than 0 and 1 say nothing. */
function toRecords(
  value: unknown,
  policy: unknown,
  carrier: Carrier,
  source: string,
  raw: string,
): SignalRecord[] {
  const reserved = value === 1 || value === '1';
  if (!reserved && value !== 0 && value !== '0') return [];
  const terms = reserved && typeof policy === 'string' && policy !== '' ? { policy } : {};
  const stance = reserved ? ('policy' in terms ? 'conditional' : 'disallow') : 'allow';
  return aiUsages.map((usage) => ({ carrier, source, raw, usage, stance, ...terms }));
}

function jsonArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
