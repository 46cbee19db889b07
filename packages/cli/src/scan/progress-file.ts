import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import type { ScanFault } from './item.ts';

/** A work of the registry found in an item of the dataset. */
export type Hit = {
  readonly input: string;
  readonly item: string;
  /** Of the item's bytes. */
  readonly sha256: string;
  readonly work: string;
  readonly kind: 'bytes' | 'text' | 'normalised-text' | 'pixels' | 'pcm';
  /** Words of the work that are in the item. */
  readonly words?: number;
  /** Of the work, from 0 to 1. */
  readonly coverage?: number;
  /** Half-open ranges of words. */
  readonly runs?: readonly {
    readonly item: readonly [number, number];
    readonly work: readonly [number, number];
    readonly words: number;
  }[];
};

/** What was found between two savings, and how far the scan is. */
export type Advance = {
  /** Index of the input in the list of this run, and how many of its items are done. */
  readonly input: number;
  readonly done: number;
  readonly items: number;
  readonly words: number;
  readonly bytes: number;
  /** Items that were compared, by index of the input. */
  readonly itemsOf: readonly (readonly [input: number, items: number])[];
  readonly hits: readonly Hit[];
  readonly faults: readonly ScanFault[];
  /** Size of the list of items that were looked at, where there is one. */
  readonly seen?: number;
};

const FORMAT = 'clearway-scan-progress-1';

export type ProgressFile = {
  /** What earlier runs saved, in order. */
  readonly before: readonly Advance[];
  /** On disk when this returns. */
  save(advance: Advance): void;
  /** Closes the file and keeps it. */
  close(): void;
  /** Closes and removes it: the result is written. */
  remove(): void;
};

/**
 * Opens what an interrupted run left beside the result, or begins. `run` says what is scanned with what; a file of
 * another run is refused, because its results are not those of this one. A last line that was not finished is cut off.
 */
export function openProgress(path: string, run: Record<string, unknown>): ProgressFile {
  const header = JSON.stringify({ format: FORMAT, ...run });
  const before: Advance[] = [];
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [first, ...lines] = whole.split('\n').slice(0, -1);
    if (first !== undefined && first !== header)
      throw new Error(
        `${path} is from a scan of something else: other files, another index or other options. Finish that one, or remove the file and begin again.`,
      );
    before.push(...lines.map((line) => JSON.parse(line) as Advance));
    truncateSync(path, Buffer.byteLength(whole));
  }
  const file = openSync(path, 'a');
  const append = (line: string) => {
    writeSync(file, `${line}\n`);
    fsyncSync(file);
  };
  if (before.length === 0 && readFileSync(path).length === 0) append(header);
  return {
    before,
    save: (advance) => append(JSON.stringify(advance)),
    close: () => closeSync(file),
    remove() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}
