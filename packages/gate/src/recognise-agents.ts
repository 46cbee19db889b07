import type { AgentUsage } from '@clearway/agents';
import { findAgents, usagesOf } from '@clearway/agents';

/** What a `User-Agent` claims to be. Only an `agent` is ever asked for a license. */
export interface Visitor {
  readonly kind: 'person' | 'agent';
  /** The product tokens found, joined with a space: for refusal counts and records. */
  readonly name: string;
  /** The uses other than search that the agents named come for; never empty for `agent`. */
  readonly uses: readonly Exclude<AgentUsage, 'search'>[];
}

const person: Visitor = { kind: 'person', name: '', uses: [] };
const LENGTH_LIMIT = 512;

/**
 * A function that tells visitors apart by their `User-Agent`, and remembers up to `limit` headers so that the same one costs
 * one look-up. Agents count only as whole product tokens of the list in `@clearway/agents`. Who is not on it, comes for
 * nothing that has a name in RSL, or comes for search alone, is let through like a person: terms for search engines are
 * stated, not enforced, as the header alone cannot tell a real one.
 *
 * @example
 * ```ts
 * const recognise = createRecogniser();
 * recognise('Mozilla/5.0 (compatible; GPTBot/1.2)').uses // => ['ai-train']
 * recognise('Mozilla/5.0 (compatible; Googlebot/2.1)').kind // => 'person'
 * recognise('Mozilla/5.0 (X11; Linux x86_64) Cubot').kind // => 'person'
 * ```
 */
export function createRecogniser(limit = 4_096): (userAgent: string | undefined) => Visitor {
  const known = new Map<string, Visitor>();
  return function recognise(userAgent) {
    if (userAgent === undefined || userAgent === '') return person;
    const found = known.get(userAgent);
    if (found) return found;
    const visitor = describe(userAgent.slice(0, LENGTH_LIMIT));
    if (userAgent.length <= LENGTH_LIMIT) {
      // Forgetting everything is rare and cheap, and needs no book-keeping on the way of every request.
      if (known.size >= limit) known.clear();
      known.set(userAgent, visitor);
    }
    return visitor;
  };
}

function describe(userAgent: string): Visitor {
  const agents = findAgents(userAgent);
  const uses = [...new Set(agents.flatMap(usagesOf))].filter((use) => use !== 'search');
  if (uses.length === 0) return person;
  const name = agents.map((agent) => agent.token).join(' ');
  return { kind: 'agent', name: name.slice(0, 200), uses };
}
