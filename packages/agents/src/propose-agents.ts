import type { Agent, Purpose } from './agent.ts';
import { compareAgentList, entriesOf, type ListedAgent, sorted, withoutVersion } from './compare-list.ts';
import { agentByToken } from './find-agents.ts';
import { refusalOf } from './refuse-token.ts';

/** A name the list has and we have not, as a row that a person completes. */
export interface ProposedAgent {
  /** What the list says it is for. */
  readonly said: string;
  readonly row: Agent;
}

/** What a person may take over into the list of agents. */
export interface AgentProposal {
  /** The day it was made (ISO date). */
  readonly madeOn: string;
  /** When our list was last compared before (ISO date). */
  readonly comparedBefore: string;
  /** What was compared: a file or an address. */
  readonly source: string;
  readonly added: readonly ProposedAgent[];
  readonly changed: readonly (ListedAgent & { readonly purposes: readonly Purpose[] })[];
  /** Names we know from that list alone, and it no longer has. */
  readonly dropped: readonly { readonly token: string; readonly asOf: string }[];
  /** Names of the list that must not become agents, each with the reason. */
  readonly refused: readonly { readonly token: string; readonly reason: string }[];
}

/**
 * A proposal for our list from a newer `robots.json` of the public list ai.robots.txt: rows to add, purposes to look at, names
 * to drop, and names that are refused with the reason. It changes nothing. Throws TypeError for a text that is no such list.
 *
 * @example
 * ```ts
 * import { proposeAgents } from '@clearway/agents';
 *
 * const text = '{"NewBot":{"operator":"New","function":"AI Search Crawlers"},"Spider":{"operator":""}}';
 * const { added, refused } = proposeAgents(text, { source: 'robots.json', madeOn: '2026-11-22' });
 * added.map(({ row }) => row.token) // => ['NewBot']
 * refused // => [{ token: 'Spider', reason: 'a word for any crawler' }]
 * ```
 */
export function proposeAgents(
  text: string,
  about: { readonly source: string; readonly madeOn: string },
): AgentProposal {
  const { asOf, added, changed, vanished } = compareAgentList(text);
  const refused = entriesOf(text).flatMap(({ token }) => {
    const reason = agentByToken(withoutVersion(token)) ? undefined : refusalOf(withoutVersion(token));
    return reason === undefined ? [] : [{ token, reason }];
  });
  const no = new Set(refused.map(({ token }) => token));
  return {
    madeOn: about.madeOn,
    comparedBefore: asOf,
    source: about.source,
    added: added
      .filter(({ token }) => !no.has(token))
      .map((one) => ({ said: one.said, row: rowOf(one, about) })),
    changed,
    dropped: vanished.map((token) => ({ token, asOf: agentByToken(token)?.asOf ?? asOf })),
    refused,
  };
}

/** A row as far as the list says; nobody has verified anything yet. */
function rowOf({ token, operator, said }: ListedAgent, about: { readonly madeOn: string }): Agent {
  const [purpose = 'other'] = Object.hasOwn(sorted, said) ? sorted[said]! : [];
  return {
    token: withoutVersion(token),
    operator: operator.replace(/^\[([^\]]*)\]\(.*\)$/, '$1') || 'not stated',
    kind: purpose === 'user-fetch' ? 'fetcher' : 'crawler',
    purposes: [purpose],
    documentation: 'https://github.com/ai-robots-txt/ai.robots.txt',
    asOf: about.madeOn,
    verify: [],
  };
}
