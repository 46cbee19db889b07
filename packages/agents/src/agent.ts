import type { Verification } from './verification.ts';

/** What an agent fetches pages for. */
export type Purpose = 'search' | 'ai-train' | 'ai-input' | 'ai-index' | 'user-fetch' | 'archive' | 'other';

/** One AI agent or search engine, as far as it is publicly known. */
export interface Agent {
  /** The product token, as the operator writes it. */
  readonly token: string;
  readonly operator: string;
  /**
   * `crawler` comes by itself, `fetcher` because a person asked, `control` never comes at all: it is only a name that
   * robots.txt can speak to.
   */
  readonly kind: 'crawler' | 'fetcher' | 'control';
  readonly purposes: readonly Purpose[];
  /** Where this is stated. */
  readonly documentation: string;
  /** When this row was last compared with its source (ISO date). */
  readonly asOf: string;
  /** How a site can verify that a request is the operator’s; empty where no way is known to us. */
  readonly verify: readonly Verification[];
}

/** The usage tokens of RSL 1.0 that a purpose can stand for. */
export type AgentUsage = 'ai-train' | 'ai-input' | 'ai-index' | 'search';

/**
 * Which usage a purpose stands for. An archive and an unstated purpose stand for none: what is done with the copy later
 * cannot be read off the visit.
 */
export const purposeUsages: Readonly<Record<Purpose, readonly AgentUsage[]>> = {
  search: ['search'],
  'ai-train': ['ai-train'],
  'ai-input': ['ai-input'],
  'ai-index': ['ai-index'],
  'user-fetch': ['ai-input'],
  archive: [],
  other: [],
};

/**
 * The usages an agent comes for, each once.
 *
 * @example
 * ```ts
 * import { agentByToken, usagesOf } from '@clearway/agents';
 *
 * usagesOf(agentByToken('OAI-SearchBot')) // => ['search', 'ai-index']
 * ```
 */
export function usagesOf(agent: Agent): AgentUsage[] {
  return [...new Set(agent.purposes.flatMap((purpose) => purposeUsages[purpose]))];
}
