import { covers } from '@clearway/rsl';
import { type LeafUsage, leafUsages } from './permissions.ts';
import { foldTdm } from './tdm-fold.ts';
import type {
  AgentVerdict,
  Contract,
  Declaration,
  EvidenceRecord,
  SilencePolicy,
  UsageVerdict,
} from './verdict.ts';

/** What one agent is judged on. */
export interface Case {
  readonly agent: string;
  readonly fetch: 'allowed' | 'refused';
  /** Everything that speaks to this agent. */
  readonly records: readonly EvidenceRecord[];
  readonly contracts: readonly Contract[];
  readonly declarations: readonly Declaration[];
  readonly silence: SilencePolicy;
  /** The instant the contracts are asked for, RFC 3339. */
  readonly at: string;
}

/** The answers for one agent, in the order: contract, refusal, permission, silence. */
export function judge(about: Case): AgentVerdict {
  const { agent, fetch } = about;
  const usages = Object.fromEntries(leafUsages.map((usage) => [usage, judgeUsage(about, usage)]));
  return { agent, fetch, usages: usages as Record<LeafUsage, UsageVerdict> };
}

function judgeUsage(about: Case, usage: LeafUsage): UsageVerdict {
  const { fetch, silence } = about;
  const speaking = about.records.filter((one) => covers(one.usage, usage));
  const damaged = ids(speaking.filter((one) => one.damaged));
  const { kept, setAside } = foldTdm(speaking);
  const refusing = kept.filter((one) => one.stance === 'disallow');
  const conditional = kept.filter((one) => one.stance === 'conditional');
  const terms = [...new Set(conditional.flatMap((one) => one.policy ?? []))].toSorted();
  const allowing = ids(kept.filter((one) => one.stance === 'allow'));
  const common = { allowing, conditional: ids(conditional), setAside: ids(setAside), damaged, terms };
  const mayFetch = fetch === 'allowed';

  const contract = contractFor(about, usage);
  if (contract) {
    const { outcome, because } = contract;
    return { ...common, outcome, because, rule: 'contract', usable: outcome === 'licensed' };
  }
  const signed = about.declarations.filter((one) => covers(one.usage, usage));
  const no = signed.filter((one) => one.stance === 'disallow');
  const against = signed.filter((one) => one.stance === 'conditional');
  const yes = signed.filter((one) => one.stance === 'allow');
  const owner = yes.filter((one) => one.controlsDomain);
  if (owner.length > 0 && no.length + against.length === 0) {
    const because = ids(owner);
    return { ...common, outcome: 'allowed', because, rule: 'signed-by-domain', usable: mayFetch };
  }
  const refusals = [...ids(refusing), ...ids(no)];
  if (refusals.length > 0)
    return { ...common, outcome: 'refused', because: refusals, rule: 'most-restrictive', usable: false };
  const conditions = [...ids(conditional), ...ids(against)];
  if (conditions.length > 0)
    return {
      ...common,
      outcome: 'conditional',
      because: conditions,
      rule: 'most-restrictive',
      usable: false,
    };
  const usable = mayFetch && damaged.length === 0;
  if (yes.length > 0)
    return { ...common, outcome: 'allowed', because: ids(yes), rule: 'signed-preference', usable };
  if (allowing.length > 0)
    return { ...common, outcome: 'allowed', because: allowing, rule: 'preference', usable };
  const lenient = silence === 'usable-unless-reserved';
  return { ...common, outcome: 'unknown', because: [], rule: 'silence', usable: usable && lenient };
}

function contractFor({ contracts, at, agent }: Case, usage: LeafUsage) {
  const now = Date.parse(at);
  const inForce = contracts.filter(({ from, to, agents }) => {
    const concerns = !agents || agents.some((one) => one.toLowerCase() === agent.toLowerCase());
    return concerns && Date.parse(from) <= now && (to === undefined || now < Date.parse(to));
  });
  const prohibiting = inForce.filter((one) => one.prohibits?.some((token) => covers(token, usage)));
  if (prohibiting.length > 0) return { outcome: 'refused', because: ids(prohibiting) } as const;
  const permitting = inForce.filter((one) => one.permits.some((token) => covers(token, usage)));
  return permitting.length > 0 ? ({ outcome: 'licensed', because: ids(permitting) } as const) : undefined;
}

function ids(list: readonly { readonly id: string }[]): string[] {
  return list.map((one) => one.id);
}
