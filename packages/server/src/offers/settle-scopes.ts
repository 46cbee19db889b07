import { anyPathOf, comparePatterns, compilePattern, findMatches, indexPatterns } from '@clearway/rsl';
import { grants, type Terms, USES, type Use } from './terms.ts';

type Scope = { readonly url: string; readonly terms: Terms };

/** Scopes that every careful reader of RSL reads in the same way (reading A2). */
export type SettledScopes<S extends Scope> = {
  /** Each with the uses that a scope inside it grants: there it says nothing of them, its list of permits is closed. */
  readonly said: readonly { readonly scope: S; readonly inside: ReadonlySet<Use> }[];
  /** What cannot be said: it lies in a part that grants nothing at all, not even to search engines. */
  readonly unsaid: readonly S[];
};

/**
 * Some readers let a narrower permission win over a broader prohibition, others let the prohibition stand, so the broader scope
 * says nothing where a narrower one grants: in RSL what is not permitted is not licensed. Where it permits nothing, such
 * silence would be a permission: the whole site is then left out, and a part of it closes all that lies in it.
 */
export function settleScopes<S extends Scope>(scopes: readonly S[]): SettledScopes<S> {
  const patterns = scopes.map(({ url }) => compilePattern(url));
  const index = indexPatterns(patterns);
  const around = patterns.map((pattern) =>
    findMatches(index, anyPathOf(pattern)).filter(
      (place) => comparePatterns(pattern, patterns[place]!) === 'narrower',
    ),
  );
  const granted = scopes.map(({ terms }) => USES.filter((use) => grants(terms[use])));
  const closes = scopes.map(({ url }, place) => granted[place]!.length === 0 && url !== '/');
  const isUnsaid = scopes.map(
    (_, place) => granted[place]!.length > 0 && around[place]!.some((other) => closes[other]),
  );
  const inside = scopes.map(() => new Set<Use>());
  for (const [place, others] of around.entries())
    if (!isUnsaid[place])
      for (const other of others) for (const use of granted[place]!) inside[other]!.add(use);
  const said = scopes.flatMap((scope, place) => {
    const open = inside[place]!;
    const silent = granted[place]!.length === 0 && open.size > 0;
    return isUnsaid[place] || silent ? [] : [{ scope, inside: open }];
  });
  return { said, unsaid: scopes.filter((_, place) => isUnsaid[place]) };
}
