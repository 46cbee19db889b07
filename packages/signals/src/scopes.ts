import { compilePattern, matchPath, parseRobots } from '@clearway/rsl';
import { decode } from './decode.ts';
import { rslIn } from './rsl-statements.ts';
import type { SignalSource } from './source.ts';
import { locationsIn } from './tdm-statements.ts';

/** A part of a site that a source has a rule for. */
export interface SignalScope {
  /** As written: a path pattern, or an absolute address. */
  readonly pattern: string;
  /** An address in it; undefined where none can be made. */
  readonly url: string | undefined;
  /** The names it is for, in lower case; empty for everybody. */
  readonly agents: readonly string[];
}

/** Nobody reads more, and each may be judged. */
const maxScopes = 100;

/**
 * The parts of a site that robots.txt, a TDMRep file, `ai.txt` and RSL documents have rules for, each pattern once, in the order
 * of the sources. Who asks for one address only sees the rules for that address: here are the others.
 *
 * @example
 * ```ts
 * import { scopesOf } from '@clearway/signals';
 *
 * const file = { kind: 'tdmrep', url: 'https://a.example/tdmrep.json', at: '2026-11-22T00:00:00Z', body: '[{"location":"/news/*","tdm-reservation":1}]' };
 * scopesOf([file])[0] // => { pattern: '/news/*', url: 'https://a.example/news/~', agents: [] }
 * ```
 */
export function scopesOf(sources: readonly SignalSource[]): SignalScope[] {
  const found = new Map<string, { url: string | undefined; agents: Set<string>; all: boolean }>();
  for (const source of sources) {
    if (source.status !== undefined && (source.status < 200 || source.status > 299)) continue;
    for (const { pattern, agents } of rulesIn(source)) {
      const known = found.get(pattern);
      if (!known && found.size >= maxScopes) continue;
      const entry = known ?? { url: addressIn(pattern, source.url), agents: new Set(), all: false };
      if (agents.length === 0 || agents.includes('*')) entry.all = true;
      for (const one of agents) entry.agents.add(one);
      found.set(pattern, entry);
    }
  }
  return [...found].map(([pattern, { url, agents, all }]) => ({
    pattern,
    url,
    agents: all ? [] : [...agents],
  }));
}

/**
 * Whether an address lies in a scope.
 *
 * @example
 * ```ts
 * import { isInScope } from '@clearway/signals';
 *
 * isInScope({ pattern: '/news/*', url: undefined, agents: [] }, 'https://a.example/news/1') // => true
 * ```
 */
export function isInScope({ pattern }: SignalScope, url: string): boolean {
  const { origin, pathname, search } = new URL(url);
  const path = pathOf(pattern);
  if (path !== pattern && new URL(pattern).origin !== origin) return false;
  return matchPath(path, pathname + search);
}

interface Rule {
  readonly pattern: string;
  /** Empty for everybody. */
  readonly agents: readonly string[];
}

function rulesIn(source: SignalSource): Rule[] {
  const { kind, body } = source;
  const text = typeof body === 'string' ? body : decode(body).text;
  switch (kind) {
    case 'robots':
    case 'ai-txt':
      return rulesOfGroups(text);
    case 'tdmrep':
      return locationsIn(text).map((pattern) => ({ pattern, agents: [] }));
    default:
      return rslIn(source)
        .flatMap((one) => one.document?.contents ?? [])
        .flatMap(({ url }) => (url === undefined || url === '' ? [] : [{ pattern: url, agents: [] }]));
  }
}

function rulesOfGroups(text: string): Rule[] {
  const { groups, records } = parseRobots(text);
  const rules = groups.flatMap(({ names, rules: own }) =>
    // An exception without a rule, and a rule without a path, say nothing.
    own.some((one) => one.kind === 'disallow' && one.path !== '')
      ? own.filter((one) => one.path !== '').map((one) => ({ pattern: one.path, agents: names }))
      : [],
  );
  const preferences = records.flatMap(({ field, value, group }) => {
    if (field !== 'content-usage' && field !== 'content-signal') return [];
    const agents = group === undefined ? [] : groups[group]!.names;
    return [{ pattern: /^\/\S*/.exec(value)?.[0] ?? '/', agents }];
  });
  return [...rules, ...preferences];
}

/** An address that a pattern matches, and as few narrower patterns as can be. */
function addressIn(pattern: string, base: string): string | undefined {
  const path = pathOf(pattern);
  const { pieces, anchored } = compilePattern(path);
  const literal = pieces.join('');
  const sample = (literal.startsWith('/') ? '' : '/~') + literal + (anchored || literal === '/' ? '' : '~');
  const origin = new URL(path === pattern ? base : pattern).origin;
  if (!URL.canParse(origin + sample)) return undefined;
  const url = new URL(origin + sample);
  return matchPath(path, url.pathname + url.search) ? url.href : undefined;
}

/** The path pattern in an absolute address, cut from the text: its signs must not be encoded; else the text itself. */
function pathOf(pattern: string): string {
  if (!/^https?:\/\//i.test(pattern) || !URL.canParse(pattern)) return pattern;
  const slash = pattern.indexOf('/', pattern.indexOf('://') + 3);
  return slash === -1 ? '/' : pattern.slice(slash);
}
