import type { Kernel } from '../kernel/index.ts';
import { addCounted } from './store-tokens.ts';

/**
 * Adds fetches that were counted once and for ever for a token, so that the month's limit of acceptance in advance knows
 * what was used. Answers false for a token this instance did not issue.
 */
export function countFetches(
  t: Kernel,
  { jti, fetches }: { jti: string; fetches: number },
): Promise<boolean> {
  return addCounted(t.db, jti, BigInt(fetches));
}
