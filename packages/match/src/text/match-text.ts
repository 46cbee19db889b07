import { exactMatches, type MatchIndex } from '../index-file/read-index.ts';
import {
  equalBefore,
  equalFrom,
  type Ground,
  LOOKAHEAD,
  type Meeting,
  resumeAfter,
  resumeBefore,
} from './follow-runs.ts';
import { choosePassages, MIN_MATCHED, type Run, wordsOfRun } from './runs.ts';
import { type Block, SHINGLE, ShingleReader } from './shingle-reader.ts';
import { textKey, utf8 } from './text-key.ts';
import { MIN_WORDS } from './text-print.ts';

/** A stretch of equal words in the item and in the work. Ranges are half-open. */
export type MatchedRun = {
  /** Words of the item, counted from 0. */
  readonly item: readonly [from: number, to: number];
  /** Bytes of the item. */
  readonly bytes: readonly [from: number, to: number];
  /** Words of the work. */
  readonly work: readonly [from: number, to: number];
  readonly words: number;
};

/** A work parts of which are in the item. Says that words are equal, not who took them from whom. */
export type TextMatch = {
  readonly workId: string;
  readonly withdrawn: boolean;
  /** `whole`: all words of a text shorter than 30 words, and nothing else. */
  readonly kind: 'excerpt' | 'whole';
  /** In the order of the item. */
  readonly runs: readonly MatchedRun[];
  /** Words of the item that are in the work. */
  readonly words: number;
  /** Part of the work that is in the item, 0 to 1. */
  readonly coverage: number;
  /** Part of the item that is in the work, 0 to 1. */
  readonly itemCoverage: number;
};

export type MatchOptions = {
  /** Equal words a passage needs to be told; 16 unless given. */
  readonly minWords?: number;
};

/**
 * Finds works in a text: every passage of 30 or more equal words in a row, and most of those in which a word here and there
 * differs, when at least 16 words are equal. Case, punctuation, apostrophes and spacing do not matter. In scripts written
 * without spaces each character counts as a word. Ends of runs are exact but for one chance in 16 per end that a differing
 * word is counted in.
 *
 * @param item text, or its bytes in UTF-8; positions are in bytes of UTF-8 either way
 * @example
 * const id = '00000000-0000-4000-8000-000000000001'
 * const text = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
 * const index = readIndex(buildIndex([{ id, texts: [printText(text)] }], { created: new Date(0) }).bytes)
 * const [hit] = matchText(index, `She sang: ${text.toUpperCase()}!`)
 * hit.workId // => '00000000-0000-4000-8000-000000000001'
 * hit.runs[0].item // => [2, 42]
 */
export function matchText(
  index: MatchIndex,
  item: string | Uint8Array,
  options: MatchOptions = {},
): TextMatch[] {
  const matcher = new TextMatcher(index, options);
  matcher.push(utf8(item));
  return matcher.end();
}

/** Runs followed at one time, per text and in all; what is more is noise made to cost time. */
const MAX_ACTIVE_OF_TEXT = 16;
const MAX_ACTIVE = 256;
const MAX_PENDING = 256;
/** Steps spent on new runs per block, and what a run costs to begin with. */
const BLOCK_BUDGET = 1 << 19;
const RUN_COST = 64;
/** Words behind a run in which one may still be found that belongs to the same passage. */
const SETTLED_AFTER = 512;
/** Words behind a run in which its own fingerprints may still come: more than a block. */
const REMEMBERED = 16_384;
const MAX_SHORT_BYTES = 1 << 16;

/** What is under way in one text of the index. */
type Trail = {
  readonly text: number;
  readonly ground: Ground;
  active: Run[];
  closed: Run[];
  /** The runs not yet settled, by the distance between item and work. */
  readonly diagonals: Map<number, Run[]>;
};

/**
 * {@link matchText} for items that arrive in pieces or do not fit into memory: `push` bytes of UTF-8, then `end` once.
 *
 * @example
 * const id = '00000000-0000-4000-8000-000000000001'
 * const text = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
 * const index = readIndex(buildIndex([{ id, texts: [printText(text)] }], { created: new Date(0) }).bytes)
 * const matcher = new TextMatcher(index)
 * for await (const chunk of new Blob([text]).stream()) matcher.push(chunk)
 * matcher.end()[0].coverage // => 1
 */
export class TextMatcher {
  readonly #index: MatchIndex;
  readonly #least: number;
  readonly #reader = new ShingleReader((block) => this.#visit(block));
  readonly #trails = new Map<number, Trail>();
  readonly #chosen = new Map<number, Run[]>();
  #active = 0;
  #short: Uint8Array[] | undefined = [];
  #shortBytes = 0;

  constructor(index: MatchIndex, { minWords = MIN_MATCHED }: MatchOptions = {}) {
    this.#index = index;
    this.#least = minWords;
  }

  push(bytes: Uint8Array): void {
    if (this.#short) {
      this.#shortBytes += bytes.length;
      if (this.#shortBytes <= MAX_SHORT_BYTES) this.#short.push(bytes.slice());
      else this.#short = undefined;
    }
    this.#reader.push(bytes);
  }

  /** Words of the item so far. */
  get words(): number {
    return this.#reader.words;
  }

  /** The works found, those with most words first. */
  end(): TextMatch[] {
    this.#reader.end();
    for (const trail of this.#trails.values()) {
      trail.closed.push(...trail.active);
      this.#settle(trail);
    }
    this.#trails.clear();
    return [...this.#excerpts(), ...this.#wholeShortTexts()];
  }

  #visit(block: Block): void {
    if (this.#active > 0) for (const trail of this.#trails.values()) this.#followAll(block, trail);
    this.#seek(block);
    const seen = block.first + block.shingles;
    for (const [text, trail] of this.#trails) {
      if (trail.active.length > 0) continue;
      if (trail.closed.some((run) => run.to + SETTLED_AFTER > seen)) continue;
      this.#settle(trail);
      this.#trails.delete(text);
    }
  }

  #seek(block: Block): void {
    const { buckets, tags, places, bucketShift } = this.#index;
    const { lane1, lane2, selected, selectedCount } = block;
    let budget = BLOCK_BUDGET;
    for (let i = 0; i < selectedCount; i++) {
      const at = selected[i]!;
      const tag = lane1[at]! >>> 0;
      const bucket = lane2[at]! >>> bucketShift;
      const end = buckets[bucket + 1]!;
      for (let posting = buckets[bucket]!; posting < end; posting++) {
        if (tags[posting] !== tag || budget <= 0) continue;
        budget -= this.#begin(block, at, places[posting]!);
      }
    }
  }

  /** Begins a run at a common shingle, unless one goes through it. Answers what that cost. */
  #begin(block: Block, at: number, place: number): number {
    const trail = this.#trailOf(this.#textAt(place));
    const { ground } = trail;
    const item = block.first + at;
    if (place > ground.last || isKnown(trail, item, place)) return 0;
    if (trail.active.length >= MAX_ACTIVE_OF_TEXT || this.#active >= MAX_ACTIVE) return 0;
    const back = equalBefore(block, ground, { at, place });
    const begin = { at: at - back, place: place - back };
    const run = open(block, trail, begin, back + 1);
    this.#lookBack(block, trail, begin);
    const going = this.#follow(block, trail, run);
    if (going) {
      trail.active.push(going);
      this.#active++;
    }
    return RUN_COST + (going ?? run).to - run.from;
  }

  /** Runs before this one that had no common fingerprint of their own. */
  #lookBack(block: Block, trail: Trail, begin: Meeting): void {
    for (let start = begin; ; ) {
      const found = resumeBefore(block, trail.ground, start);
      if (!found || isKnown(trail, block.first + found.at, found.place)) return;
      const behind = { at: found.at + 1, place: found.place + 1 };
      const back = equalBefore(block, trail.ground, behind);
      start = { at: behind.at - back, place: behind.place - back };
      this.#close(trail, open(block, trail, start, back + equalFrom(block, trail.ground, behind)));
    }
  }

  /** Lengthens a run, and begins the next where a word or two differ; answers what may go on in the next block. */
  #follow(block: Block, trail: Trail, begun: Run): Run | undefined {
    const { ground } = trail;
    for (let run = begun; ; ) {
      const at = run.to - block.first;
      const place = run.place + run.to - run.from;
      const length = equalFrom(block, ground, { at, place });
      lengthen(block, run, length);
      const stop = { at: at + length, place: place + length };
      const left = block.shingles - stop.at;
      if (stop.place <= ground.last && (left === 0 || (left < LOOKAHEAD && !block.final))) return run;
      this.#close(trail, run);
      const next = resumeAfter(block, ground, stop);
      if (!next || isKnown(trail, block.first + next.at, next.place)) return undefined;
      // As long as it can be made, like a run that began with a fingerprint.
      const back = equalBefore(block, ground, next);
      run = open(block, trail, { at: next.at - back, place: next.place - back }, back + 1);
    }
  }

  #followAll(block: Block, trail: Trail): void {
    const going = trail.active;
    trail.active = going.flatMap((run) => this.#follow(block, trail, run) ?? []);
    this.#active -= going.length - trail.active.length;
  }

  #trailOf(text: number): Trail {
    let trail = this.#trails.get(text);
    if (!trail) {
      const { first, words } = this.#index.entries[this.#index.texts.entry[text]!]!;
      const ground = { checks: this.#index.checks, first, last: first + words - SHINGLE };
      trail = { text, ground, active: [], closed: [], diagonals: new Map() };
      this.#trails.set(text, trail);
    }
    return trail;
  }

  #close(trail: Trail, run: Run): void {
    trail.closed.push(run);
    if (trail.closed.length >= MAX_PENDING) this.#settle(trail);
  }

  /** Decides what of the closed runs is a passage. */
  #settle(trail: Trail): void {
    const passages = choosePassages(trail.closed, this.#least);
    // A fingerprint in a run that was just settled may still come.
    const newest = Math.max(...trail.closed.map(({ to }) => to), 0);
    for (const [diagonal, runs] of trail.diagonals) {
      const kept = runs.filter(({ to }) => to + REMEMBERED > newest);
      if (kept.length > 0) trail.diagonals.set(diagonal, kept);
      else trail.diagonals.delete(diagonal);
    }
    trail.closed = [];
    if (passages.length === 0) return;
    const chosen = this.#chosen.get(trail.text);
    if (chosen) chosen.push(...passages);
    else this.#chosen.set(trail.text, passages);
  }

  #textAt(place: number): number {
    const { first } = this.#index.texts;
    let low = 0;
    let high = first.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (first[middle]! <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  #excerpts(): TextMatch[] {
    const best = new Map<string, TextMatch>();
    for (const [text, runs] of this.#chosen) {
      const { workId, withdrawn, first, words } = this.#index.entries[this.#index.texts.entry[text]!]!;
      const told = runs
        .sort((a, b) => a.from - b.from || a.place - b.place)
        .map((run): MatchedRun => {
          const length = wordsOfRun(run);
          const work = run.place - first;
          return {
            item: [run.from, run.from + length],
            bytes: [run.byteFrom, run.byteTo],
            work: [work, work + length],
            words: length,
          };
        });
      const inItem = unionOf(told.map(({ item }) => item));
      const match: TextMatch = {
        workId,
        withdrawn,
        kind: 'excerpt',
        runs: told,
        words: inItem,
        coverage: unionOf(told.map(({ work }) => work)) / words,
        itemCoverage: inItem / this.words,
      };
      // Of several texts of one work the one with most in common.
      if (match.words > (best.get(workId)?.words ?? 0)) best.set(workId, match);
    }
    return [...best.values()].sort((a, b) => b.words - a.words || (a.workId < b.workId ? -1 : 1));
  }

  #wholeShortTexts(): TextMatch[] {
    const { words } = this;
    if (!this.#short || words === 0 || words >= MIN_WORDS) return [];
    const bytes = new Uint8Array(this.#shortBytes);
    let at = 0;
    for (const piece of this.#short) {
      bytes.set(piece, at);
      at += piece.length;
    }
    const whole: MatchedRun = { item: [0, words], bytes: [0, bytes.length], work: [0, words], words };
    return exactMatches(this.#index, [{ kind: 'text', sha256: textKey(bytes) }]).map(
      ({ workId, withdrawn }) => ({
        workId,
        withdrawn,
        kind: 'whole',
        runs: [whole],
        words,
        coverage: 1,
        itemCoverage: 1,
      }),
    );
  }
}

function isKnown(trail: Trail, item: number, place: number): boolean {
  const known = trail.diagonals.get(item - place);
  return known?.some((run) => run.from <= item && item < run.to) ?? false;
}

function remember(trail: Trail, run: Run): void {
  const known = trail.diagonals.get(run.from - run.place);
  if (known) known.push(run);
  else trail.diagonals.set(run.from - run.place, [run]);
}

function open(block: Block, trail: Trail, { at, place }: Meeting, length: number): Run {
  const from = block.first + at;
  const run: Run = { from, to: from, place, byteFrom: block.from[at]!, byteTo: 0 };
  lengthen(block, run, length);
  remember(trail, run);
  return run;
}

function lengthen({ first, to }: Block, run: Run, length: number): void {
  run.to += length;
  run.byteTo = to[run.to - first + SHINGLE - 2]!;
}

/** How many numbers lie in at least one of the ranges, which are made ascending. */
function unionOf(ranges: readonly (readonly [number, number])[]): number {
  let total = 0;
  let end = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (to <= end) continue;
    total += to - Math.max(from, end);
    end = to;
  }
  return total;
}
