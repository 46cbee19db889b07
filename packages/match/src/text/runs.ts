import { SHINGLE } from './shingle-reader.ts';

/** A stretch of equal words: shingles `from` to `to` of the document, and where it begins in all words of the index. */
export type Run = {
  from: number;
  to: number;
  place: number;
  /** Bytes of the document. */
  byteFrom: number;
  byteTo: number;
};

/** Words between two runs of one passage, at most. */
export const MAX_GAP = 40;
/** A passage with fewer equal words is not told, unless asked for. */
export const MIN_MATCHED = 16;
/** Where two runs of a passage touch, a few words can belong to both. */
const MAX_OVERLAP = SHINGLE - 1;

/** Words of a run: its shingles, and the words the last one reaches on. */
export function wordsOfRun(run: Run): number {
  return run.to - run.from + SHINGLE - 1;
}

/**
 * Groups runs of one text into passages, in which runs follow each other in the document and in the work alike, and answers
 * the runs of those with `least` equal words. No word of the document is used twice.
 */
export function choosePassages(runs: readonly Run[], least: number): Run[] {
  if (runs.length === 1) return wordsOfRun(runs[0]!) >= least ? [...runs] : [];
  let left = [...runs].sort((a, b) => a.from - b.from || a.place - b.place);
  const chosen: Run[] = [];
  for (;;) {
    const passage = bestChain(left, least);
    if (passage.length === 0) return chosen;
    chosen.push(...passage);
    left = left.filter((run) => !passage.some((taken) => run === taken || covers(taken, run)));
  }
}

/** More than half of the run's words belong to the other. */
function covers(taken: Run, run: Run): boolean {
  const overlap = Math.min(taken.to, run.to) - Math.max(taken.from, run.from) + SHINGLE - 1;
  return 2 * overlap > wordsOfRun(run);
}

/** The chain with the most words, or nothing when that is too few. */
function bestChain(runs: readonly Run[], least: number): Run[] {
  const score = new Float64Array(runs.length);
  const before = new Int32Array(runs.length).fill(-1);
  let best = -1;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    const words = wordsOfRun(run);
    score[i] = words;
    for (let j = i - 1; j >= 0; j--) {
      const earlier = runs[j]!;
      const length = wordsOfRun(earlier);
      const gap = run.from - earlier.from - length;
      const workGap = run.place - earlier.place - length;
      const overlap = Math.max(0, -gap, -workGap);
      if (gap > MAX_GAP || workGap > MAX_GAP || overlap > MAX_OVERLAP) continue;
      const total = score[j]! + words - overlap;
      if (total <= score[i]!) continue;
      score[i] = total;
      before[i] = j;
    }
    if (best < 0 || score[i]! > score[best]!) best = i;
  }
  const chain: Run[] = [];
  if (best < 0 || score[best]! < least) return chain;
  for (let i = best; i >= 0; i = before[i]!) chain.unshift(runs[i]!);
  return chain;
}
