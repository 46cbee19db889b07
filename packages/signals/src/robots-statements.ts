import { agentByToken, usagesOf } from '@clearway/agents';
import {
  decidingRule,
  groupsFor,
  isAllowed,
  namesAgent,
  parseRobots,
  type Robots,
  recordsFor,
} from '@clearway/rsl';
import { readContentUsageLines } from './aipref.ts';
import { aiprefDamage, asStatement } from './aipref-damage.ts';
import { readContentSignals } from './content-signal.ts';
import { readContentUse } from './content-use.ts';
import { lineAt } from './decode.ts';
import { signalKeyIn, signalsBeforeGroups, signalsWithPath } from './misplaced-signals.ts';
import { leafUsages } from './permissions.ts';
import { type Statement, unreadable } from './statement.ts';

/** What robots.txt says to one agent about one path, and whether it may fetch it at all. */
export interface RobotsAnswer {
  readonly statements: readonly Statement[];
  readonly fetch: 'allowed' | 'refused';
}

/** A robots.txt read once, to be asked for many agents. */
export interface RobotsReader {
  readonly robots: Robots;
  answer(agent: string, path: string): RobotsAnswer;
}

/** Reads a robots.txt once. An unreachable one (`status` 5xx or 0) refuses everything, a missing one nothing (RFC 9309 §2.3.1). */
export function robotsReader(text: string, status: number | undefined): RobotsReader {
  const missing = status !== undefined && status >= 400 && status < 500;
  const unreachable = status === 0 || (status !== undefined && status >= 500);
  const robots = parseRobots(missing || unreachable ? '' : text);
  const cache = new Map<
    string,
    Omit<RobotsAnswer, 'statements'> & { readonly lines: readonly Statement[] }
  >();
  const outside = new Map<string, readonly Statement[]>();
  return { robots, answer };

  function answer(agent: string, path: string): RobotsAnswer {
    if (unreachable) {
      const note = 'robots.txt cannot be reached: nothing may be fetched.';
      const base = { carrier: 'robots', stance: 'disallow', raw: '', offset: 0, note } as const;
      return { statements: leafUsages.map((usage) => ({ ...base, usage })), fetch: 'refused' };
    }
    const groups = groupsFor(robots, agent);
    const named = groups.some((index) => namesAgent(robots.groups[index]!, agent));
    const key = `${groups.join()} ${path}`;
    const known = cache.get(key) ?? read(agent, path);
    cache.set(key, known);
    const { fetch, lines } = known;
    const to = named ? { agent } : {};
    const statements = [
      ...outsideGroups(path),
      ...lines.map((one) => ({ ...one, ...to })),
      ...rule(agent, path, to),
    ];
    return { statements, fetch };
  }

  /** What concerns everybody, whatever group is read. */
  function outsideGroups(path: string): readonly Statement[] {
    const note = 'The file is longer than 500 KiB, and the rest was not read.';
    const rest: Statement[] = robots.truncated
      ? [{ ...unreadable('robots', note), fault: 'robots-too-long' }]
      : [];
    const found = outside.get(path) ?? [...signalsBeforeGroups(robots, path), ...rest];
    outside.set(path, found);
    return found;
  }

  function read(agent: string, path: string) {
    const fetch = isAllowed(robots, agent, path) ? ('allowed' as const) : ('refused' as const);
    const preferences = readContentUsageLines(robots, agent, path, '').map(asStatement);
    // What may not be fetched has no preference; a refusal is kept all the same.
    const usable = preferences.filter((one) => fetch === 'allowed' || one.stance !== 'allow');
    const lines = [
      ...usable,
      ...aiprefDamage(robots, agent, path),
      ...readContentSignals(robots, agent, '').map(asStatement),
      ...damagedSignals(robots, agent),
      ...signalsWithPath(robots, agent, path),
      ...readContentUse(robots, agent),
    ].map(({ agent: _, ...one }) => one);
    return { fetch, lines };
  }

  function rule(agent: string, path: string, to: { readonly agent?: string }): Statement[] {
    if (isAllowed(robots, agent, path)) return [];
    const { offset } = decidingRule(robots, agent, path)!;
    const found = agentByToken(agent);
    const own = found ? usagesOf(found) : [];
    const raw = lineAt(text, offset);
    return (own.length > 0 ? own : leafUsages).map((usage) => ({
      ...{ carrier: 'robots', usage, stance: 'disallow', raw, offset },
      ...to,
    }));
  }
}

/** A known key of `Content-Signal`, also among other words, with a value that is neither yes nor no. */
function damagedSignals(robots: Robots, agent: string): Statement[] {
  const { scope, records } = recordsFor(robots, agent, 'content-signal');
  if (scope !== 'group') return [];
  const known = records.filter((one) => !one.value.startsWith('/'));
  return known.flatMap(({ value, raw, offset }) =>
    value.split(',').flatMap((part) => {
      const [key = '', said] = part.split('=').map((one) => one.trim().toLowerCase());
      const usage = signalKeyIn(key);
      if (!usage || (key === usage && (said === 'yes' || said === 'no'))) return [];
      return [unreadable('content-signal', 'The value is neither yes nor no.', { raw, offset, usage })];
    }),
  );
}
