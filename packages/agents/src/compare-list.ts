import type { Agent, Purpose } from './agent.ts';
import { agents } from './agents.ts';
import { agentByToken } from './find-agents.ts';
import { agentsAsOf, leftOut } from './left-out.ts';

/** One entry of a public list that is worth a look. */
export interface ListedAgent {
  readonly token: string;
  readonly operator: string;
  /** What the list says it is for. */
  readonly said: string;
}

/** How a public list differs from ours. */
export interface ListComparison {
  /** When ours was last compared (ISO date). */
  readonly asOf: string;
  readonly listed: number;
  /** Names the list has and we have not, nor have left out. */
  readonly added: readonly ListedAgent[];
  /** Names for which the list now states another purpose than we do. */
  readonly changed: readonly (ListedAgent & { readonly purposes: readonly Purpose[] })[];
  /** Names we know from that list alone, and it no longer has. */
  readonly vanished: readonly string[];
}

/** The words by which the list sorts agents, and what we would call that. Others are free text: a person has to read them. */
export const sorted: Readonly<Record<string, readonly Purpose[]>> = {
  'AI Assistants': ['user-fetch', 'ai-input', 'other'],
  'AI Agents': ['user-fetch', 'ai-input', 'other'],
  'AI Coding Agents': ['user-fetch', 'ai-input', 'other'],
  'AI Data Scrapers': ['ai-train', 'other'],
  'AI Search Crawlers': ['ai-index', 'search', 'other'],
};

/**
 * Compares a newer `robots.json` of the public list ai.robots.txt with ours. It changes nothing: what an agent is for is a fact
 * with a source, so a person looks at each difference. Names count without regard to case, versions after a blank are left
 * off. Throws TypeError for a text that is no such list.
 *
 * @example
 * ```ts
 * import { compareAgentList } from '@clearway/agents';
 *
 * const text = '{"NewBot":{"operator":"New","function":"AI Search Crawlers"},"GPTBot":{"operator":"OpenAI"}}';
 * compareAgentList(text).added.map((one) => one.token) // => ['NewBot']
 * ```
 */
export function compareAgentList(text: string): ListComparison {
  const entries = entriesOf(text);
  const names = new Set(entries.map((one) => one.token.toLowerCase()));
  const dropped = new Set(leftOut.map(({ token }) => token.toLowerCase()));
  const added = entries.filter(({ token }) => !dropped.has(token.toLowerCase()) && !known(token));
  const changed = entries.flatMap((entry) => {
    const agent = known(entry.token);
    const fitting = Object.hasOwn(sorted, entry.said) ? sorted[entry.said] : undefined;
    if (!agent || !fitting || agent.purposes.some((one) => fitting.includes(one))) return [];
    return [{ ...entry, purposes: agent.purposes }];
  });
  const vanished = agents
    .filter((agent) => agent.documentation.includes('ai-robots-txt/ai.robots.txt'))
    .map((agent) => agent.token)
    .filter(
      (token) =>
        !names.has(token.toLowerCase()) &&
        ![...names].some((one) => withoutVersion(one) === token.toLowerCase()),
    );
  return { asOf: agentsAsOf, listed: entries.length, added, changed, vanished };
}

function known(token: string): Agent | undefined {
  return agentByToken(token) ?? agentByToken(withoutVersion(token));
}

/** `Brightbot 1.0` and `iaskspider/2.0` name a version as a header would. */
export function withoutVersion(token: string): string {
  return token.replace(/[ /][\d.]+$/, '');
}

/** The entries of such a list; TypeError where it is none. */
export function entriesOf(text: string): ListedAgent[] {
  const list = jsonOf(text);
  if (typeof list !== 'object' || list === null || Array.isArray(list))
    throw new TypeError('This is no list of agents: a JSON object with a name for each key was expected.');
  return Object.entries(list).map(([token, entry]: [string, unknown]) => {
    if (typeof entry !== 'object' || entry === null || token.length > 200)
      throw new TypeError(`This is no list of agents: "${token.slice(0, 80)}" is no entry.`);
    const { operator, function: said } = entry as Record<string, unknown>;
    return {
      token,
      operator: typeof operator === 'string' ? operator : '',
      said: typeof said === 'string' ? said : '',
    };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new TypeError('This is no list of agents: it is no JSON.');
    throw error;
  }
}
