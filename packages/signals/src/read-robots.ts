import { agents, usagesOf } from '@clearway/agents';
import { decidingRule, isAllowed, type Robots } from '@clearway/rsl';
import type { SignalRecord } from './record.ts';

/**
 * Which known agents may not fetch a path, and so cannot use it for what they come for. `Allow` gives no records:
 * leave to fetch is no leave to use.
 */
export function readDisallowed(robots: Robots, path: string, source: string): SignalRecord[] {
  return agents.flatMap((agent) => {
    if (isAllowed(robots, agent.token, path)) return [];
    const rule = decidingRule(robots, agent.token, path)!;
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
