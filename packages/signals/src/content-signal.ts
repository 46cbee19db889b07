import type { Robots } from '@clearway/rsl';
import { groupRecords } from './group-records.ts';
import { type Permissions, type Stance, stanceFor } from './permissions.ts';
import type { SignalRecord } from './record.ts';

const keys = ['search', 'ai-input', 'ai-train'] as const;
type Key = (typeof keys)[number];

/** Says in robots.txt what the signals mean; a reservation must be express (Directive (EU) 2019/790, Article 4). */
export const contentSignalNotice =
  '# Content-Signal: yes grants, no refuses, nothing says nothing; see https://contentsignals.org/\n' +
  '# Every "no" is an express reservation of rights under Article 4 of Directive (EU) 2019/790.';

/**
 * A `Content-Signal` line for a robots.txt group, or undefined when there is nothing to say. Its three names are those
 * of RSL. A use against terms is a `no`, which a licence overrides.
 *
 * @example
 * ```ts
 * import { contentSignalLine } from '@clearway/signals';
 *
 * contentSignalLine({ search: 'allow', 'ai-all': 'conditional' }) // => 'Content-Signal: search=yes, ai-input=no, ai-train=no'
 * ```
 */
export function contentSignalLine(permissions: Permissions): string | undefined {
  const parts = keys.flatMap((key) => {
    const stance = stanceFor(permissions, key);
    return stance ? [`${key}=${stance === 'allow' ? 'yes' : 'no'}`] : [];
  });
  return parts.length === 0 ? undefined : `Content-Signal: ${parts.join(', ')}`;
}

/**
 * Reads the `Content-Signal` lines that speak to an agent. Spacing, case and unknown keys do not matter; of several
 * values for one key the strictest counts. `use` is read by {@link readContentUse}.
 *
 * @example
 * import { parseRobots } from '@clearway/rsl';
 * const robots = parseRobots('User-agent: *\nContent-Signal: search=yes, ai-train=no')
 * readContentSignals(robots, '*', 'robots.txt').map((r) => `${r.usage} ${r.stance}`) // => ['search allow', 'ai-train disallow']
 */
export function readContentSignals(robots: Robots, agentToken: string, source: string): SignalRecord[] {
  const strictest = new Map<Key, SignalRecord>();
  for (const { value, raw, offset } of groupRecords(robots, agentToken, 'content-signal')) {
    for (const part of value.toLowerCase().split(',')) {
      const equals = part.indexOf('=');
      const key = keys.find((one) => one === part.slice(0, Math.max(equals, 0)).trim());
      const stance = toStance(part.slice(equals + 1).trim());
      if (!key || !stance || strictest.get(key)?.stance === 'disallow') continue;
      const agent = agentToken === '*' ? {} : { agent: agentToken };
      strictest.set(key, { carrier: 'content-signal', source, raw, usage: key, stance, offset, ...agent });
    }
  }
  return [...strictest.values()];
}

function toStance(text: string): Stance | undefined {
  return text === 'yes' ? 'allow' : text === 'no' ? 'disallow' : undefined;
}
