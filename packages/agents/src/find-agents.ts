import type { Agent } from './agent.ts';
import { agents } from './agents.ts';

const byToken = new Map(agents.map((agent) => [agent.token.toLowerCase(), agent]));

/** Names of several words, by their first one. */
const phrases = Map.groupBy(
  agents
    .filter(({ token }) => token.includes(' '))
    .map((agent) => ({ agent, name: agent.token.toLowerCase() })),
  ({ name }) => name.slice(0, name.indexOf(' ')),
);

/** Longer headers are cut: no honest one comes near. */
const userAgentLimit = 2048;

/**
 * The agents a `User-Agent` header names, each once, in order. A name counts only as a whole product token: a word of
 * its own, perhaps with `/version`, compared without regard to case. Parts of words, names with something hyphenated to
 * them and names inside addresses do not count. Control names such as `Google-Extended` are never found, as they
 * never appear on the wire. The header is a claim: it can justify a question, never an access.
 *
 * @example
 * ```ts
 * import { findAgents } from '@clearway/agents';
 *
 * const found = findAgents('Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)');
 * found.map((agent) => agent.operator) // => ['OpenAI']
 * findAgents('Mozilla/5.0 (X11) Applebot-lookalike') // => []
 * ```
 */
export function findAgents(userAgent: string): Agent[] {
  const found = new Set<Agent>();
  const header = userAgent.slice(0, userAgentLimit);
  for (const { word, at } of words(header)) {
    const slash = word.indexOf('/');
    const name = (slash === -1 ? word : word.slice(0, slash)).toLowerCase();
    // After "name//" or "name/a/b" it is no version but an address.
    if (slash !== -1 && word.includes('/', slash + 1)) continue;
    const agent = byToken.get(name) ?? phraseAt(header, at, name);
    if (agent && agent.kind !== 'control') found.add(agent);
  }
  return [...found];
}

/** The agent whose name of several words begins here and ends at the end of a word. */
function phraseAt(header: string, at: number, first: string): Agent | undefined {
  return phrases.get(first)?.find(({ name }) => {
    const after = header[at + name.length];
    const ends = after === undefined || after === '/' || separators.includes(after);
    return ends && header.slice(at, at + name.length).toLowerCase() === name;
  })?.agent;
}

/**
 * The agent with this product token, compared without regard to case, or undefined.
 *
 * @example
 * ```ts
 * import { agentByToken } from '@clearway/agents';
 *
 * agentByToken('ccbot').operator // => 'Common Crawl Foundation'
 * ```
 */
export function agentByToken(token: string): Agent | undefined {
  return byToken.get(token.toLowerCase());
}

/** Words are separated by white space and by the punctuation of comments; a `+` around one belongs to its neighbour. */
function* words(text: string): Generator<{ word: string; at: number }> {
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !separators.includes(text[at]!)) continue;
    if (at > from) yield { word: text.slice(from, at), at: from };
    from = at + 1;
  }
}

const separators = ' \t()[]{};,"+';
