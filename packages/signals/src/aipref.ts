import { matchPath, normalisePath, type Robots, type RobotsRecord, specificity } from '@clearway/rsl';
import { groupRecords } from './group-records.ts';
import { parseDictionary } from './parse-dictionary.ts';
import { type Permissions, type Stance, stanceFor } from './permissions.ts';
import type { Carrier, SignalRecord } from './record.ts';

/** The drafts this follows; neither is an RFC. */
export const aiprefDrafts = ['draft-ietf-aipref-vocab-08', 'draft-ietf-aipref-attach-05'] as const;

const current = { 'train-ai': 'ai-train', search: 'search' } as const;

/** Labels of earlier drafts. A refusal in them still counts, a permission does not. */
const legacy: Readonly<Record<string, 'ai-train' | 'ai-all'>> = {
  'train-genai': 'ai-train',
  genai: 'ai-train',
  ai: 'ai-all',
  tdm: 'ai-all',
  bots: 'ai-all',
  all: 'ai-all',
};

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
  const parts = Object.entries(current).flatMap(([label, usage]) => {
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
    .flatMap((rule) => toRecords(rule.value, rule.raw, 'aipref-robots', source, agent));
}

function readRule(record: RobotsRecord): {
  readonly path: string;
  readonly value: string;
  readonly raw: string;
} {
  const { value, raw } = record;
  if (!value.startsWith('/')) return { path: '/', value, raw };
  const space = value.search(/[ \t]/);
  return space === -1
    ? { path: value, value: '', raw }
    : { path: value.slice(0, space), value: value.slice(space + 1).trim(), raw };
}

function toRecords(
  text: string,
  raw: string,
  carrier: Carrier,
  source: string,
  agent: string | undefined,
): SignalRecord[] {
  const records: SignalRecord[] = [];
  for (const [key, value] of parseDictionary(text) ?? []) {
    const stance = value === 'other' ? undefined : toStance(value.token);
    const known = Object.hasOwn(current, key) ? current[key as keyof typeof current] : undefined;
    const old = Object.hasOwn(legacy, key) && stance === 'disallow' ? legacy[key] : undefined;
    const usage = known ?? old;
    if (stance && usage) records.push({ carrier, source, raw, usage, stance, ...(agent && { agent }) });
  }
  return records;
}

function toStance(token: string): Stance | undefined {
  return token === 'y' ? 'allow' : token === 'n' ? 'disallow' : undefined;
}
