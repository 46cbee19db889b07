import { createHash } from 'node:crypto';
import {
  audioKey,
  blankMarkup,
  type ExactKey,
  exactMatches,
  type KeyKind,
  MatchError,
  type MatchIndex,
  pixelKey,
  TextMatcher,
} from '@clearway/match';
import { works } from '@clearway/server';
import type { ScanFault, ScanItem } from './item.ts';
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

/**
 * What compares items with an index: texts by their words, pictures by their pixels, recordings by their samples or
 * frames, everything by its bytes.
 */
export function itemMatcher(index: MatchIndex): Matcher {
  return async (item) => {
    const sha256 = createHash('sha256').update(item.content).digest('hex');
    const { keys, faults } = await keysOf(item, sha256);
    const hits: Omit<Hit, 'input' | 'item'>[] = [];
    const found = new Set<string>();
    const add = (hit: Omit<Hit, 'input' | 'item' | 'sha256'>) => {
      // The same bytes are the same text and pixels; one line for a work is enough.
      if (!found.has(hit.work)) hits.push({ sha256, ...hit });
      found.add(hit.work);
    };
    for (const { workId, kind } of exactMatches(index, keys)) add({ work: workId, kind: KIND_OF_KEY[kind] });
    const text = textHits(index, item);
    for (const hit of text.found) add(hit);
    return { hits, words: text.words, faults };
  };
}

async function keysOf(
  { input, item, kind, content }: ScanItem,
  sha256: string,
): Promise<{ keys: ExactKey[]; faults: ScanFault[] }> {
  const keys: ExactKey[] = [{ kind: 'bytes', sha256 }];
  const faults: ScanFault[] = [];
  if (kind === 'image') {
    const pixels = await works.decodeImage(content);
    if (pixels) keys.push({ kind: 'pixels', sha256: pixelKey(pixels) });
    else faults.push({ input, item, code: 'image-unreadable', detail: '' });
  }
  if (kind === 'audio') {
    try {
      const audio = audioKey(content);
      if (audio !== undefined) keys.push({ kind: 'audio', sha256: audio });
    } catch (error) {
      if (!(error instanceof MatchError)) throw error;
      faults.push({ input, item, code: 'audio-unreadable', detail: error.message });
    }
  }
  return { keys, faults };
}

function textHits(
  index: MatchIndex,
  { kind, content }: ScanItem,
): { words: number; found: Omit<Hit, 'input' | 'item' | 'sha256'>[] } {
  if (kind !== 'text' && kind !== 'html') return { words: 0, found: [] };
  const matcher = new TextMatcher(index);
  matcher.push(kind === 'html' ? blankMarkup(content) : content);
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
