import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { ScanInput } from './item.ts';

/** The files of a dataset in a stable order: the one that was named, or all in a folder. Links are not followed. */
export function listInputs(path: string): ScanInput[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`${path} does not exist. Name a folder, a .jsonl or a .parquet file.`);
  if (stat.isFile()) return [{ path, name: basename(path), bytes: stat.size }];
  if (!stat.isDirectory()) throw new Error(`${path} is neither a file nor a folder.`);
  const found: ScanInput[] = [];
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const name = relative(path, file).split(sep).join('/');
    found.push({ path: file, name, bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0 });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The part of the inputs that shard `index` of `count` looks at: every `count`-th file. */
export function shardOf(inputs: readonly ScanInput[], shard: { index: number; count: number }): ScanInput[] {
  return inputs.filter((_, at) => at % shard.count === shard.index);
}

/** Reads `i/n`, i from 0 to n − 1. */
export function parseShard(text: string): { index: number; count: number } {
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [index, count] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || count < 1 || index >= count)
    throw new Error(`--shard: "${text}" is not i/n with i from 0 to n − 1.`);
  return { index, count };
}
