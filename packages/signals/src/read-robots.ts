import { agents, usagesOf } from '@clearway/agents';
import { decidingRule, groupsFor, type Robots, type RobotsRule } from '@clearway/rsl';
import type { SignalRecord } from './record.ts';

/**
 * Which known agents may not fetch a path, and so cannot use it for what they come for. `Allow` gives no records:
 * leave to fetch is no leave to use.
 *
 * @example
 * import { parseRobots } from '@clearway/rsl';
 * const robots = parseRobots('User-agent: GPTBot\nDisallow: /poems/')
 * const [record] = readDisallowed(robots, '/poems/sea', 'robots.txt')
 * record.agent // => 'GPTBot'
 */
export function readDisallowed(robots: Robots, path: string, source: string): SignalRecord[] {
  const decided = new Map<string, RobotsRule | undefined>();
  return agents.flatMap((agent) => {
    // Most agents share the group for everybody, and a hostile file can hold tens of thousands of rules.
    const groups = groupsFor(robots, agent.token).join();
    if (!decided.has(groups)) decided.set(groups, decidingRule(robots, agent.token, path));
    const rule = decided.get(groups);
    if (rule?.kind !== 'disallow' || path === '/robots.txt') return [];
    return usagesOf(agent).map((usage) => ({
      carrier: 'robots' as const,
      source,
      raw: `Disallow: ${rule.path} (line ${rule.line})`,
      usage,
      stance: 'disallow' as const,
      agent: agent.token,
    }));
  });
}
