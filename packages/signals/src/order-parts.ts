import { comparePatterns, compilePattern, type PathPattern, specificity } from '@clearway/rsl';
import { openEnd, overlaps } from './overlaps.ts';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';

/** A part of a site for which something else holds. */
export interface PublicationPart {
  /** RFC 9309 path pattern. */
  readonly pattern: string;
  readonly permissions: Permissions;
  /** A TDMRep policy of its own. */
  readonly policyUrl?: string;
  /** It is somebody else's: it is refused, whatever is said of it and of other parts that reach into it. */
  readonly excluded?: boolean;
}

/** A part in its place among the others. */
export interface GoverningPart {
  /** The normal spelling: nothing in it can end a line. */
  readonly pattern: string;
  readonly path: PathPattern;
  readonly permissions: Permissions;
  readonly policyUrl?: string;
  readonly excluded: boolean;
}

const refusal: Permissions = { all: 'disallow' };

/**
 * The parts in the order in which they govern: of those that match an address the first counts. What is somebody else's
 * comes first, then a part before those it lies in. Where two merely overlap, both say the stricter of what they say.
 */
export function orderParts(parts: readonly PublicationPart[]): GoverningPart[] {
  const known = new Map<string, GoverningPart>();
  for (const { pattern, permissions, policyUrl, excluded = false } of parts) {
    // No path holds a "#", and in robots.txt it would begin a comment.
    const path = compilePattern(openEnd(pattern.replaceAll('#', '%23')));
    const before = known.get(path.source);
    if (before?.excluded) continue;
    const said = excluded ? refusal : before ? strictest(before.permissions, permissions) : permissions;
    const policy = !excluded && policyUrl !== undefined ? { policyUrl } : {};
    known.set(path.source, { pattern: path.source, path, permissions: said, excluded, ...policy });
  }
  const excluded = [...known.values()].filter((one) => one.excluded);
  // What lies wholly in something that is refused never governs.
  const own = [...known.values()].filter(
    (one) =>
      !one.excluded &&
      !excluded.some(({ path }) => ['equal', 'narrower'].includes(comparePatterns(one.path, path))),
  );
  const simple = own.filter(({ path }) => path.pieces.length === 1);
  const ordered = simple.toSorted((a, b) => specificity(b.path) - specificity(a.path));
  for (const one of own.filter(({ path }) => path.pieces.length > 1)) {
    // Nothing narrower can stand behind something broader, so before the first of these is right.
    const broader = ordered.findIndex(({ path }) => comparePatterns(one.path, path) === 'narrower');
    ordered.splice(broader === -1 ? ordered.length : broader, 0, one);
  }
  return [...excluded, ...reconcile(ordered)];
}

/** What is left when both hold: the less permissive stance for each usage; silence is less than a permission. */
export function strictest(one: Permissions, other: Permissions): Permissions {
  const pairs = leafUsages.flatMap((usage) => {
    const stances = [stanceFor(one, usage), stanceFor(other, usage)];
    const order: readonly (Stance | undefined)[] = ['disallow', 'conditional', undefined, 'allow'];
    const stance = order.find((each) => stances.includes(each));
    return stance === undefined ? [] : [[usage, stance] as const];
  });
  return Object.fromEntries(pairs);
}

function reconcile(parts: readonly GoverningPart[]): GoverningPart[] {
  const out = [...parts];
  const strewn = out.flatMap(({ path }, index) => (path.pieces.length > 1 ? [index] : []));
  const pairs = strewn.flatMap((a) => {
    const others = out.flatMap((_, b) => (a !== b && crosses(out[a]!, out[b]!) ? [b] : []));
    return others.map((b) => [a, b] as const);
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of pairs) {
      const both = strictest(out[a]!.permissions, out[b]!.permissions);
      for (const index of [a, b]) {
        const one = out[index]!;
        if (leafUsages.every((usage) => stanceFor(one.permissions, usage) === stanceFor(both, usage)))
          continue;
        out[index] = { ...one, permissions: both };
        changed = true;
      }
    }
  }
  return out;
}

function crosses(one: GoverningPart, other: GoverningPart): boolean {
  const relation = comparePatterns(one.path, other.path);
  return relation === 'equal' || (relation === 'unrelated' && overlaps(one.path, other.path));
}
