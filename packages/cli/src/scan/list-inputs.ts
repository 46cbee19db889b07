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

type Shard = { readonly index: number; readonly count: number };
type Environment = { readonly [name: string]: string | undefined };

/**
 * Reads `i/n`, i from 0 to n − 1; or `auto` and `auto/n`, where i is the number of this task in an array job of Slurm
 * or of Kubernetes, and n, unless given, the number of tasks that Slurm tells.
 */
export function parseShard(text: string, environment: Environment = {}): Shard {
  const auto = /^auto(?:\/(\d{1,6}))?$/.exec(text);
  if (auto) return shardOfTask(auto[1], environment);
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [index, count] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || count < 1 || index >= count)
    throw new Error(`--shard: "${text}" is not i/n with i from 0 to n − 1, auto or auto/n.`);
  return { index, count };
}

function shardOfTask(given: string | undefined, environment: Environment): Shard {
  const { SLURM_ARRAY_TASK_ID: slurm, JOB_COMPLETION_INDEX: kubernetes } = environment;
  const number = slurm ?? kubernetes;
  if (number === undefined || !/^\d{1,6}$/.test(number))
    throw new Error(
      '--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; this is no array job. Name i/n.',
    );
  const count = given ?? (slurm === undefined ? undefined : environment.SLURM_ARRAY_TASK_COUNT);
  if (count === undefined)
    throw new Error('--shard auto: how many tasks there are is not told. Name it, as in auto/64.');
  // An array of Slurm may begin at any number.
  const index = Number(number) - Number((slurm && environment.SLURM_ARRAY_TASK_MIN) || 0);
  const last = Number(count) - 1;
  if (!(index >= 0 && index <= last))
    throw new Error(`--shard auto: task ${number} is none of ${count}. Number the tasks without gaps.`);
  return { index, count: Number(count) };
}
