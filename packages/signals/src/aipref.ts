import { matchPath, normalisePath, type Robots, type RobotsRecord, specificity } from '@clearway/rsl';
import { aiprefLabels, currentLabels } from './aipref-labels.ts';
import { groupRecords } from './group-records.ts';
import { parseDictionary } from './parse-dictionary.ts';
import { type Permissions, type Stance, stanceFor } from './permissions.ts';
import type { Carrier, SignalRecord } from './record.ts';

/** The drafts this follows; neither is an RFC. */
export const aiprefDrafts = ['draft-ietf-aipref-vocab-08', 'draft-ietf-aipref-attach-05'] as const;

/**
 * The value of a `Content-Usage` header (AIPREF), or undefined when there is nothing to say. AIPREF knows training and
 * search only, and only yes and no: a use against terms is a `n`, which a licence overrides.
 *
 * @example
 * ```ts
 * import { contentUsage } from '@clearway/signals';
 *
 * contentUsage({ 'ai-train': 'conditional', search: 'allow' }) // => 'train-ai=n, search=y'
 * ```
 */
export function contentUsage(permissions: Permissions): string | undefined {
  const parts = Object.entries(currentLabels).flatMap(([label, usage]) => {
    const stance = stanceFor(permissions, usage);
    return stance ? [`${label}=${stance === 'allow' ? 'y' : 'n'}`] : [];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

/**
 * The same as a robots.txt line, to be repeated in every group; for one path pattern or, without it, for all paths.
 *
 * @example
 * ```ts
 * import { contentUsageLine } from '@clearway/signals';
 *
 * contentUsageLine({ 'ai-train': 'disallow' }, '/a') // => 'Content-Usage: /a train-ai=n'
 * ```
 */
export function contentUsageLine(permissions: Permissions, path?: string): string | undefined {
  const value = contentUsage(permissions);
  if (value === undefined) return undefined;
  return `Content-Usage: ${path === undefined ? '' : `${normalisePath(path)} `}${value}`;
}

/**
 * Reads `Content-Usage` header lines. Several lines are one dictionary, in which the last of a repeated key counts.
 *
 * @example
 * ```ts
 * import { readContentUsage } from '@clearway/signals';
 *
 * readContentUsage('train-ai=n', 'https://example.org/')[0].stance // => 'disallow'
 * ```
 */
export function readContentUsage(header: string | readonly string[], source: string): SignalRecord[] {
  const text = typeof header === 'string' ? header : header.join(', ');
  return toRecords(text, text, 'aipref-header', source, undefined);
}

/**
 * Reads the `Content-Usage` lines that speak to an agent about a path. As with `Disallow`, the longest matching path
 * decides; lines of one length are read together.
 *
 * @example
 * import { parseRobots } from '@clearway/rsl';
 * const robots = parseRobots('User-agent: *\nContent-Usage: /poems/ train-ai=n')
 * const [record] = readContentUsageLines(robots, 'GPTBot', '/poems/sea', 'https://example.org/robots.txt')
 * record.stance // => 'disallow'
 */
export function readContentUsageLines(
  robots: Robots,
  agentToken: string,
  path: string,
  source: string,
): SignalRecord[] {
  const rules = groupRecords(robots, agentToken, 'content-usage').map(readRule);
  const matching = rules.filter((rule) => matchPath(rule.path, path));
  const longest = Math.max(...matching.map((rule) => specificity(rule.path)));
  const agent = agentToken === '*' ? undefined : agentToken;
  return matching
    .filter((rule) => specificity(rule.path) === longest)
    .flatMap((rule) => toRecords(rule.value, rule.raw, 'aipref-robots', source, agent, rule.offset));
}

function readRule(record: RobotsRecord): {
  readonly path: string;
  readonly value: string;
  readonly raw: string;
  readonly offset: number;
} {
  const { value, raw, offset } = record;
  if (!value.startsWith('/')) return { path: '/', value, raw, offset };
  const space = value.search(/[ \t]/);
  return space === -1
    ? { path: value, value: '', raw, offset }
    : { path: value.slice(0, space), value: value.slice(space + 1).trim(), raw, offset };
}

function toRecords(
  text: string,
  raw: string,
  carrier: Carrier,
  source: string,
  agent: string | undefined,
  offset?: number,
): SignalRecord[] {
  const place = { ...(agent && { agent }), ...(offset !== undefined && { offset }) };
  const records: SignalRecord[] = [];
  for (const [key, value] of parseDictionary(text) ?? []) {
    const stance = value === 'other' ? undefined : toStance(value.token);
    const label = aiprefLabels.get(key);
    // An old label was given with another meaning: its refusal is safe to keep, its permission is not.
    if (!stance || !label || !(label.current || stance === 'disallow')) continue;
    records.push({ carrier, source, raw, usage: label.usage, stance, ...place });
  }
  return records;
}

function toStance(token: string): Stance | undefined {
  return token === 'y' ? 'allow' : token === 'n' ? 'disallow' : undefined;
}
