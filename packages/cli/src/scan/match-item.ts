import { createHash } from 'node:crypto';
import {
  audioKey,
  exactMatches,
  hasKeys,
  type KeyKind,
  MatchError,
  type MatchIndex,
  pixelKey,
  readableText,
  TextMatcher,
} from '@clearway/match';
import { works } from '@clearway/server';
import type { FaultCode, ScanItem } from './item.ts';
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

/** The index, and what is in it at all: nothing is decoded for nothing. */
type Against = { readonly index: MatchIndex; readonly pixels: boolean; readonly audio: boolean };
type Found = Omit<Hit, 'input' | 'item' | 'sha256'>;
type Looked = {
  readonly found: readonly Found[];
  readonly words?: number;
  readonly fault?: FaultCode;
  readonly detail?: string;
};

/**
 * What compares items with an index: everything by its bytes, texts by their words, pictures by their pixels, recordings
 * by their samples.
 */
export function itemMatcher(index: MatchIndex): Matcher {
  const against: Against = {
    index,
    pixels: hasKeys(index, 'pixels'),
    audio: hasKeys(index, 'audio'),
  };
  return async (item) => {
    const hash = createHash('sha256');
    const { found, words = 0, fault, detail = '' } = await look(against, item, (piece) => hash.update(piece));
    const sha256 = hash.digest('hex');
    // The same bytes are the same text; one line for a work is enough.
    const hits = new Map([...found, ...exact(index, 'bytes', sha256)].map((hit) => [hit.work, hit]));
    const { input, item: name } = item;
    return {
      hits: [...hits.values()].map((hit) => ({ sha256, ...hit })),
      words,
      ...(fault && { faults: [{ input, item: name, code: fault, detail }] }),
    };
  };
}

/** Looks into an item; every byte of it goes through `read` once. */
async function look(
  against: Against,
  { kind, content }: ScanItem,
  read: (piece: Uint8Array) => void,
): Promise<Looked> {
  const { index } = against;
  if (!(content instanceof Uint8Array)) {
    const matcher = kind === 'text' ? new TextMatcher(index) : undefined;
    for await (const piece of content.pieces()) {
      read(piece);
      matcher?.push(piece);
    }
    if (matcher) return textFound(matcher);
    return { found: [], ...(kind !== 'other' && { fault: 'file-too-large' as const }) };
  }
  read(content);
  if (kind === 'image') return against.pixels ? lookAtImage(index, content) : { found: [] };
  if (kind === 'audio') return against.audio ? listen(index, content) : { found: [] };
  if (kind === 'other') return { found: [] };
  const matcher = new TextMatcher(index);
  matcher.push(readableText(content, kind === 'html' ? 'text/html' : 'text/plain'));
  return textFound(matcher);
}

function textFound(matcher: TextMatcher): Looked {
  const found = matcher.end().map((match): Found => {
    if (match.kind === 'whole') return { work: match.workId, kind: 'normalised-text' };
    const runs = match.runs.slice(0, MAX_RUNS).map(({ item, work, words }) => ({ item, work, words }));
    return {
      work: match.workId,
      kind: 'text',
      ...{ words: match.words, coverage: match.coverage, runs },
    };
  });
  return { found, words: matcher.words };
}

async function lookAtImage(index: MatchIndex, content: Uint8Array): Promise<Looked> {
  const pixels = await works.decodeImage(content);
  if (!pixels) return { found: [], fault: 'image-unreadable' };
  return { found: exact(index, 'pixels', pixelKey(pixels)) };
}

function listen(index: MatchIndex, content: Uint8Array): Looked {
  try {
    const key = audioKey(content);
    return { found: key === undefined ? [] : exact(index, 'audio', key) };
  } catch (error) {
    if (error instanceof MatchError) return { found: [], fault: 'audio-unreadable', detail: error.message };
    throw error;
  }
}

function exact(index: MatchIndex, kind: KeyKind, sha256: string): Found[] {
  return exactMatches(index, [{ kind, sha256 }]).map((match) => ({
    work: match.workId,
    kind: KIND_OF_KEY[match.kind],
  }));
}
