import { createHash } from 'node:crypto';
import { exactMatches, type KeyKind, type MatchIndex, TextMatcher } from '@clearway/match';
import type { ScanItem } from './item.ts';
import type { Hit } from './progress-file.ts';
import type { Matcher } from './run-scan.ts';

/** Excerpts named for one hit; the sums count all of them. */
const MAX_RUNS = 100;

const KIND_OF_KEY: { readonly [K in KeyKind]: Hit['kind'] } = {
  bytes: 'bytes',
  text: 'normalised-text',
  pixels: 'pixels',
  audio: 'pcm',
};

/** What compares items with an index: texts by their words, everything by its bytes. */
export function itemMatcher(index: MatchIndex): Matcher {
  return async (item) => {
    const sha256 = createHash('sha256').update(item.content).digest('hex');
    const hits: Omit<Hit, 'input' | 'item'>[] = exactMatches(index, [{ kind: 'bytes', sha256 }]).map(
      ({ workId, kind }) => ({ sha256, work: workId, kind: KIND_OF_KEY[kind] }),
    );
    const { words, found } = textHits(index, item);
    const whole = new Set(hits.map(({ work }) => work));
    // The same bytes are the same text; one line for a work is enough.
    for (const hit of found) if (!whole.has(hit.work)) hits.push({ sha256, ...hit });
    return { hits, words };
  };
}

function textHits(
  index: MatchIndex,
  { kind, content }: ScanItem,
): { words: number; found: Omit<Hit, 'input' | 'item' | 'sha256'>[] } {
  if (kind !== 'text' && kind !== 'html') return { words: 0, found: [] };
  const matcher = new TextMatcher(index);
  matcher.push(content);
  const matches = matcher.end();
  const found = matches.map((match) => {
    if (match.kind === 'whole') return { work: match.workId, kind: 'normalised-text' as const };
    const runs = match.runs.slice(0, MAX_RUNS).map(({ item, work, words }) => ({ item, work, words }));
    return {
      work: match.workId,
      kind: 'text' as const,
      ...{ words: match.words, coverage: match.coverage, runs },
    };
  });
  return { words: matcher.words, found };
}
