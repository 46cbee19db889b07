import { exactMatches, type MatchIndex } from '../index-file/read-index.ts';
import { choosePassages, MAX_GAP, type Run, wordsOfRun } from './runs.ts';
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

/**
 * Finds works in a text: every passage of 30 or more equal words in a row, and most of those in which a word here and there
 * differs, when at least 20 words are equal. Case, punctuation, apostrophes and spacing do not matter. In scripts written
 * without spaces each character counts as a word. Ends of runs are exact but for one chance in 16 per end that a differing
 * word is counted in.
 *
 * @param item text, or its bytes in UTF-8; positions are in bytes of UTF-8 either way
 * @example
 * const [hit] = matchText(index, page)
 * hit.workId // => '00000000-0000-4000-8000-000000000001'
 * hit.runs[0].words // => 57
 */
export function matchText(index: MatchIndex, item: string | Uint8Array): TextMatch[] {
  const matcher = new TextMatcher(index);
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
const MAX_SHORT_BYTES = 1 << 16;

/** What is under way in one text of the index. */
type Trail = {
  readonly text: number;
  active: Run[];
  closed: Run[];
  /** The last run with the same distance between item and work. */
  readonly diagonals: Map<number, Run>;
};

/**
 * {@link matchText} for items that arrive in pieces or do not fit into memory: `push` bytes of UTF-8, then `end` once.
 *
 * @example
 * const matcher = new TextMatcher(index)
 * for await (const chunk of file.stream()) matcher.push(chunk)
 * const matches = matcher.end()
 */
export class TextMatcher {
  readonly #index: MatchIndex;
  readonly #reader = new ShingleReader((block) => this.#visit(block));
  readonly #trails = new Map<number, Trail>();
  readonly #chosen = new Map<number, Run[]>();
  #active = 0;
  #short: Uint8Array[] | undefined = [];
  #shortBytes = 0;

  constructor(index: MatchIndex) {
    this.#index = index;
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
      if (trail.closed.some((run) => run.to + MAX_GAP + SHINGLE > seen)) continue;
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
    const text = this.#textAt(place);
    const { first, words } = this.#index.entries[this.#index.texts.entry[text]!]!;
    if (place + SHINGLE > first + words) return 0;
    const trail = this.#trailOf(text);
    const item = block.first + at;
    const diagonal = item - place;
    const known = trail.diagonals.get(diagonal);
    if (known && known.to > item) return 0;
    if (trail.active.length >= MAX_ACTIVE_OF_TEXT || this.#active >= MAX_ACTIVE) return 0;
    const back = this.#equalBefore(block, at, place, first);
    const run: Run = {
      from: item - back,
      to: item + 1,
      place: place - back,
      byteFrom: block.from[at - back]!,
      byteTo: 0,
    };
    trail.diagonals.set(diagonal, run);
    if (this.#follow(block, run, first + words)) {
      trail.active.push(run);
      this.#active++;
    } else this.#close(trail, run);
    return RUN_COST + run.to - run.from;
  }

  #trailOf(text: number): Trail {
    let trail = this.#trails.get(text);
    if (!trail) {
      trail = { text, active: [], closed: [], diagonals: new Map() };
      this.#trails.set(text, trail);
    }
    return trail;
  }

  #equalBefore({ lane1 }: Block, at: number, place: number, first: number): number {
    const { checks } = this.#index;
    const most = Math.min(at, place - first);
    let back = 0;
    while (back < most && checkAt(checks, place - back - 1) === (lane1[at - back - 1]! & 15)) back++;
    return back;
  }

  /** Lengthens a run as far as block and work go; answers whether it may go on in the next block. */
  #follow({ lane1, to, first, shingles }: Block, run: Run, endOfText: number): boolean {
    const { checks } = this.#index;
    let at = run.to - first;
    let place = run.place + run.to - run.from;
    const last = endOfText - SHINGLE;
    while (at < shingles && place <= last && checkAt(checks, place) === (lane1[at]! & 15)) {
      at++;
      place++;
    }
    run.to = first + at;
    run.byteTo = to[at + SHINGLE - 2]!;
    return at === shingles && place <= last;
  }

  #followAll(block: Block, trail: Trail): void {
    const going = trail.active;
    if (going.length === 0) return;
    const { first, words } = this.#index.entries[this.#index.texts.entry[trail.text]!]!;
    trail.active = [];
    for (const run of going) {
      if (this.#follow(block, run, first + words)) trail.active.push(run);
      else this.#close(trail, run);
    }
    this.#active -= going.length - trail.active.length;
  }

  #close(trail: Trail, run: Run): void {
    trail.closed.push(run);
    if (trail.closed.length >= MAX_PENDING) this.#settle(trail);
  }

  /** Decides what of the closed runs is a passage. */
  #settle(trail: Trail): void {
    const passages = choosePassages(trail.closed);
    for (const run of trail.closed) {
      const diagonal = run.from - run.place;
      if (trail.diagonals.get(diagonal) === run && trail.closed.length >= MAX_PENDING)
        trail.diagonals.delete(diagonal);
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

function checkAt(checks: Uint8Array, place: number): number {
  return (checks[place >>> 1]! >>> ((place & 1) << 2)) & 15;
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
