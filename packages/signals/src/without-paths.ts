import { leafUsages, type Permissions, stanceFor } from './permissions.ts';

/**
 * What a carrier without paths can say for a site with parts: a permission only where no part of the site is stricter,
 * and otherwise nothing about that usage. Neither gives it what a part refuses, nor refuses what the site gives.
 */
export function withoutPaths(whole: Permissions, parts: readonly Permissions[]): Permissions {
  const pairs = leafUsages.flatMap((usage) => {
    const stance = stanceFor(whole, usage);
    if (stance === undefined) return [];
    const shared = parts.every((one) => stanceFor(one, usage) === 'allow');
    return stance === 'allow' && !shared ? [] : [[usage, stance] as const];
  });
  return Object.fromEntries(pairs);
}
