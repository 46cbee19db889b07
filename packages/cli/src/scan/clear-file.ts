import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { createInterface } from 'node:readline';

/** An item that was looked at as a whole. `item` is empty for a file that is one item. */
export type SeenItem = { readonly input: string; readonly item: string };

/**
 * The items a scan has looked at, on disk in the order of the dataset; what a work was found in is taken out at the end,
 * when it is known what is licensed.
 */
export type SeenFile = {
  /** On disk when this returns; answers the size of the file. */
  append(items: readonly SeenItem[]): number;
  close(): void;
};

/** Opens the list at the size that was saved with the progress, or begins it. */
export function openSeen(path: string, size: number): SeenFile {
  const there = existsSync(path) ? statSync(path).size : 0;
  if (there < size)
    throw new Error(
      `${path} is shorter than when the scan stopped. Remove the .progress file and begin again.`,
    );
  if (there > size) truncateSync(path, size);
  const file = openSync(path, 'a');
  let written = size;
  return {
    append(items) {
      if (items.length === 0) return written;
      const bytes = Buffer.from(items.map((seen) => `${JSON.stringify(seen)}\n`).join(''));
      writeSync(file, bytes);
      fsyncSync(file);
      written += bytes.length;
      return written;
    },
    close: () => closeSync(file),
  };
}

/**
 * Writes the items that may be used as JSON lines; the file appears whole or not at all. Answers how many there are.
 * `mayNot` says which items hold a work that is not licensed.
 */
export async function writeClear(
  path: string,
  seenPath: string,
  mayNot: (seen: SeenItem) => boolean,
): Promise<number> {
  const part = `${path}.part`;
  const out = createWriteStream(part);
  let items = 0;
  for await (const line of createInterface({ input: createReadStream(seenPath), crlfDelay: 1 })) {
    if (mayNot(JSON.parse(line) as SeenItem)) continue;
    items++;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const file = openSync(part, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
  return items;
}
