import type { UsageToken } from '@clearway/rsl';

/** What an AI system asks for in the words of CoMP 1.0. */
export interface CompRequest {
  /** Its domain. */
  readonly name: string;
  readonly userAgent: string | undefined;
  readonly id: string | undefined;
  readonly licenseId: string | undefined;
  readonly addresses: readonly string[];
  readonly usages: readonly UsageToken[];
}

const functions: readonly UsageToken[] = ['all', 'ai-all', 'ai-train', 'ai-input', 'ai-index', 'search'];

/**
 * Reads a CoMP 1.0 request (`aisystem`). Undefined when it is none, or asks for a function CoMP does not have: a question
 * that is half understood must not be answered. Without a function it asks for everything.
 *
 * @example
 * ```ts
 * import { readCompRequest } from '@clearway/signals';
 *
 * const text = '{"aisystem":{"name":"ai.example","aisysuse":{"uri":["https://a.example/"],"function":[2,5]}}}';
 * readCompRequest(text).usages // => ['ai-train', 'search']
 * ```
 */
export function readCompRequest(text: string): CompRequest | undefined {
  const system = member(jsonOf(text), 'aisystem');
  const use = member(system, 'aisysuse');
  const name = member(system, 'name');
  if (typeof name !== 'string' || typeof use !== 'object' || use === null) return undefined;
  const asked = [member(use, 'function') ?? 0].flat();
  const usages = asked.map((one) => (Number.isInteger(one) ? functions[one as number] : undefined));
  const addresses = [member(use, 'uri') ?? []].flat();
  if (asked.length === 0 || usages.includes(undefined)) return undefined;
  if (!addresses.every((one) => typeof one === 'string' && URL.canParse(one))) return undefined;
  return {
    name,
    userAgent: textOf(member(system, 'ua')),
    id: textOf(member(system, 'id')),
    licenseId: textOf(member(use, 'lid')),
    addresses: addresses as string[],
    usages: usages as UsageToken[],
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
