import { compilePattern, matchPrepared, type PathPattern, preparePath, specificity } from './match-path.ts';
import { utf8Length } from './xml.ts';

/** One `Allow` or `Disallow` line. An empty value is kept: it is no rule, but it ends the run of `User-agent` lines. */
export interface RobotsRule {
  readonly kind: 'allow' | 'disallow';
  /** As written. */
  readonly path: string;
  readonly pattern: PathPattern;
  readonly line: number;
  readonly offset: number;
}

/** Any other line with a field: `License`, `Sitemap`, `Content-Usage`, … in the order of the file. */
export interface RobotsRecord {
  /** In lower case. */
  readonly field: string;
  readonly value: string;
  /** Index of the group it stands in; undefined before the first one. */
  readonly group: number | undefined;
  readonly line: number;
  /** Where the line begins, in UTF-16 units of the text. */
  readonly offset: number;
  /** The line as written, without its end. */
  readonly raw: string;
}

/** One group: the agents it is for and what it says to them. */
export interface RobotsGroup {
  /** Product tokens in lower case, or `*`. */
  readonly agents: readonly string[];
  /** The same lines as whole names in lower case without a version: `kangaroo bot`, `panscient.com`, or `*`. */
  readonly names: readonly string[];
  readonly rules: readonly RobotsRule[];
  readonly line: number;
}

/** A whole robots.txt as read. */
export interface Robots {
  readonly groups: readonly RobotsGroup[];
  readonly records: readonly RobotsRecord[];
  /** True when the file was longer than 500 KiB and the rest was left unread, as RFC 9309 §2.5 allows. */
  readonly truncated: boolean;
}

/** RFC 9309 §2.5: at least this much must be read. */
export const robotsLimitBytes = 500 * 1024;

interface OpenGroup extends RobotsGroup {
  readonly agents: string[];
  readonly names: string[];
  readonly rules: RobotsRule[];
}

/**
 * Reads a robots.txt, RFC 9309. Never throws: a line it cannot read says nothing. Rules before the first group are
 * dropped, as the RFC wants. A group ends only where a `User-agent` line follows a rule: an unknown record neither
 * ends nor splits one, so a `License` line at the bottom of a file belongs to the last group.
 *
 * @example
 * ```ts
 * import { isAllowed, parseRobots } from '@clearway/rsl';
 *
 * const robots = parseRobots('User-agent: GPTBot\nDisallow: /private/');
 * isAllowed(robots, 'GPTBot', '/private/a') // => false
 * isAllowed(robots, 'CCBot', '/private/a') // => true
 * ```
 */
export function parseRobots(text: string): Robots {
  const end = limitOf(text);
  const groups: OpenGroup[] = [];
  const records: RobotsRecord[] = [];
  let namingAgents = false;
  let line = 0;
  for (let offset = text.startsWith('\uFEFF') ? 1 : 0; offset < end; ) {
    line += 1;
    const stop = lineEnd(text, offset, end);
    const raw = text.slice(offset, stop);
    const found = readLine(raw);
    const at = offset;
    offset = stop + (text[stop] === '\r' && text[stop + 1] === '\n' ? 2 : 1);
    if (!found) continue;
    const { field, value } = found;
    if (field === 'user-agent') {
      if (!namingAgents) groups.push({ agents: [], names: [], rules: [], line });
      namingAgents = true;
      const name = nameOf(value);
      const agent = tokenOf(name);
      if (agent !== undefined) groups.at(-1)!.agents.push(agent);
      if (name !== '') groups.at(-1)!.names.push(name);
    } else if (field === 'allow' || field === 'disallow') {
      namingAgents = false;
      const pattern = compilePattern(value);
      groups.at(-1)?.rules.push({ kind: field, path: value, pattern, line, offset: at });
    } else {
      const group = groups.length === 0 ? undefined : groups.length - 1;
      records.push({ field, value, group, line, offset: at, raw });
    }
  }
  return { groups, records, truncated: end < text.length };
}

/**
 * The groups that speak to an agent, as indexes: all that name its product token, else all for `*`, else none.
 * Matching ignores case and compares whole tokens (RFC 9309 §2.2.1). Some agents have a name that is no product token, as
 * `Kangaroo Bot` or `panscient.com`: such a name is found by the whole of it and by the token it begins with.
 *
 * @example
 * ```ts
 * import { groupsFor, parseRobots } from '@clearway/rsl';
 *
 * const robots = parseRobots('User-agent: a\nAllow: /\nUser-agent: *\nAllow: /');
 * groupsFor(robots, 'A') // => [0]
 * groupsFor(robots, 'b') // => [1]
 * ```
 */
export function groupsFor(robots: Robots, agentToken: string): number[] {
  const { byName, byToken } = indexOf(robots);
  const name = nameOf(agentToken);
  const found = [byName.get(name), byToken.get(name), byName.get(tokenOf(name) ?? name)];
  const own = [...new Set(found.flatMap((one) => one ?? []))].toSorted((a, b) => a - b);
  return own.length > 0 ? own : [...(byToken.get('*') ?? [])];
}

/**
 * Whether a group names this agent itself, not only by `*`; as {@link groupsFor} finds it.
 *
 * @example
 * ```ts
 * import { namesAgent, parseRobots } from '@clearway/rsl';
 *
 * const { groups } = parseRobots('User-agent: Kangaroo Bot\nDisallow: /');
 * namesAgent(groups[0], 'kangaroo bot/1.0') // => true
 * namesAgent(groups[0], 'Kangaroo Rat') // => false
 * ```
 */
export function namesAgent(group: RobotsGroup, agentToken: string): boolean {
  const name = nameOf(agentToken);
  return name !== '*' && names(group, name);
}

/**
 * The rule that decides for an agent and a path, or undefined where none matches. Most octets win, then `Allow`.
 *
 * @example
 * ```ts
 * import { decidingRule, parseRobots } from '@clearway/rsl';
 *
 * const robots = parseRobots('User-agent: *\nDisallow: /a\nAllow: /a/b');
 * decidingRule(robots, 'CCBot', '/a/b').line // => 3
 * ```
 */
export function decidingRule(robots: Robots, agentToken: string, path: string): RobotsRule | undefined {
  const prepared = preparePath(path);
  let best: RobotsRule | undefined;
  for (const index of groupsFor(robots, agentToken)) {
    for (const rule of robots.groups[index]!.rules) {
      if (rule.path === '' || !matchPrepared(rule.pattern, prepared)) continue;
      const gain = best ? specificity(rule.pattern) - specificity(best.pattern) : 1;
      if (gain > 0 || (gain === 0 && rule.kind === 'allow' && best?.kind === 'disallow')) best = rule;
    }
  }
  return best;
}

/**
 * May this agent fetch this path (with its query)? RFC 9309 §2.2: the longest matching rule decides, `Allow` wins a tie,
 * no rule means yes, and `/robots.txt` itself is always allowed. It says nothing about what the content may be used for.
 *
 * @example
 * ```ts
 * import { isAllowed, parseRobots } from '@clearway/rsl';
 *
 * isAllowed(parseRobots('User-agent: *\nDisallow: /'), 'CCBot', '/robots.txt') // => true
 * ```
 */
export function isAllowed(robots: Robots, agentToken: string, path: string): boolean {
  return path === '/robots.txt' || decidingRule(robots, agentToken, path)?.kind !== 'disallow';
}

/**
 * The records of one field that speak to an agent: those of its groups, or those before the first group.
 * `scope` says which of the two; RSL 1.0 §4.4.2 lets a group's own lines replace the global ones.
 *
 * @example
 * ```ts
 * import { parseRobots, recordsFor } from '@clearway/rsl';
 *
 * const robots = parseRobots('License: https://example.org/l.xml\nUser-agent: *\nAllow: /');
 * recordsFor(robots, 'GPTBot', 'license').scope // => 'global'
 * ```
 */
export function recordsFor(
  robots: Robots,
  agentToken: string,
  field: string,
): { readonly scope: 'group' | 'global' | 'none'; readonly records: readonly RobotsRecord[] } {
  const groups = groupsFor(robots, agentToken);
  const all = robots.records.filter((one) => one.field === field.toLowerCase());
  const own = all.filter((one) => one.group !== undefined && groups.includes(one.group));
  if (own.length > 0) return { scope: 'group', records: own };
  const global = all.filter((one) => one.group === undefined);
  return { scope: global.length > 0 ? 'global' : 'none', records: global };
}

interface NameIndex {
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly byToken: ReadonlyMap<string, readonly number[]>;
}

/** A file with thousands of groups is asked for hundreds of agents, so each is indexed once. */
const indexes = new WeakMap<Robots, NameIndex>();

function indexOf(robots: Robots): NameIndex {
  const known = indexes.get(robots);
  if (known) return known;
  const made = {
    byName: groupsBy(robots, (group) => group.names),
    byToken: groupsBy(robots, (group) => group.agents),
  };
  indexes.set(robots, made);
  return made;
}

function groupsBy(robots: Robots, keys: (group: RobotsGroup) => readonly string[]): Map<string, number[]> {
  const out = new Map<string, number[]>();
  for (const [index, group] of robots.groups.entries())
    for (const key of new Set(keys(group))) {
      const list = out.get(key);
      if (list) list.push(index);
      else out.set(key, [index]);
    }
  return out;
}

/** Two names of several words that share the first one are two agents; where one of them is a bare token, it stands for both. */
function names({ agents, names: whole }: RobotsGroup, name: string): boolean {
  const token = tokenOf(name);
  return whole.includes(name) || agents.includes(name) || (token !== undefined && whole.includes(token));
}

/** `Googlebot/2.1` and `Brightbot 1.0` are names with a version. */
function nameOf(value: string): string {
  if (value === '*' || value.startsWith('* ')) return '*';
  const words = value.toLowerCase().split(/\s+/);
  const version = words.findIndex((word, index) => index > 0 && /^v?\d[\d.]*$/.test(word));
  const name = words.slice(0, version === -1 ? words.length : version).join(' ');
  const slash = name.indexOf('/');
  return (slash === -1 ? name : name.slice(0, slash)).trim();
}

/** The product token a name begins with. Digits are no part of the RFC's token, but of real names. */
function tokenOf(name: string): string | undefined {
  if (name === '*') return name;
  let end = 0;
  while (end < name.length && isTokenUnit(name.charCodeAt(end))) end += 1;
  return end === 0 ? undefined : name.slice(0, end);
}

function isTokenUnit(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

function readLine(raw: string): { readonly field: string; readonly value: string } | undefined {
  const hash = raw.indexOf('#');
  const body = hash === -1 ? raw : raw.slice(0, hash);
  const colon = body.indexOf(':');
  const field = body.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  return field === '' ? undefined : { field, value: body.slice(colon + 1).trim() };
}

function lineEnd(text: string, from: number, end: number): number {
  for (let index = from; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || code === 0x0d) return index;
  }
  return end;
}

/** Cuts at the last whole line within the limit, so that half a path never becomes a rule. */
function limitOf(text: string): number {
  if (text.length * 3 <= robotsLimitBytes || utf8Length(text) <= robotsLimitBytes) return text.length;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (utf8Length(text.slice(0, middle)) <= robotsLimitBytes) low = middle;
    else high = middle - 1;
  }
  return Math.max(text.lastIndexOf('\n', low), text.lastIndexOf('\r', low), 0);
}
