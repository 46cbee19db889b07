import type { BundleTerms, UsageName, UseAnswer } from '@clearway/protocol';
import { compilePattern, covers, matchPrepared, type PathPattern, specificity } from '@clearway/rsl';

/** Finds the terms that govern a path from `preparePath`; undefined where nothing was said. */
export type TermsIndex = (path: string) => BundleTerms | undefined;

type Entry = { readonly terms: BundleTerms; readonly pattern: PathPattern; readonly weight: number };

/**
 * Indexes terms by the last directory of their pattern's literal beginning, so that a look-up tries only patterns along
 * the path. What is excluded governs, then the most specific pattern (RFC 9309 §2.2.2); of equals the first.
 */
export function indexTerms(terms: readonly BundleTerms[]): TermsIndex {
  const buckets = new Map<string, Entry[]>();
  for (const one of terms) {
    const pattern = compilePattern(one.pattern);
    const literal = pattern.pieces[0]!;
    const bucket = pattern.anchored && pattern.pieces.length === 1 ? literal : directory(literal);
    const weight = one.excluded ? Number.MAX_SAFE_INTEGER : specificity(pattern);
    const entry = { terms: one, pattern, weight };
    const entries = buckets.get(bucket);
    if (entries) entries.push(entry);
    else buckets.set(bucket, [entry]);
  }
  for (const entries of buckets.values()) entries.sort((a, b) => b.weight - a.weight);
  return function find(path) {
    let best = governing(buckets.get(path), path, undefined);
    for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
      best = governing(buckets.get(path.slice(0, slash + 1)), path, best);
      if (slash === 0) break;
    }
    return governing(buckets.get(''), path, best)?.terms;
  };
}

function governing(
  entries: readonly Entry[] | undefined,
  path: string,
  best: Entry | undefined,
): Entry | undefined {
  for (const entry of entries ?? []) {
    if (best && entry.weight <= best.weight) return best;
    if (matchPrepared(entry.pattern, path)) return entry;
  }
  return best;
}

function directory(literal: string): string {
  return literal.slice(0, literal.lastIndexOf('/') + 1);
}

/** What the terms answer for one use: the narrowest use named that covers it. What is not said is `no`. */
export function answerFor(terms: BundleTerms, use: UsageName): UseAnswer {
  return (
    terms.uses[use] ?? (covers('ai-all', use) ? terms.uses['ai-all'] : undefined) ?? terms.uses.all ?? 'no'
  );
}
