import type { Robots } from '@clearway/rsl';
import { groupRecords } from './group-records.ts';
import type { LeafUsage } from './permissions.ts';
import type { Statement } from './statement.ts';

const levels = ['immediate', 'reference', 'full'] as const;
type Level = (typeof levels)[number];

/** The lowest level at which a usage is possible; `ai-input` keeps nothing, so no level speaks against it. */
const needed: Readonly<Partial<Record<LeafUsage, Level>>> = {
  search: 'reference',
  'ai-train': 'full',
  'ai-index': 'full',
};

/**
 * Reads the key `use` of `Content-Signal` lines (`immediate` < `reference` < `full`). It is a ceiling: what needs more is
 * refused. It gives only what its name says, an index with links (`search`) from `reference` and `ai-index` at `full`;
 * training stays with `ai-train`. Of several values the lowest counts; any other value is damaged.
 *
 * @example
 * import { parseRobots } from '@clearway/rsl';
 * const robots = parseRobots('User-agent: *\nContent-Signal: use=reference')
 * readContentUse(robots, '*').map((r) => `${r.usage} ${r.stance}`) // => ['search allow', 'ai-train disallow', 'ai-index disallow']
 */
export function readContentUse(robots: Robots, agentToken: string): Statement[] {
  const out: Statement[] = [];
  let lowest: { level: number; raw: string; offset: number } | undefined;
  for (const { value, raw, offset } of groupRecords(robots, agentToken, 'content-signal')) {
    for (const part of value.toLowerCase().split(',')) {
      const [key, said, ...more] = part.split('=').map((one) => one.trim());
      if (key !== 'use') continue;
      const level = levels.indexOf(said as Level);
      if (level === -1 || more.length > 0) out.push(damaged(raw, offset));
      else if (!lowest || level < lowest.level) lowest = { level, raw, offset };
    }
  }
  if (!lowest) return out;
  const { level, raw, offset } = lowest;
  for (const [usage, least] of Object.entries(needed) as [LeafUsage, Level][]) {
    const enough = level >= levels.indexOf(least);
    if (enough && usage === 'ai-train') continue;
    out.push({ carrier: 'content-signal-use', usage, stance: enough ? 'allow' : 'disallow', raw, offset });
  }
  return out;
}

function damaged(raw: string, offset: number): Statement {
  const note = 'The value of "use" is none of immediate, reference, full.';
  return { carrier: 'content-signal-use', usage: 'all', stance: 'none', raw, offset, note, damaged: true };
}
