import { type LeafUsage, leafUsages } from './permissions.ts';
import type { AgentVerdict, EvidenceRecord } from './verdict.ts';

/** Two things a site says that do not go together. */
export interface Contradiction {
  /** `yes-and-no`: one carrier gives what another reserves. `closed-offer`: terms for whom robots.txt keeps out. `unreadable`. */
  readonly kind: 'yes-and-no' | 'closed-offer' | 'unreadable';
  readonly usage: LeafUsage;
  readonly agents: readonly string[];
  /** Ids of the records. */
  readonly records: readonly string[];
}

/** What a site says twice and differently, and what cannot be read, each once with the agents it concerns. */
export function contradictions(
  verdicts: readonly AgentVerdict[],
  records: readonly EvidenceRecord[],
): Contradiction[] {
  const byId = new Map(records.map((one) => [one.id, one]));
  const found = new Map<string, { one: Omit<Contradiction, 'agents'>; agents: string[] }>();
  for (const { agent, fetch, usages } of verdicts) {
    for (const usage of leafUsages) {
      const { because, damaged, allowing, conditional } = usages[usage];
      const robots = because.filter((id) => byId.get(id)?.carrier === 'robots');
      const add = (kind: Contradiction['kind'], ids: readonly string[]) => {
        const key = [kind, usage, ...ids].join();
        const entry = found.get(key) ?? { one: { kind, usage, records: ids }, agents: [] };
        entry.agents.push(agent);
        found.set(key, entry);
      };
      const reserving = because.filter((id) => byId.get(id) && byId.get(id)!.stance !== 'allow');
      if (allowing.length > 0 && reserving.length > 0) add('yes-and-no', [...allowing, ...reserving]);
      if (fetch === 'refused' && conditional.length > 0) add('closed-offer', [...conditional, ...robots]);
      if (damaged.length > 0) add('unreadable', damaged);
    }
  }
  return [...found.values()].map(({ one, agents }) => ({ ...one, agents }));
}
