import { createHash } from 'node:crypto';
import { openSeen, type SeenItem } from './clear-file.ts';
import type { Fields, ScanFault, ScanInput, ScanItem } from './item.ts';
import { type Advance, type Hit, openProgress } from './progress-file.ts';
import { readInput } from './read-input.ts';

/** Compares one item with the registry. */
export type Matcher = (item: ScanItem) => Promise<{
  readonly hits: readonly Omit<Hit, 'input' | 'item'>[];
  /** Words of the item, 0 where it is no text. */
  readonly words: number;
  readonly faults?: readonly ScanFault[];
}>;

/** How far a scan is. */
export type ScanState = {
  readonly inputsDone: number;
  readonly inputs: number;
  readonly items: number;
  /** Bytes of the items that were compared. */
  readonly bytes: number;
  readonly hits: number;
};

export type ScanOutcome = {
  readonly hits: readonly Hit[];
  readonly faults: readonly ScanFault[];
  readonly items: number;
  readonly words: number;
  readonly bytes: number;
  /** Items of each input that were compared, in the order of the inputs. */
  readonly itemsOf: readonly number[];
};

const SAVE_EVERY_MS = 2_000;

/**
 * Reads a dataset and compares each item. What was found is saved beside the result every two seconds, so that a scan
 * that was stopped goes on where it was. Call `finished` of the answer once the result is written.
 */
export async function runScan(options: {
  inputs: readonly ScanInput[];
  fields: Fields;
  match: Matcher;
  /** Names the index and everything else that decides what is found. */
  with: string;
  progressPath: string;
  /** Where to list the items that were looked at as a whole; it is the caller's to remove. */
  seenPath?: string;
  now: () => number;
  tell?: (state: ScanState) => void;
}): Promise<ScanOutcome & { finished(): void }> {
  const { inputs, fields, match, progressPath, seenPath, now, tell } = options;
  const progress = openProgress(progressPath, {
    ...{ with: options.with, inputs: digestOf(inputs), fields },
    ...(seenPath !== undefined && { listed: true }),
  });
  const seen = seenPath === undefined ? undefined : openSeen(seenPath, progress.before.at(-1)?.seen ?? 0);
  const sum = { ...nothing(), itemsOf: inputs.map(() => 0) };
  let [first, from] = [0, 0];
  const add = ({ itemsOf, hits, faults, ...more }: Omit<Advance, 'input' | 'done' | 'seen'>) => {
    sum.items += more.items;
    sum.words += more.words;
    sum.bytes += more.bytes;
    sum.hits.push(...hits);
    sum.faults.push(...faults);
    for (const [input, items] of itemsOf) sum.itemsOf[input]! += items;
  };
  for (const { input, done, ...saved } of progress.before) {
    [first, from] = [input, done];
    add(saved);
  }
  let unsaved = { ...nothing(), itemsOf: [] as [number, number][] };
  let looked: SeenItem[] = [];
  let savedAt = now();
  const save = (input: number, done: number) => {
    // The list first: what is behind the size that is saved is cut off when the scan goes on.
    progress.save({ input, done, ...unsaved, ...(seen && { seen: seen.append(looked) }) });
    looked = [];
    add(unsaved);
    unsaved = { ...nothing(), itemsOf: [] };
    savedAt = now();
    const state = { items: sum.items, bytes: sum.bytes, hits: sum.hits.length };
    tell?.({ inputsDone: input, inputs: inputs.length, ...state });
  };
  try {
    for (let at = first; at < inputs.length; at++) {
      let done = at === first ? from : 0;
      let items = 0;
      const count = () => {
        if (items > 0) unsaved.itemsOf.push([at, items]);
        items = 0;
      };
      for await (const reading of readInput(inputs[at]!, fields, done)) {
        done = reading.position + 1;
        if ('fault' in reading) unsaved.faults.push(reading.fault);
        else {
          const { item } = reading;
          const found = await match(item);
          items++;
          unsaved.items++;
          unsaved.words += found.words;
          unsaved.bytes += item.content.length;
          unsaved.hits.push(...found.hits.map((hit) => ({ input: item.input, item: item.item, ...hit })));
          unsaved.faults.push(...(found.faults ?? []));
          if (seen && !found.faults?.length) looked.push({ input: item.input, item: item.item });
        }
        if (now() - savedAt < SAVE_EVERY_MS) continue;
        count();
        save(at, done);
      }
      count();
      // One line for many small files; the last one says that all are done.
      if (at === inputs.length - 1) save(inputs.length, 0);
      else if (unsaved.hits.length > 0 || now() - savedAt >= SAVE_EVERY_MS) save(at + 1, 0);
    }
  } catch (error) {
    progress.close();
    throw error;
  } finally {
    seen?.close();
  }
  return { ...sum, finished: () => progress.remove() };
}

function nothing() {
  return { items: 0, words: 0, bytes: 0, hits: [] as Hit[], faults: [] as ScanFault[] };
}

function digestOf(inputs: readonly ScanInput[]): string {
  return createHash('sha256')
    .update(JSON.stringify(inputs.map(({ name, bytes }) => [name, bytes])))
    .digest('hex');
}
