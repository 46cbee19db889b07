import { decidingRule, groupsFor, namesAgent, parseRobots } from '@clearway/rsl';
import { lineAt } from './decode.ts';
import type { Statement } from './statement.ts';

/**
 * Reads an `ai.txt` in Spawning's form: groups as in robots.txt, patterns of paths or file names (`*.jpg`). It speaks of
 * training only. Other proposals of the same name say nothing here.
 *
 * @example
 * ```ts
 * import { readAiTxt } from '@clearway/signals';
 *
 * readAiTxt('User-Agent: *\nDisallow: *.jpg', '*', '/a.jpg')[0].stance // => 'disallow'
 * ```
 */
export function readAiTxt(text: string, agentToken: string, path: string): Statement[] {
  const robots = parseRobots(text);
  const rule = decidingRule(robots, agentToken, path);
  if (!rule) return [];
  const named = groupsFor(robots, agentToken).some((index) => namesAgent(robots.groups[index]!, agentToken));
  const { offset, kind } = rule;
  const agent = named ? { agent: agentToken } : {};
  const raw = lineAt(text, offset);
  return [
    {
      carrier: 'ai-txt',
      usage: 'ai-train',
      stance: kind === 'allow' ? 'allow' : 'disallow',
      raw,
      offset,
      ...agent,
    },
  ];
}
