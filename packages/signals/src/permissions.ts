import type { UsageToken } from '@clearway/rsl';

/** What a holder says about one usage: given to all, given to nobody, or given against terms (a price, a question). */
export type Stance = 'allow' | 'disallow' | 'conditional';

/** A stance for each usage that anything is said about. A usage left out is one nothing is said about. */
export type Permissions = Readonly<Partial<Record<UsageToken, Stance>>>;

/** The usages that are not groups of others. */
export const leafUsages = ['ai-train', 'ai-input', 'ai-index', 'search'] as const;
/** A usage that is not a group of others. */
export type LeafUsage = (typeof leafUsages)[number];

/**
 * What is said about one usage: its own entry, else that of the group it is in, else nothing.
 *
 * @example
 * ```ts
 * import { stanceFor } from '@clearway/signals';
 *
 * stanceFor({ 'ai-all': 'disallow', 'ai-input': 'conditional' }, 'ai-input') // => 'conditional'
 * stanceFor({ 'ai-all': 'disallow' }, 'search') // => undefined
 * ```
 */
export function stanceFor(permissions: Permissions, usage: UsageToken): Stance | undefined {
  const own = permissions[usage];
  if (own || usage === 'all') return own;
  const isAi = usage !== 'search' && usage !== 'ai-all';
  return (isAi ? permissions['ai-all'] : undefined) ?? permissions.all;
}
