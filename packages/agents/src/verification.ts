/** A way in which an operator lets sites tell its requests from those of others, with where and when that was stated. */
export type Verification = (
  | { readonly method: 'ip-list'; readonly url: string }
  /** The address has a name below one of these domains, and the name has that address. */
  | { readonly method: 'reverse-dns'; readonly suffixes: readonly string[] }
  /** Requests are signed; the keys are in this directory. */
  | { readonly method: 'web-bot-auth'; readonly directory: string }
  | { readonly method: 'autonomous-system'; readonly number: number }
) & { readonly source: string; readonly asOf: string };

/**
 * One line about how requests of an agent can be verified: `none-known` where we know of no way, which is not to say
 * that there is none.
 *
 * @example
 * ```ts
 * import { agentByToken, describeVerification } from '@clearway/agents';
 *
 * describeVerification(agentByToken('GPTBot')) // => 'ip-list https://openai.com/gptbot.json'
 * describeVerification(agentByToken('Bytespider')) // => 'none-known'
 * describeVerification(agentByToken('Google-Extended')) // => 'never-comes'
 * ```
 */
export function describeVerification(agent: {
  readonly kind: string;
  readonly verify: readonly Verification[];
}): string {
  if (agent.kind === 'control') return 'never-comes';
  return agent.verify.map(words).join('; ') || 'none-known';
}

function words(one: Verification): string {
  if (one.method === 'ip-list') return `ip-list ${one.url}`;
  if (one.method === 'reverse-dns')
    return `reverse-dns ${one.suffixes.map((suffix) => `*.${suffix}`).join(' ')}`;
  if (one.method === 'web-bot-auth') return `web-bot-auth ${one.directory}`;
  return `autonomous-system AS${one.number}`;
}
